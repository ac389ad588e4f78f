//! The tables of a register and their columns, from the protocol alone.

use engine::machine::Machine;
use engine::model::{Field, FieldKind, Readable, RecordId};

use crate::viewer::Viewer;

/// The names of the tables that every register has; the others are named after their records.
pub const CASES: &str = "cases";
/// Every clock of every case.
pub const DEADLINES: &str = "deadlines";
/// Every stop that concerns a case.
pub const STOPS: &str = "stops";
/// Every event, as it stands.
pub const EVENTS: &str = "events";

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name: the word of `--table`, and the name of its sheet.
    pub name: String,
    /// What a row is, for people.
    pub title: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The head of the column, unique within the table.
    pub name: String,
    /// What stands in it, for people.
    pub title: String,
    /// Where it comes from.
    pub from: From,
}

/// Where the values of a column come from. Fields and deadlines are named, so that the versions of a
/// protocol share their columns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum From {
    /// Something that every case has, by its place in the list of its table.
    Own(usize),
    /// A field of the case, or of the entry, with the currency of an amount: amounts of another
    /// currency stand in a column of their own.
    Field(String, Option<String>),
    /// Something of the latest clock of a deadline.
    Deadline(String, OfClock),
}

/// What a register says of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfClock {
    /// When it is due, inclusive.
    Due,
    /// How it stands, in a word.
    State,
    /// When it was met, or ended otherwise.
    Ended,
    /// By how many days it is or was late.
    LateDays,
}

/// What every case has, in order: the head of the column and what it says.
const OF_CASE_BEFORE: [(&str, &str); 12] = [
    ("ticket", "The number that people use for the case"),
    ("case", "The id of the case"),
    ("protocol", "The id of the protocol"),
    ("version", "The version of the protocol that the case runs under"),
    ("received", "When it was received"),
    ("channel", "How it came"),
    ("intake", "As what it was taken in, or what it has become"),
    ("complainant", "Who complains, as an opaque id"),
    ("respondent", "Who is complained about, as an opaque id"),
    ("severity", "How serious it is"),
    ("stage", "The stage it is in"),
    ("rung", "The rung of the ladder it is on"),
];
const OF_CASE_AFTER: [(&str, &str); 4] = [
    ("stops", "The stops in force for the case or its person"),
    ("missed", "How many of its deadlines were ever missed"),
    ("upheld", "Whether it counts as upheld, by [history] upheld"),
    ("closed", "When it was closed; empty while it is open"),
];
const OF_CLOCK: [(&str, &str); 12] = [
    ("ticket", "The number that people use for the case"),
    ("case", "The id of the case"),
    ("deadline", "The deadline"),
    ("occurrence", "Which instance of it, from 1; for an entry of a record its number"),
    ("entry", "The id of the entry it is for"),
    ("started", "From when it counts"),
    ("due", "When it is due, inclusive; empty while it stands still"),
    ("state", "How it stands"),
    ("ended", "When it was met, or ended otherwise"),
    ("late_days", "By how many days it is or was late"),
    ("late_working_days", "By how many working days of its calendar"),
    ("missed", "Whether it ran out unmet, ever"),
];
const OF_STOP: [(&str, &str); 6] = [
    ("ticket", "The number that people use for the case"),
    ("case", "The id of the case it concerns"),
    ("stop", "The stop"),
    ("id", "The id of the stop"),
    ("stage", "Where it is in its life"),
    ("since", "Since when"),
];
const OF_EVENT: [(&str, &str); 8] = [
    ("case", "The id of the case"),
    ("ticket", "The number that people use for the case"),
    ("event", "What happened"),
    ("at", "When it happened"),
    ("recorded_at", "When that was recorded"),
    ("by", "Whose act it was"),
    ("channel", "How it came"),
    ("id", "The id of the report"),
];
const OF_ENTRY: [(&str, &str); 6] = [
    ("ticket", "The number that people use for the case"),
    ("case", "The id of the case"),
    ("number", "The number of the entry within the case, from 1"),
    ("id", "The id of the entry"),
    ("added", "When it was added"),
    ("done", "When it was done"),
];

