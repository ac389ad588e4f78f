//! OCEL 2.0 in JSON: cases, persons and entries are objects, and events concern them.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::bail;
use engine::model::RecordId;
use engine::runtime::FactKind;
use engine::time::Instant;
use serde_json::{Value, json};
use store::keeper::Reader;

use crate::log::entry::entries;
use crate::rows::Rows;
use crate::walk::{Asked, each, machines, versions};

/// The most persons of a log: whoever comes twice must be known again while it is written.
const PERSONS_MAX: usize = 5_000_000;

/// Writes the cases as an object-centric event log. Returns how many cases it has.
///
/// The cases are read twice, because the format has all objects before all events; in memory stay the
/// ids of persons.
///
/// # Errors
/// The store fails; time cannot act on a case; there are too many persons; or it cannot be written.
pub fn ocel(reader: &Reader, asked: &Asked, to: &mut dyn Write) -> anyhow::Result<u64> {
    let versions = versions(reader, asked.tenant, &asked.protocol_id)?;
    let machines = machines(&versions);
    let mut records = BTreeSet::new();
    let mut events = BTreeSet::new();
    for machine in &machines {
        records.extend(machine.protocol.records.iter().map(|it| it.name.as_str()));
        events.extend(machine.protocol.events.iter().map(|it| it.name.clone()));
        for deadline in &machine.protocol.deadlines {
            let word = if deadline.window { "lapse" } else { "breach" };
            events.insert(format!("{word}:{}", deadline.name));
        }
        events.extend(machine.protocol.guarantees.iter().map(|it| format!("broken:{}", it.id)));
    }
    let text = |name: &str| json!({ "name": name, "type": "string" });
    let mut types = vec![
        json!({ "name": "case", "attributes": [text("ticket"), text("version")] }),
        json!({ "name": "person", "attributes": [] }),
    ];
    types.extend(
        records.iter().map(|it| json!({ "name": format!("entry:{it}"), "attributes": [] })),
    );
    let attributes = json!([text("by"), { "name": "recorded_at", "type": "time" }]);
    let event_types: Vec<Value> =
        events.iter().map(|it| json!({ "name": it, "attributes": attributes })).collect();
    write!(
        to,
        "{{\"objectTypes\":{},\"eventTypes\":{},\"objects\":[",
        json!(types),
        json!(event_types)
    )?;

    let mut n_cases = 0u64;
    let mut persons = BTreeSet::new();
    let mut list = List::default();
    each(reader, asked, &mut |rows| {
        n_cases = n_cases.saturating_add(1);
        for object in objects(rows, &mut persons) {
            list.put(to, &object)?;
        }
        match persons.len() > PERSONS_MAX {
            true => bail!("a log has at most {PERSONS_MAX} persons, and there are more"),
            false => Ok(()),
        }
    })?;
    write!(to, "],\"events\":[")?;
    let mut list = List::default();
    each(reader, asked, &mut |rows| {
        for event in case_events(rows) {
            list.put(to, &event)?;
        }
        Ok(())
    })?;
    writeln!(to, "]}}")?;
    Ok(n_cases)
}

/// The values of a list that is written as they come.
#[derive(Default)]
struct List {
    is_begun: bool,
}

impl List {
    fn put(&mut self, to: &mut dyn Write, value: &Value) -> anyhow::Result<()> {
        let comma = if self.is_begun { "," } else { "" };
        self.is_begun = true;
        write!(to, "{comma}\n{value}")?;
        Ok(())
    }
}

/// The case, its entries, and its person where that was not there before.
fn objects(rows: &Rows<'_>, persons: &mut BTreeSet<String>) -> Vec<Value> {
    let look = rows.look;
    let id = look.standing.stream.to_string();
    let since = look.case.opened_at.map_or_else(String::new, utc);
    let attribute =
        |name: &str, value: &str| json!({ "name": name, "time": since, "value": value });
    let mut related: Vec<Value> = Vec::new();
    let mut all = Vec::new();
    if let Some(person) = look.case.complainant.map(|it| look.strings.get(it)) {
        let object = format!("person:{person}");
        related.push(json!({ "objectId": object, "qualifier": "complainant" }));
        if persons.insert(person.to_owned()) {
            all.push(
                json!({ "id": object, "type": "person", "attributes": [], "relationships": [] }),
            );
        }
    }
    for (record, number, _) in each_entry(rows) {
        let object = format!("{id}:{record}:{number}");
        related.push(json!({ "objectId": object, "qualifier": record }));
        let kind = format!("entry:{record}");
        all.push(json!({ "id": object, "type": kind, "attributes": [], "relationships": [] }));
    }
    let ticket = look.standing.ticket.as_deref().unwrap_or_default();
    let attributes = [attribute("ticket", ticket), attribute("version", &look.loaded.version)];
    all.push(
        json!({ "id": id, "type": "case", "attributes": attributes, "relationships": related }),
    );
    all
}

/// The entries of all records: the name of the record, the number, and the id of its entry.
fn each_entry<'a>(rows: &'a Rows<'_>) -> Vec<(&'a str, u16, engine::text::Symbol)> {
    let look = rows.look;
    let records = (0u16..).map(RecordId).zip(&look.loaded.machine.protocol.records);
    let of = |(id, record): (RecordId, &'a engine::model::Record)| {
        let entries = look.case.entries(id).iter();
        entries.map(|it| (record.name.as_str(), it.number, it.id)).collect::<Vec<_>>()
    };
    records.flat_map(of).collect()
}

fn case_events(rows: &Rows<'_>) -> Vec<Value> {
    let look = rows.look;
    let id = look.standing.stream.to_string();
    let person = look.case.complainant.map(|it| look.strings.get(it));
    let value =
        |(place, entry): (usize, crate::log::entry::Entry)| {
            let mut attributes =
                vec![json!({ "name": "recorded_at", "value": utc(entry.recorded_at) })];
            attributes.extend(entry.by.map(|it| json!({ "name": "by", "value": it })));
            let mut related = vec![json!({ "objectId": id, "qualifier": "case" })];
            related.extend(person.map(
                |it| json!({ "objectId": format!("person:{it}"), "qualifier": "complainant" }),
            ));
            related.extend(
                of_entry(rows, entry.at, &entry.what)
                    .map(|object| json!({ "objectId": object, "qualifier": "entry" })),
            );
            json!({
                "id": format!("{id}:{}", place.saturating_add(1)),
                "type": entry.what,
                "time": utc(entry.at),
                "attributes": attributes,
                "relationships": related,
            })
        };
    entries(rows).into_iter().enumerate().map(value).collect()
}

/// The entry that was added by an event of this name at this instant.
fn of_entry(rows: &Rows<'_>, at: Instant, what: &str) -> Option<String> {
    let look = rows.look;
    let records = &look.loaded.machine.protocol.records;
    look.facts.iter().find_map(|fact| match fact.kind {
        FactKind::EntryAdded { record, number, .. } if fact.at == at => {
            let name = &records.get(record.index())?.name;
            (name == what).then(|| format!("{}:{name}:{number}", look.standing.stream))
        }
        _ => None,
    })
}

/// RFC 3339 in UTC.
fn utc(at: Instant) -> String {
    at.to_string()
}
