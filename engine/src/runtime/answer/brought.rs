//! The values an event might bring, as far as a decision can tell them apart.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::machine::Machine;
use crate::model::{ChannelId, EventId, Field, FieldId, FieldKind, Lengthen, OfRecord, Variable};
use crate::runtime::Case;
use crate::runtime::answer::entry;
use crate::runtime::answer::possible::Hinge;
use crate::runtime::decide::is_taken;
use crate::script::{Cuts, Expr, Value, VariableId, cuts, reads, records_read};
use crate::text::Symbol;
use crate::time::{Instant, NaiveDate};

/// More cases than this are not gone through.
const CASES_MAX: usize = 512;

/// So many days after a due date it is tried whether a deadline can be put off to.
const PUT_OFF_DAYS: [u64; 7] = [0, 1, 3, 7, 14, 28, 90];

/// Stands for a text, a person or an id that nobody has given yet.
pub(crate) const NOBODY: Symbol = Symbol(u32::MAX);

/// What an event might bring, case by case.
pub(crate) struct Brought {
    /// What it must bring and no decision looks at.
    always: Vec<(FieldId, Value)>,
    /// What the decision looks at, and the values of it that it can tell apart; `None` is a
    /// field that is not brought.
    fields: Vec<(FieldId, Vec<Option<Value>>)>,
    channels: Vec<Option<ChannelId>>,
    /// The entry of an event of a record, and what is brought to it.
    entry: (Option<Symbol>, Vec<(u16, Value)>),
    /// Whether the decision looks at the entries of that record.
    reads_entries: bool,
    is_complete: bool,
}

impl Brought {
    pub(crate) fn new(machine: &Machine, case: &Case, event: EventId, at: Instant) -> Self {
        let protocol = &machine.protocol;
        let today = protocol.zone.civil(at).date();
        let conditions = conditions(machine, case, event);
        let cuts = cuts(&conditions, &protocol.scope);
        let mut is_complete = cuts.is_some();
        let read: BTreeSet<VariableId> = conditions.iter().flat_map(|it| reads(it)).collect();
        let is_read = |wanted: Variable| {
            read.iter().any(|id| protocol.variables.get(usize::from(id.0)) == Some(&wanted))
        };
        let (mut always, mut fields) = (Vec::new(), Vec::new());
        let carries = protocol.events.get(event.index()).map_or(&[][..], |it| &it.carries);
        for carried in carries {
            let mut values: Vec<Option<Value>> = Vec::new();
            if is_read(Variable::Field(carried.field)) {
                values.extend(classes(machine, cuts.as_ref(), carried.field, today));
            }
            let dates = put_off_to(machine, case, event, carried.field);
            if !dates.is_empty() {
                is_complete = false;
                values.extend(dates.into_iter().map(Value::Date).map(Some));
            }
            if values.is_empty() {
                let value = filler(machine, carried.field, today);
                always.extend(carried.required.then_some((carried.field, value)));
                continue;
            }
            if !carried.required {
                values.push(None);
            }
            fields.push((carried.field, values));
        }
        let by_channel = is_read(Variable::Channel) || is_read(Variable::ChannelWritten);
        let channels = channels(machine, event, by_channel);
        let entry = entry::brought(machine, case, event, today);
        // Where the event brings nothing that is looked at, the case says everything.
        is_complete |= fields.is_empty() && channels.len() <= 1;
        // One entry stands for all that might be brought, or be meant.
        let record = protocol.events.get(event.index()).and_then(|it| it.of);
        let asks = |of: OfRecord| {
            let record = crate::script::RecordId(of.record.0);
            conditions.iter().any(|it| records_read(it).contains(&record))
        };
        let reads_entries = record.is_some_and(asks);
        is_complete &= !reads_entries;
        let mut brought = Self { always, fields, channels, entry, reads_entries, is_complete };
        brought.is_complete &= brought.count().is_some_and(|count| count <= CASES_MAX);
        brought
    }

    fn count(&self) -> Option<usize> {
        let fields = self.fields.iter().map(|(_, values)| values.len());
        fields.chain([self.channels.len()]).try_fold(1usize, usize::checked_mul)
    }

    /// How many cases there are to go through; at least one.
    pub(crate) fn n_cases(&self) -> usize {
        self.count().unwrap_or(CASES_MAX).clamp(1, CASES_MAX)
    }

    /// Whether going through them says everything.
    pub(crate) const fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// What is brought in one of the cases, in order of the fields, and the channel.
    pub(crate) fn case(&self, place: usize) -> (Vec<(FieldId, Value)>, Option<ChannelId>) {
        let mut rest = place;
        let mut pick = |n_values: usize| {
            let n_values = n_values.max(1);
            let at = rest % n_values;
            rest /= n_values;
            at
        };
        let channel = self.channels.get(pick(self.channels.len())).copied().flatten();
        let mut data = self.always.clone();
        for (field, values) in &self.fields {
            let value = values.get(pick(values.len())).copied().flatten();
            data.extend(value.map(|value| (*field, value)));
        }
        data.sort_by_key(|(field, _)| *field);
        (data, channel)
    }

    /// The entry that the event is about, and what it brings to it.
    pub(crate) fn entry(&self) -> (Option<Symbol>, Vec<(u16, Value)>) {
        self.entry.clone()
    }

