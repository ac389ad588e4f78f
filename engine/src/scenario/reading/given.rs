//! `[given]`: data for the events of `through`.

use crate::model::{EventId, Protocol};
use crate::runtime::Given;
use crate::scenario::reading::names;
use crate::scenario::reading::value;
use crate::scenario::rules;
use crate::scenario::words;
use crate::syntax::{Entry, Table};
use crate::text::Span;

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
        let name = entry.name();
        let event = names::event(protocol, &name, table.out);
        let what = format!("what is given for `{}`", entry.key);
        let is_list = entry.value.is_array();
        let entries = table.one_or_more(entry, &what, |it| (data(protocol, event, it), it.span));
        if let Some(event) = event {
            all.push(GivenFor { event, name: name.value, is_list, entries, used: 0 });
        }
    }
    Pool { all }
}

/// Reads fields and their values.
pub(crate) fn data(protocol: &Protocol, event: Option<EventId>, table: &mut Table<'_, '_>) -> Data {
    let mut data = Data::new();
    for entry in table.rest() {
        let Some((field, given)) = one(protocol, event, table, entry) else { continue };
        data.push((field, given));
    }
    data
}

fn one<'t>(
    protocol: &Protocol,
    event: Option<EventId>,
    table: &mut Table<'t, '_>,
    entry: Entry<'t>,
) -> Option<(String, Given)> {
    let name = entry.name();
    let field = names::brought(protocol, event, &name, table.out);
    let literal = table.literal_of(entry)?;
    let given = value::given(protocol, field?, literal, table.out)?;
    Some((name.value, given))
}

/// The reference to the personal value that a report brings for a field.
pub(crate) fn slot(report: &str, field: &str) -> String {
    format!("{report}/{field}")
}

fn is_personal(protocol: &Protocol, event: EventId, name: &str) -> bool {
    let field = match names::record_of(protocol, Some(event)) {
        Some(record) => record.fields.iter().map(|it| &it.field).find(|it| it.name == name),
        None => protocol.field(name).and_then(|id| protocol.fields.get(id.index())),
    };
    field.is_some_and(|field| field.personal)
}

/// The texts of the personal values of the case or of its entry, by field. What is a reference
/// already has none here.
pub(crate) fn personal(protocol: &Protocol, event: EventId, data: &Data) -> Vec<(String, String)> {
    let own = data.iter().filter(|(name, _)| is_personal(protocol, event, name));
    let own = own.filter(|(_, given)| !matches!(given, Given::Slot(_)));
    own.map(|(name, given)| (name.clone(), words::given(given))).collect()
}

/// Personal values become references named after their report.
pub(crate) fn slotted(protocol: &Protocol, event: EventId, data: &Data, id: &str) -> Data {
    let slot = |(name, given): &(String, Given)| {
        let given = match is_personal(protocol, event, name) {
            true => Given::Slot(slot(id, name)),
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
        let brings = declared.map(|it| protocol.brings(it)).unwrap_or_default();
        let required = brings.into_iter().filter(|(_, required)| *required);
        let fields: Vec<&str> = required.map(|(field, _)| field.name.as_str()).collect();
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
