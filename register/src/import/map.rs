//! The column map: what each column of a foreign register is.

use std::collections::{BTreeMap, BTreeSet};

use engine::diagnostic::nearest_or_listed;
use engine::machine::Machine;
use engine::model::{Doer, Event, EventId, Field, Protocol};
use serde::Deserialize;

use crate::tables::{CASES, From, tables};
use crate::viewer::Viewer;

/// A column map, as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The number of the row with the heads, from 1.
    #[serde(default = "first")]
    pub head: u32,
    /// The column with the number that the file itself has for a case: no two rows share it.
    pub reference: String,
    /// A name for the register that the file is, so that its numbers are not taken for those of another.
    #[serde(default = "a_register")]
    pub source: String,
    /// How texts write dates and times, as `%d.%m.%Y %H:%M`; ISO 8601 is always understood.
    #[serde(default)]
    pub dates: Vec<String>,
    /// What divides whole numbers from the rest: `.` or `,`.
    #[serde(default = "point")]
    pub decimal: char,
    /// What may stand between groups of three digits.
    pub thousands: Option<char>,
    /// When the rows count as recorded.
    #[serde(default)]
    pub recorded: Entered,
    /// Why it is entered late.
    #[serde(default = "taken_over")]
    pub reason: String,
    /// What holds for every receipt.
    #[serde(default)]
    pub opens: Opens,
    /// The columns, by their heads.
    pub columns: BTreeMap<String, Column>,
}

/// When the rows count as recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Entered {
    /// Now: everything is late news, within `backdate` of the protocol.
    #[default]
    Now,
    /// When it happened: the file is believed that it was kept at the time.
    Then,
}

/// What holds for every receipt.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Opens {
    /// Whose act it is.
    pub by: String,
    /// Who entered it for them.
    pub entered_by: Option<String>,
    /// How it came, where no column says so.
    pub channel: Option<String>,
    /// As what it was taken in, where no column says so.
    pub intake: Option<String>,
}

impl Default for Opens {
    fn default() -> Self {
        Self { by: "complainant".to_owned(), entered_by: None, channel: None, intake: None }
    }
}

/// What a column is: one of `opens`, `field`, `event` and `skip`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Column {
    /// A part of the receipt: `at`, `channel`, `complainant`, `respondent` or `intake`.
    pub opens: Option<String>,
    /// A field of the case.
    pub field: Option<String>,
    /// With which event the field came; with the receipt where it is not said.
    pub with: Option<String>,
    /// An event: the cell says when it happened, and nothing where it did not.
    pub event: Option<String>,
    /// Whose act the event was; the first of its `by` where it is not said.
    pub by: Option<String>,
    /// Who entered the event for them.
    pub entered_by: Option<String>,
    /// How the event came.
    pub channel: Option<String>,
    /// What texts of the file mean: `{ "Tel." = "phone" }`.
    pub values: BTreeMap<String, String>,
    /// That the column is left out.
    pub skip: bool,
}

/// What is wrong with a map: one fragment.
pub type MapFault = String;

const fn first() -> u32 {
    1
}

const fn point() -> char {
    '.'
}

fn a_register() -> String {
    "register".to_owned()
}

fn taken_over() -> String {
    "taken over from the register that was kept before".to_owned()
}

/// The parts of a receipt.
const OPENS: [&str; 5] = ["at", "channel", "complainant", "respondent", "intake"];

/// The map of a register that this program wrote: the table of cases under these versions. What the
/// protocol works out by itself does not come in.
#[must_use]
pub fn own_map(versions: &[&Machine]) -> Map {
    let viewer = Viewer::Roles(every_role(versions));
    let mut columns = BTreeMap::new();
    let table = tables(versions, &viewer).into_iter().find(|it| it.name == CASES);
    for column in table.into_iter().flat_map(|it| it.columns) {
        let part = |part: &str| Column { opens: Some(part.to_owned()), ..Column::default() };
        let what = match (&column.from, column.name.as_str()) {
            (From::Own(_), "received") => part("at"),
            (From::Own(_), name) if OPENS.contains(&name) => part(name),
            (From::Field(name, _), _) => Column { field: Some(name.clone()), ..Column::default() },
            _ => Column { skip: true, ..Column::default() },
        };
        columns.insert(column.name, what);
    }
    Map {
        sheet: None,
        head: first(),
        reference: "ticket".to_owned(),
        source: "export".to_owned(),
        dates: Vec::new(),
        decimal: point(),
        thousands: None,
        recorded: Entered::Now,
        reason: taken_over(),
        opens: Opens::default(),
        columns,
    }
}

fn every_role(versions: &[&Machine]) -> Vec<String> {
    let all: BTreeSet<&str> =
        versions.iter().flat_map(|it| &it.protocol.roles).map(|it| it.name.as_str()).collect();
    all.into_iter().map(str::to_owned).collect()
}