    /// What the decision looks at of it.
    pub(crate) fn hinges(&self) -> Vec<Hinge> {
        let fields = self.fields.iter().map(|(field, _)| Hinge::Field(*field));
        let fields = fields.chain((self.channels.len() > 1).then_some(Hinge::Channel));
        fields.chain(self.reads_entries.then_some(Hinge::Entry)).collect()
    }
}

/// Every condition by which an event may be refused in a case; none where the case does not take
/// the event at all, whatever it brings.
fn conditions<'m>(machine: &'m Machine, case: &Case, event: EventId) -> Vec<&'m Expr> {
    if !is_taken(machine, case, event) {
        return Vec::new();
    }
    let protocol = &machine.protocol;
    let moves = machine.moves(case.stage, event);
    let declared = protocol.events.get(event.index());
    let required = declared.into_iter().flat_map(|it| it.requires.iter());
    let required = required.chain(moves.iter().flat_map(|it| it.requires.iter()));
    let required = required.filter_map(|id| protocol.conditions.get(id.index()));
    let guards = moves.iter().filter_map(|it| it.guard.as_ref());
    let extensions = machine.extensions(event).iter().filter_map(|(id, place)| {
        case.open(*id)?;
        let deadline = protocol.deadlines.get(id.index())?;
        deadline.extend.get(usize::from(*place))?.when.as_ref()
    });
    guards.chain(required.map(|it| &it.is)).chain(extensions).collect()
}

/// The classes of values of a field that the conditions tell apart; some values of its kind where
/// that is not known.
fn classes(
    machine: &Machine,
    cuts: Option<&Cuts>,
    field: FieldId,
    today: NaiveDate,
) -> Vec<Option<Value>> {
    let is_it = |id: VariableId| {
        let meaning = machine.protocol.variables.get(usize::from(id.0));
        meaning == Some(&Variable::Field(field))
    };
    let cut = cuts.and_then(|cuts| cuts.variables.iter().find(|it| is_it(it.variable)));
    if let Some(cut) = cut {
        let set = cut.classes.iter().filter(|value| **value != Value::Unset);
        return set.map(|value| Some(*value)).collect();
    }
    let kind = machine.protocol.fields.get(field.index()).map(|it| &it.kind);
    let values = match kind {
        Some(FieldKind::Flag) => vec![Value::Flag(false), Value::Flag(true)],
        Some(FieldKind::Choice(set) | FieldKind::Role(set)) => {
            let n_names = machine.protocol.scope.set(*set).map_or(1, |set| set.names.len());
            (0..u16::try_from(n_names).unwrap_or(u16::MAX)).map(Value::Choice).collect()
        }
        Some(FieldKind::Number | FieldKind::Money(_)) => {
            vec![Value::Number(Decimal::ZERO), Value::Number(Decimal::ONE_THOUSAND)]
        }
        _ => vec![filler(machine, field, today)],
    };
    values.into_iter().map(Some).collect()
}

/// The dates to try where the event puts off an open clock to the date in this field.
fn put_off_to(machine: &Machine, case: &Case, event: EventId, field: FieldId) -> Vec<NaiveDate> {
    let protocol = &machine.protocol;
    let mut dates = BTreeSet::new();
    for (id, place) in machine.extensions(event) {
        let Some(clock) = case.open(*id) else { continue };
        let deadline = protocol.deadlines.get(id.index());
        let extension = deadline.and_then(|it| it.extend.get(usize::from(*place)));
        let is_until =
            |it: &Lengthen| matches!(it, Lengthen::Until { field: of, .. } if *of == field);
        if !extension.is_some_and(|it| is_until(&it.lengthen)) {
            continue;
        }
        let from = clock.times.due.unwrap_or(case.last_at);
        let from = protocol.zone.civil(from).date();
        let later = |days: &u64| from.checked_add_days(chrono::Days::new(*days));
        dates.extend(PUT_OFF_DAYS.iter().filter_map(later));
    }
    dates.into_iter().collect()
}

fn filler(machine: &Machine, field: FieldId, today: NaiveDate) -> Value {
    let field = machine.protocol.fields.get(field.index());
    field.map_or(Value::Text(NOBODY), |field| some_value(field, today))
}

/// Some value that a field may hold.
pub(crate) fn some_value(field: &Field, today: NaiveDate) -> Value {
    match field.kind {
        _ if field.personal => Value::Slot(NOBODY),
        FieldKind::Number | FieldKind::Money(_) => Value::Number(Decimal::ZERO),
        FieldKind::Choice(_) | FieldKind::Role(_) => Value::Choice(0),
        FieldKind::Flag => Value::Flag(false),
        FieldKind::Date => Value::Date(today),
        FieldKind::Text | FieldKind::File => Value::Text(NOBODY),
    }
}

/// The channels to try: one in writing where the event must come so, all where a condition asks.
fn channels(machine: &Machine, event: EventId, by_channel: bool) -> Vec<Option<ChannelId>> {
    let protocol = &machine.protocol;
    let must_be_written = protocol.events.get(event.index()).is_some_and(|it| it.written);
    let all = (0..protocol.channels.len()).map(ChannelId::at);
    let fits = |id: &ChannelId| {
        !must_be_written || protocol.channels.get(id.index()).is_some_and(|it| it.written)
    };
    let all = all.filter(fits).map(Some);
    match (must_be_written, by_channel) {
        (false, false) => vec![None],
        (true, false) => all.take(1).collect(),
        (false, true) => std::iter::once(None).chain(all).collect(),
        (true, true) => all.collect(),
    }
}
