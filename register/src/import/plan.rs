//! What is to be reported for each row.

use std::collections::BTreeMap;

use engine::machine::Machine;
use engine::runtime::{Given, Report, ReportedAt};
use engine::time::{Instant, Zone};

use crate::import::fault::{Faults, shown};
use crate::import::map::{Column, Entered, Map, event, field, first_party};
use crate::import::sheet::{Raw, Row, Sheet};
use crate::import::value::{given, moment, plain};

/// The longest reference, in bytes: ids of reports are made of it.
const REFERENCE_BYTES_MAX: usize = 100;

/// A case that a row tells of.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The number of the row.
    pub row: u32,
    /// The number that the file has for the case.
    pub reference: String,
    /// What happened, the receipt first, then in the order of the file.
    pub acts: Vec<Act>,
}

/// Something that is to be reported.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// The head of the column that says when it happened.
    pub column: String,
    /// What is reported. Its id is made of the reference, so that it is the same each time the file
    /// is read.
    pub report: Report,
    /// When it happened.
    pub happened: ReportedAt,
    /// When it counts as recorded.
    pub recorded_at: Instant,
}

/// What is to be reported for the rows of a sheet, under a map that has no faults; and all that does
/// not fit.
#[must_use]
pub fn plan(sheet: &Sheet, map: &Map, machine: &Machine, now: Instant) -> (Vec<Plan>, Faults) {
    let mut faults = Faults::of(&sheet.name);
    let places: BTreeMap<&str, usize> =
        sheet.heads.iter().enumerate().map(|(place, head)| (head.as_str(), place)).collect();
    let mut seen = BTreeMap::<String, u32>::new();
    let mut plans = Vec::new();
    for row in &sheet.rows {
        let before = faults.all.len();
        let mut reading = Reading { row, map, machine, now, places: &places, faults: &mut faults };
        reading.headless(&sheet.heads);
        let Some(reference) = reading.reference() else { continue };
        if let Some(first) = seen.insert(reference.clone(), row.number) {
            let why = format!("row {first} has `{}` as well", shown(&reference));
            reading.fault(&map.reference, why);
        }
        let acts = reading.acts(&reference);
        if faults.all.len() == before {
            plans.push(Plan { row: row.number, reference, acts });
        }
    }
    (plans, faults)
}

/// A row that is being read.
struct Reading<'a> {
    row: &'a Row,
    map: &'a Map,
    machine: &'a Machine,
    now: Instant,
    places: &'a BTreeMap<&'a str, usize>,
    faults: &'a mut Faults,
}