/// The tables of a register over these versions of a protocol, as somebody may read it: the cases
/// first, then the deadlines, the stops where there are any, the events, and a table for each record.
/// The columns are those of the first version, followed by those that only later ones have.
#[must_use]
pub fn tables(versions: &[&Machine], viewer: &Viewer) -> Vec<Table> {
    let mut all = vec![
        cases(versions, viewer),
        own(DEADLINES, "Every clock of every case", &OF_CLOCK),
        own(EVENTS, "What happened, as far as it stands", &OF_EVENT),
    ];
    if versions.iter().any(|it| !it.protocol.stops.is_empty()) {
        all.push(own(STOPS, "The stops that concern a case", &OF_STOP));
    }
    for machine in versions {
        for (place, record) in machine.protocol.records.iter().enumerate() {
            let name = table_of_record(&record.name);
            let what = Readable::Record(RecordId::at(place));
            if !viewer.reads(machine, what) {
                continue;
            }
            let known = all.iter().position(|it| it.name == name);
            let at = known.unwrap_or_else(|| {
                all.push(own(&name, &record.title, &OF_ENTRY));
                all.len().saturating_sub(1)
            });
            let Some(table) = all.get_mut(at) else { continue };
            let open = record.fields.iter().map(|it| &it.field);
            for field in open.filter(|it| viewer.reads_field(machine, it, what)) {
                add(table, field_column(field));
            }
        }
    }
    all
}

/// The name of the table of a record: its own, unless another table has it.
fn table_of_record(record: &str) -> String {
    match [CASES, DEADLINES, STOPS, EVENTS].contains(&record) {
        true => format!("record.{record}"),
        false => record.to_owned(),
    }
}

fn cases(versions: &[&Machine], viewer: &Viewer) -> Table {
    let mut table = own(CASES, "One row for each case", &OF_CASE_BEFORE);
    for machine in versions {
        for (id, field) in (0u16..).map(engine::model::FieldId).zip(&machine.protocol.fields) {
            if viewer.reads_field(machine, field, Readable::Field(id)) {
                add(&mut table, field_column(field));
            }
        }
    }
    for machine in versions {
        for deadline in machine.protocol.deadlines.iter().filter(|it| it.for_each.is_none()) {
            let parts = [
                (OfClock::Due, "due", "when it is due, inclusive"),
                (OfClock::State, "state", "how it stands"),
                (OfClock::Ended, "ended", "when it was met, or ended otherwise"),
                (OfClock::LateDays, "late_days", "by how many days it is or was late"),
            ];
            for (what, word, title) in parts {
                let name = format!("{}.{word}", deadline.name);
                let title = format!("{}: {title}", deadline.title);
                add(
                    &mut table,
                    Column { name, title, from: From::Deadline(deadline.name.clone(), what) },
                );
            }
        }
    }
    for (place, (name, title)) in OF_CASE_AFTER.iter().enumerate() {
        let from = From::Own(place.saturating_add(OF_CASE_BEFORE.len()));
        let (name, title) = ((*name).to_owned(), (*title).to_owned());
        table.columns.push(Column { name, title, from });
    }
    table
}

fn own(name: &str, title: &str, columns: &[(&str, &str)]) -> Table {
    let column = |(place, (name, title)): (usize, &(&str, &str))| Column {
        name: (*name).to_owned(),
        title: (*title).to_owned(),
        from: From::Own(place),
    };
    let columns = columns.iter().enumerate().map(column).collect();
    Table { name: name.to_owned(), title: title.to_owned(), columns }
}

fn field_column(field: &Field) -> Column {
    let currency = currency(field);
    let title = match &currency {
        Some(currency) => format!("{} ({currency})", field.title),
        None => field.title.clone(),
    };
    Column { name: field.name.clone(), title, from: From::Field(field.name.clone(), currency) }
}

/// The currency of an amount of money.
pub(crate) fn currency(field: &Field) -> Option<String> {
    match &field.kind {
        FieldKind::Money(currency) => Some(currency.clone()),
        _ => None,
    }
}

/// Adds a column unless it is there. A field with the name of another column is `field.NAME`; an
/// amount in another currency than that column has, `NAME.USD`.
fn add(table: &mut Table, mut column: Column) {
    if table.columns.iter().any(|it| it.from == column.from) {
        return;
    }
    let later = OF_CASE_AFTER.iter().any(|(name, _)| table.name == CASES && *name == column.name);
    let taken = table.columns.iter().find(|it| it.name == column.name);
    column.name = match (taken.map(|it| &it.from), &column.from) {
        (Some(From::Field(..)), From::Field(name, currency)) => {
            format!("{name}.{}", currency.as_deref().unwrap_or("plain"))
        }
        (None, _) if !later => column.name,
        _ => format!("field.{}", column.name),
    };
    table.columns.push(column);
}