impl Map {
    /// Reads a map.
    ///
    /// # Errors
    /// It is no TOML, or holds what no map holds.
    pub fn read(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// Drops the columns that a file of this program may lack or have besides: those of fields that
    /// only some read.
    pub fn fit_own(&mut self, heads: &[String]) {
        self.columns.retain(|name, _| heads.contains(name));
    }

    /// Everything that is wrong with the map: against itself, the protocol, and the heads of the file.
    #[must_use]
    pub fn faults(&self, protocol: &Protocol, heads: &[String]) -> Vec<MapFault> {
        let mut faults = Vec::new();
        self.heads(heads, &mut faults);
        if !self.columns.values().any(|it| it.opens.as_deref() == Some("at")) {
            faults.push("no column is the receipt: one says `opens = \"at\"`".to_owned());
        }
        if !['.', ','].contains(&self.decimal) || self.thousands == Some(self.decimal) {
            faults.push("`decimal` is `.` or `,`, and `thousands` something else".to_owned());
        }
        if self.source.is_empty() || self.source.len() > 60 || self.source.contains(':') {
            faults.push("`source` has 1 to 60 bytes and no colon".to_owned());
        }
        if self.head == 0 {
            faults.push("`head` counts rows from 1".to_owned());
        }
        for (name, column) in &self.columns {
            let found = column.faults(self, protocol);
            faults.extend(found.into_iter().map(|it| format!("column `{name}`: {it}")));
        }
        let mut parts = BTreeMap::<(&str, Option<&str>), u32>::new();
        for column in self.columns.values() {
            let part =
                column.opens.as_deref().or(column.field.as_deref()).or(column.event.as_deref());
            if let Some(part) = part {
                let n = parts.entry((part, column.with.as_deref())).or_default();
                *n = n.saturating_add(1);
            }
        }
        let twice = parts.iter().filter(|(_, n)| **n > 1);
        faults.extend(twice.map(|((part, _), _)| format!("several columns are `{part}`")));
        faults
    }

    fn heads(&self, heads: &[String], faults: &mut Vec<MapFault>) {
        let mut seen = BTreeSet::new();
        for head in heads.iter().filter(|it| !it.is_empty()) {
            let shown = super::fault::shown(head);
            if !seen.insert(head) {
                faults.push(format!("the file has several columns `{shown}`"));
            }
            if *head != self.reference && !self.columns.contains_key(head) {
                faults.push(format!(
                    "the map does not say what the column `{shown}` is: add it, or `skip = true`"
                ));
            }
        }
        let wanted = self.columns.keys().chain([&self.reference]);
        for name in wanted.filter(|it| !heads.contains(it)).collect::<BTreeSet<_>>() {
            let names = heads.iter().map(String::as_str);
            let help = nearest_or_listed(name, "column", names).unwrap_or_default();
            faults.push(format!("the file has no column `{name}`: {help}"));
        }
    }
}

impl Column {
    fn faults(&self, map: &Map, protocol: &Protocol) -> Vec<MapFault> {
        let kinds = [self.opens.is_some(), self.field.is_some(), self.event.is_some(), self.skip];
        if kinds.iter().filter(|it| **it).count() != 1 {
            return vec!["it is one of `opens`, `field`, `event` and `skip = true`".to_owned()];
        }
        let mut faults = Vec::new();
        if let Some(part) = self.opens.as_deref().filter(|it| !OPENS.contains(it)) {
            faults.push(format!("`{part}` is no part of a receipt: {}", OPENS.join(", ")));
        }
        if (self.with.is_some() && self.field.is_none())
            || (self.event.is_none()
                && (self.by.is_some() || self.entered_by.is_some() || self.channel.is_some()))
        {
            faults.push(
                "`with` goes with `field`; `by`, `entered_by`, `channel` with `event`".to_owned(),
            );
        }
        if let Some(name) = &self.event {
            faults.extend(self.of_event(name, protocol));
        }
        if let Some(name) = &self.field {
            faults.extend(self.of_field(name, map, protocol));
        }
        faults
    }

    fn of_event(&self, name: &str, protocol: &Protocol) -> Vec<MapFault> {
        let names =
            protocol.events.iter().skip(1).filter(|it| is_plain(it)).map(|it| it.name.as_str());
        match event(protocol, name) {
            None => {
                let help = nearest_or_listed(name, "event", names).unwrap_or_default();
                vec![format!("`{name}` is no event that a column can be: {help}")]
            }
            Some(event) if self.by.is_none() && first_party(protocol, event).is_none() => {
                vec![format!("whose act `{name}` is depends on the case: say `by`")]
            }
            Some(_) => Vec::new(),
        }
    }

    fn of_field(&self, name: &str, map: &Map, protocol: &Protocol) -> Vec<MapFault> {
        let Some(id) = protocol.field(name) else {
            let names = protocol.fields.iter().map(|it| it.name.as_str());
            let help = nearest_or_listed(name, "field", names).unwrap_or_default();
            return vec![format!("`{name}` is no field of the protocol: {help}")];
        };
        let Some(with) = &self.with else { return Vec::new() };
        let Some(event) = event(protocol, with) else {
            return vec![format!("`{with}` is no event of the protocol")];
        };
        if !map.columns.values().any(|it| it.event.as_ref() == Some(with)) {
            return vec![format!("no column says when `{with}` happened")];
        }
        match event.carries.iter().any(|it| it.field == id) {
            true => Vec::new(),
            false => vec![format!("`{with}` does not bring `{name}`")],
        }
    }
}

/// Whether a column can be an event: what is of the case, and needs nothing but a date and fields.
fn is_plain(event: &Event) -> bool {
    event.of.is_none() && event.built_in.is_none()
}

/// The event with this name that a column can be.
pub(super) fn event<'p>(protocol: &'p Protocol, name: &str) -> Option<&'p Event> {
    let id = protocol.event(name).filter(|it| *it != EventId::OPENED)?;
    protocol.events.get(id.index()).filter(|it| is_plain(it))
}

/// Whose act an event is, where that is the same in every case.
pub(super) fn first_party(protocol: &Protocol, event: &Event) -> Option<String> {
    match event.by.first()? {
        Doer::Party(party) => Some(protocol.party_name(*party).to_owned()),
        Doer::Handler | Doer::Owner => None,
    }
}

/// The field with this name.
pub(super) fn field<'p>(protocol: &'p Protocol, name: &str) -> Option<&'p Field> {
    protocol.field(name).and_then(|it| protocol.fields.get(it.index()))
}