impl Reading<'_> {
    fn fault(&mut self, column: &str, why: impl Into<String>) {
        self.faults.add(Some(self.row.number), column, why);
    }

    fn cell(&self, column: &str) -> Raw {
        let place = self.places.get(column).copied();
        let cell = place.and_then(|it| self.row.cells.get(it));
        cell.cloned().unwrap_or(Raw::Empty)
    }

    /// What an attempt gives; what is wrong with it is noted.
    fn noted<T>(&mut self, column: &str, read: Result<Option<T>, String>) -> Option<T> {
        match read {
            Ok(read) => read,
            Err(why) => {
                self.fault(column, why);
                None
            }
        }
    }

    /// No value stands where no column has a head.
    fn headless(&mut self, heads: &[String]) {
        for (place, cell) in self.row.cells.iter().enumerate() {
            let has_head = heads.get(place).is_some_and(|it| !it.is_empty());
            if !has_head && *cell != Raw::Empty {
                let why = format!(
                    "the cell {} has a value and its column no head",
                    place.saturating_add(1)
                );
                self.fault("", why);
            }
        }
    }

    fn reference(&mut self) -> Option<String> {
        let column = self.map.reference.clone();
        let text = plain(&self.cell(&column), None);
        let had_fault = text.is_err();
        let text = self.noted(&column, text);
        match text {
            Some(text)
                if text.len() > REFERENCE_BYTES_MAX || text.chars().any(char::is_control) =>
            {
                self.fault(
                    &column,
                    format!("it has more than {REFERENCE_BYTES_MAX} bytes, or several lines"),
                );
                None
            }
            None if !had_fault => {
                self.fault(&column, "it is empty: without it the row is not known again");
                None
            }
            text => text,
        }
    }

    /// Everything that the row says happened. Where something does not fit, it is noted.
    fn acts(&mut self, reference: &str) -> Vec<Act> {
        let map = self.map;
        let id = format!("import:{}:{reference}", map.source);
        let mut acts: Vec<Act> = Vec::new();
        if let Some(act) = self.opening(&id) {
            acts.push(act);
        }
        let received =
            acts.first().map(|it| first_instant(&self.machine.protocol.zone, it.happened));
        for (name, column) in &map.columns {
            let Some(kind) = &column.event else { continue };
            let when = self.when(name);
            let data = self.data(Some(kind));
            let Some(happened) = when else {
                if let Some((field, _)) = data.first() {
                    let why = format!("it is empty, and there is `{field}` of it");
                    self.fault(name, why);
                }
                continue;
            };
            let last = last_instant(&self.machine.protocol.zone, happened);
            if received.is_some_and(|it| last < it) {
                self.fault(name, "it lies before the receipt");
                continue;
            }
            acts.extend(self.event(&id, name, column, (happened, data)));
        }
        self.enter(&mut acts);
        acts
    }

    fn opening(&mut self, id: &str) -> Option<Act> {
        let map = self.map;
        let part =
            |what: &str| map.columns.iter().find(|(_, it)| it.opens.as_deref() == Some(what));
        let (at, _) = part("at")?;
        let had = self.faults.all.len();
        let happened = self.when(at);
        if happened.is_none() && self.faults.all.len() == had {
            self.fault(at, "it is empty: nobody knows when it was received");
        }
        let mut said = |what: &str| {
            let (name, column) = part(what)?;
            let text = plain(&self.cell(name), Some(column));
            self.noted(name, text)
        };
        let channel = said("channel").or_else(|| map.opens.channel.clone());
        let complainant = said("complainant");
        let respondent = said("respondent");
        let intake = said("intake").or_else(|| map.opens.intake.clone());
        let data = self.data(None);
        let happened = happened?;
        let report = Report {
            entered_by: map.opens.entered_by.clone(),
            channel,
            complainant,
            respondent,
            intake,
            data,
            reason: Some(map.reason.clone()),
            ..Report::new(id, "opened", self.now, map.opens.by.clone())
        };
        Some(Act { column: at.clone(), report, happened, recorded_at: self.now })
    }

    fn event(
        &mut self,
        id: &str,
        name: &str,
        column: &Column,
        (happened, data): (ReportedAt, Vec<(String, Given)>),
    ) -> Option<Act> {
        let protocol = &self.machine.protocol;
        let declared = event(protocol, column.event.as_deref()?)?;
        let by = column.by.clone().or_else(|| first_party(protocol, declared))?;
        let report = Report {
            entered_by: column.entered_by.clone(),
            channel: column.channel.clone(),
            data,
            reason: Some(self.map.reason.clone()),
            ..Report::new(format!("{id}:{}", declared.name), declared.name.clone(), self.now, by)
        };
        Some(Act { column: name.to_owned(), report, happened, recorded_at: self.now })
    }

    /// When something happened; what lies in the future is noted.
    fn when(&mut self, column: &str) -> Option<ReportedAt> {
        let zone = &self.machine.protocol.zone;
        let when = moment(zone, &self.cell(column), self.map);
        let when = self.noted(column, when)?;
        if first_instant(&self.machine.protocol.zone, when) > self.now {
            self.fault(column, "it lies in the future");
            return None;
        }
        Some(when)
    }

    /// The fields that came with an event, or with the receipt.
    fn data(&mut self, with: Option<&str>) -> Vec<(String, Given)> {
        let (map, machine) = (self.map, self.machine);
        let mut data = Vec::new();
        for (name, column) in &map.columns {
            let Some(declared) = column.field.as_deref() else { continue };
            if column.with.as_deref() != with {
                continue;
            }
            let Some(field) = field(&machine.protocol, declared) else { continue };
            let given = given(&machine.protocol, field, &self.cell(name), (map, column));
            if let Some(given) = self.noted(name, given) {
                data.push((declared.to_owned(), given));
            }
        }
        data
    }

    /// Says when each act counts as recorded. The receipt is not recorded after what followed it.
    fn enter(&self, acts: &mut [Act]) {
        if self.map.recorded == Entered::Now {
            return;
        }
        let zone = &self.machine.protocol.zone;
        for act in acts.iter_mut() {
            act.recorded_at = last_instant(zone, act.happened).min(self.now);
        }
        let first = acts.iter().map(|it| it.recorded_at).min();
        if let (Some(opening), Some(first)) = (acts.first_mut(), first) {
            opening.recorded_at = first;
        }
    }
}

fn first_instant(zone: &Zone, at: ReportedAt) -> Instant {
    match at {
        ReportedAt::Instant(at) => at,
        ReportedAt::Date(date) => zone.day_start(date),
    }
}

fn last_instant(zone: &Zone, at: ReportedAt) -> Instant {
    match at {
        ReportedAt::Instant(at) => at,
        ReportedAt::Date(date) => zone.day_last(date),
    }
}
