//! `expect`: what must be true after a step.

use crate::diagnostic::Diagnostics;
use crate::model::{FieldId, Protocol, RecordId, RetentionId};
use crate::runtime::Given;
use crate::scenario::reading::hidden;
use crate::scenario::reading::names;
use crate::scenario::reading::stops;
use crate::scenario::reading::value;
use crate::scenario::rules;
use crate::scenario::{ClockName, Due, Expect, ReadAt};
use crate::syntax::{Entry, Table};
use crate::text::Spanned;
use crate::time::NaiveDate;

/// Reads `expect`.
pub(crate) fn read(protocol: &Protocol, table: &mut Table<'_, '_>) -> Expect {
    let past = |table: &mut Table<'_, '_>, key: &'static str| {
        table.table(key, |it| past(protocol, it)).flatten().map(Box::new)
    };
    Expect {
        withdrawn: all(protocol, table, "withdrawn", names::corrected),
        discovered: all(protocol, table, "discovered", names::corrected),
        known_at: past(table, "known_at"),
        true_at: past(table, "true_at"),
        refused: table.name("refused").and_then(|it| names::refusal(protocol, it, table.out)),
        ..of_state(protocol, table)
    }
}

/// Reads what is expected of the case in the past: all that may be expected of it now but a
/// refusal and corrections, which belong to a step.
fn past(protocol: &Protocol, table: &mut Table<'_, '_>) -> Option<ReadAt> {
    table.requires(&["at"]);
    let written = table.moment("at");
    let expect = of_state(protocol, table);
    let written = written?;
    let at = value::instant(protocol, "at", &written, table.out)?;
    Some(ReadAt { at: Spanned::new(at, written.span), expect })
}

fn of_state(protocol: &Protocol, table: &mut Table<'_, '_>) -> Expect {
    let now = table.moment("now").and_then(|it| value::when(protocol, &it, table.out));
    Expect {
        met: all(protocol, table, "met", names::clock),
        breached: all(protocol, table, "breached", names::clock),
        broken: all(protocol, table, "broken", names::guarantee),
        lapsed: all(protocol, table, "lapsed", names::clock),
        warned: all(protocol, table, "warned", names::clock),
        letters: all(protocol, table, "letters", names::letter),
        told: all(protocol, table, "told", names::party),
        trends: all(protocol, table, "trends", names::trend),
        stage: one(protocol, table, "stage", names::stage),
        rung: one(protocol, table, "rung", names::rung),
        severity: one(protocol, table, "severity", names::level),
        now,
        due: due(protocol, table),
        fields: fields(protocol, table),
        entries: entries(protocol, table),
        allowed: some(protocol, table, "allowed", names::event),
        running: some(protocol, table, "running", names::clock),
        erasable: erasable(protocol, table),
        hidden_from: hidden::read(protocol, table),
        stops: all(protocol, table, "stops", stops::stop),
        stop: stops::expected(protocol, table),
        ..Expect::default()
    }
}

type Find<T> = fn(&Protocol, &Spanned<String>, &mut Diagnostics) -> Option<T>;

fn one<T>(
    protocol: &Protocol,
    table: &mut Table<'_, '_>,
    key: &'static str,
    find: Find<T>,
) -> Option<Spanned<T>> {
    let name = table.name(key)?;
    let found = find(protocol, &name, table.out)?;
    Some(Spanned::new(found, name.span))
}

fn some<T>(
    protocol: &Protocol,
    table: &mut Table<'_, '_>,
    key: &'static str,
    find: Find<T>,
) -> Vec<Spanned<T>> {
    let mut found = Vec::new();
    for name in table.names(key) {
        let id = find(protocol, &name, table.out);
        found.extend(id.map(|id| Spanned::new(id, name.span)));
    }
    found
}

/// A list that names all there is; an empty one says that there is nothing.
fn all<T>(
    protocol: &Protocol,
    table: &mut Table<'_, '_>,
    key: &'static str,
    find: Find<T>,
) -> Option<Spanned<Vec<T>>> {
    let span = table.entry(key)?.span;
    let found = some(protocol, table, key, find);
    Some(Spanned::new(found.into_iter().map(|it| it.value).collect(), span))
}

/// A table whose keys are names: what each of its entries says, as far as it can be read.
pub(crate) fn each<'t, T>(
    table: &mut Table<'t, '_>,
    key: &'static str,
    read: impl Fn(Entry<'t>, &Spanned<String>, &mut Table<'t, '_>) -> Option<T>,
) -> Vec<T> {
    let all = table.table(key, |table| {
        let entries = table.rest().into_iter();
        entries.filter_map(|entry| read(entry, &entry.name(), table)).collect()
    });
    all.unwrap_or_default()
}

fn due(protocol: &Protocol, table: &mut Table<'_, '_>) -> Vec<(ClockName, Spanned<Due>)> {
    each(table, "due", |entry, name, table| {
        let clock = names::clock(protocol, name, table.out);
        let literal = table.literal_of(entry);
        clock.zip(literal.and_then(|it| value::due(protocol, it, table.out)))
    })
}

/// How many entries records have.
fn entries(protocol: &Protocol, table: &mut Table<'_, '_>) -> Vec<(RecordId, Spanned<u32>)> {
    each(table, "entries", |entry, name, table| {
        let record = names::record(protocol, name, table.out);
        record.zip(table.count_of(entry))
    })
}

fn erasable(
    protocol: &Protocol,
    table: &mut Table<'_, '_>,
) -> Vec<(RetentionId, Spanned<Option<NaiveDate>>)> {
    each(table, "erasable", |entry, name, table| {
        let retention = names::retention(protocol, name, table.out);
        let literal = table.literal_of(entry);
        retention.zip(literal.and_then(|it| value::date_or_no(it, table.out)))
    })
}

fn fields(protocol: &Protocol, table: &mut Table<'_, '_>) -> Vec<(FieldId, Spanned<Given>)> {
    each(table, "fields", |entry, name, table| {
        let field = names::field(protocol, name, table.out);
        let (literal, field) = (table.literal_of(entry)?, field?);
        let declared = protocol.fields.get(field.index())?;
        if declared.personal {
            let problem = format!("the field `{}` is personal", name.value);
            let help = "a case holds only a reference to it: expect another field";
            table.out.push(rules::scenario_bad_value(problem, entry.span, help));
            return None;
        }
        let given = value::given(protocol, declared, literal, table.out)?;
        Some((field, Spanned::new(given, entry.span)))
    })
}
