//! What the tables of a protocol say of who reads and who reports, read from its files by the rules
//! of the language and by nothing of the engine.

use crate::http::roles::play::Under;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toml::{Table, Value};

/// The tables of a protocol, those of the parts that it includes with them.
pub(crate) struct Tables {
    all: Table,
}

/// The events that a record and a field of the language bring with them are not written out.
const ENDINGS: [&str; 2] = ["_done", "_changed"];

impl Tables {
    pub(crate) fn read(folder: &Path) -> Self {
        let mut tables = Self { all: Table::new() };
        tables.add(folder, "protocol.toml");
        tables
    }

    fn add(&mut self, folder: &Path, file: &str) {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let part: Table = text.parse().unwrap();
        for (name, value) in &part {
            match (self.all.get_mut(name), value) {
                (Some(Value::Table(known)), Value::Table(more)) => known.extend(more.clone()),
                (Some(Value::Array(known)), Value::Array(more)) => known.extend(more.clone()),
                _ => drop(self.all.insert(name.clone(), value.clone())),
            }
        }
        for taken in names(part.get("include")) {
            match taken.strip_prefix("shipped:") {
                Some(shipped) => {
                    let (folder, file) = shipped.split_once('/').unwrap();
                    self.add(&Path::new("../protocols").join(folder), file);
                }
                None => self.add(folder, &taken),
            }
        }
    }

    fn table(&self, name: &str) -> BTreeMap<&str, &Table> {
        let table = self.all.get(name).and_then(Value::as_table);
        let each = table.into_iter().flatten();
        each.filter_map(|(name, it)| Some((name.as_str(), it.as_table()?))).collect()
    }

    /// The roles that are declared.
    pub(crate) fn roles(&self) -> Vec<String> {
        self.table("roles").keys().map(|it| (*it).to_owned()).collect()
    }

    /// Whether whoever acts so may learn what is personal about the complainant.
    pub(crate) fn knows_the_person(&self, party: &str) -> bool {
        match party {
            "complainant" => true,
            "respondent" => false,
            role => !is(self.table("roles")[role].get("external")),
        }
    }

    /// Whether what only these report is confidential: if each of them is a confidential role.
    fn are_confidential(&self, by: &[String]) -> bool {
        let roles = self.table("roles");
        let confidential =
            |it: &String| roles.get(it.as_str()).is_some_and(|it| is(it.get("confidential")));
        !by.is_empty() && by.iter().all(confidential)
    }

    /// Who alone reads what was written under something; nothing where everybody does who reads
    /// the case.
    pub(crate) fn readers(&self, under: &Under) -> Option<BTreeSet<String>> {
        let (said, kept) = match under {
            Under::Field(name) => {
                let said = names(self.table("fields")[name.as_str()].get("read_by"));
                (said, self.readers_of_field(name))
            }
            Under::Record(name) => {
                let record = self.table("records")[name.as_str()];
                (names(record.get("read_by")), self.by_alone(&names(record.get("by"))))
            }
            Under::Reason(event) => (Vec::new(), self.by_alone(&self.by(event))),
        };
        match said.as_slice() {
            [] => kept,
            [one] if one == "everybody" => None,
            _ => Some(said.into_iter().collect()),
        }
    }

    fn by_alone(&self, by: &[String]) -> Option<BTreeSet<String>> {
        self.are_confidential(by).then(|| by.iter().cloned().collect())
    }

    /// Who may report an event, as its table says; those of a record are reported as the record is.
    pub(crate) fn by(&self, event: &str) -> Vec<String> {
        let (events, records) = (self.table("events"), self.table("records"));
        if let Some(declared) = events.get(event) {
            return names(declared.get("by"));
        }
        let base = ENDINGS.iter().find_map(|it| event.strip_suffix(it)).unwrap_or(event);
        let record = records.get(base).or_else(|| records.get(event));
        record.map_or(Vec::new(), |it| names(it.get("by")))
    }

    /// The events of the tables, those of records with them.
    pub(crate) fn events(&self) -> Vec<String> {
        let own = self.table("events").into_keys().chain(self.table("records").into_keys());
        own.map(str::to_owned).collect()
    }

    /// The only ones that read a field of which nothing is said: those whose confidential events
    /// alone bring it.
    fn readers_of_field(&self, name: &str) -> Option<BTreeSet<String>> {
        let field = self.table("fields")[name];
        let events = self.table("events");
        let carried =
            |it: &Table| names(it.get("carries")).iter().any(|it| it.trim_end_matches('?') == name);
        let bring: Vec<&Table> = events.values().filter(|it| carried(it)).copied().collect();
        let open = is(field.get("required"))
            || bring.is_empty()
            || events.get("opened").is_some_and(|it| carried(it))
            || sets(&Value::Table(self.all.clone()), name);
        if open {
            return None;
        }
        let by: Vec<Vec<String>> = bring.iter().map(|it| names(it.get("by"))).collect();
        let confidential = by.iter().all(|it| self.are_confidential(it));
        confidential.then(|| by.into_iter().flatten().collect())
    }
}

/// Whether some transition sets a field.
fn sets(value: &Value, field: &str) -> bool {
    match value {
        Value::Table(table) => table.iter().any(|(name, inner)| {
            let set = inner.as_table().is_some_and(|it| name == "set" && it.contains_key(field));
            set || sets(inner, field)
        }),
        Value::Array(all) => all.iter().any(|it| sets(it, field)),
        _ => false,
    }
}

fn is(value: Option<&Value>) -> bool {
    value.and_then(Value::as_bool) == Some(true)
}

fn names(value: Option<&Value>) -> Vec<String> {
    let all = value.and_then(Value::as_array).into_iter().flatten();
    all.filter_map(Value::as_str).map(str::to_owned).collect()
}
