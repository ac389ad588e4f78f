//! `[given]`: data for the events of `through`.

use crate::model::{EventId, Protocol};
use crate::runtime::Given;
use crate::scenario::reading::names;
use crate::scenario::reading::value;
use crate::scenario::rules;
use crate::syntax::{Entry, Table};
use crate::text::{Span, Spanned};

/// The fields that an event brings, as texts and numbers.
pub(crate) type Data = Vec<(String, Given)>;

/// What is given for the events of `through`.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    all: Vec<GivenFor>,
}

/// What is given for one event.
#[derive(Debug)]
struct GivenFor {
    event: EventId,
    name: String,
    /// One table serves every time; a list is used up in order.
    is_list: bool,
    entries: Vec<(Data, Span)>,
    used: usize,
}

/// Reads `[given]`.
pub(crate) fn read(protocol: &Protocol, table: &mut Table<'_, '_>) -> Pool {
    let mut all = Vec::new();
    for entry in table.rest() {
        let name = Spanned::new(entry.key.to_owned(), entry.key_span);
        let event = names::event(protocol, &name, table.out);
        let what = format!("what is given for `{}`", entry.key);
        let is_list = entry.value.is_array();
        let entries = table.one_or_more(entry, &what, |it| (data(protocol, it), it.span));
        if let Some(event) = event {
            all.push(GivenFor { event, name: name.value, is_list, entries, used: 0 });
        }
    }
    Pool { all }
}

/// Reads fields and their values.
pub(crate) fn data(protocol: &Protocol, table: &mut Table<'_, '_>) -> Data {
    let mut data = Data::new();
    for entry in table.rest() {
        let Some((field, given)) = one(protocol, table, entry) else { continue };
        data.push((field, given));
    }
    data
}

fn one<'t>(
    protocol: &Protocol,
    table: &mut Table<'t, '_>,
    entry: Entry<'t>,
) -> Option<(String, Given)> {
    let name = Spanned::new(entry.key.to_owned(), entry.key_span);
    let field = names::field(protocol, &name, table.out);
    let literal = table.literal_of(entry)?;
    let given = value::given(protocol, field?, literal, table.out)?;
    Some((name.value, given))
}

/// Personal values become references named after their report.
pub(crate) fn slotted(protocol: &Protocol, data: &Data, id: &str) -> Data {
    let personal = |name: &str| {
        let field = protocol.field(name).and_then(|id| protocol.fields.get(id.index()));
        field.is_some_and(|field| field.personal)
    };
    let slot = |(name, given): &(String, Given)| {
        let given = match personal(name) {
            true => Given::Slot(format!("{id}/{name}")),
            false => given.clone(),
        };
        (name.clone(), given)
    };
    data.iter().map(slot).collect()
}

impl Pool {
    /// The data for the next time an event is taken; the fault where there is none and some is
    /// needed.
    pub(crate) fn next(
        &mut self,
        protocol: &Protocol,
        event: EventId,
        span: Span,
    ) -> Result<Data, Box<crate::diagnostic::Diagnostic>> {
        let declared = protocol.events.get(event.index());
        let required = declared.iter().flat_map(|it| &it.carries).filter(|it| it.required);
        let fields = required.filter_map(|it| protocol.fields.get(it.field.index()));
        let fields: Vec<&str> = fields.map(|it| it.name.as_str()).collect();
        let Some(given) = self.all.iter_mut().find(|it| it.event == event) else {
            if fields.is_empty() {
                return Ok(Data::new());
            }
            let name = declared.map_or("", |it| it.name.as_str());
            return Err(Box::new(rules::scenario_nothing_given(name, span, &fields)));
        };
        let place = if given.is_list { given.used } else { 0 };
        given.used = given.used.saturating_add(1);
        let found = given.entries.get(place).map(|(data, _)| data.clone());
        found.ok_or_else(|| Box::new(rules::scenario_nothing_given(&given.name, span, &fields)))
    }

    /// Reports what nobody has used.
    pub(crate) fn report_unused(&self, out: &mut crate::diagnostic::Diagnostics) {
        for given in &self.all {
            for (_, span) in given.entries.iter().skip(given.used) {
                out.push(rules::scenario_given_unused(&given.name, *span));
            }
        }
    }
}
