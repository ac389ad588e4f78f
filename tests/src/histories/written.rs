//! A history as text: one step a line.
//!
//! ```text
//! protocol pauses
//! absent head
//! 2026-03-02T10:00:00Z opened by agent:anna on phone with size=large
//! 2026-03-09 asked by clerk recorded 2026-03-10T08:00:00Z because entered head
//! 2026-03-16T17:00:00.001Z wake
//! ```

use chrono::DateTime;
use engine::machine::Machine;
use engine::model::{FieldKind, RoleId};
use engine::runtime::{Given, Report, ReportedAt};
use engine::time::{Instant, NaiveDate};

use super::world::{History, Step};

/// Writes a history.
pub(crate) fn write(machine: &Machine, protocol: &str, history: &History) -> String {
    let mut out = format!("protocol {protocol}\n");
    for role in &history.absent {
        out.push_str(&format!("absent {}\n", machine.protocol.roles[role.index()].name));
    }
    for step in &history.steps {
        match step {
            Step::Wake(at) => out.push_str(&format!("{at} wake\n")),
            Step::Report(report) => out.push_str(&line(report)),
        }
    }
    out
}

fn line(report: &Report) -> String {
    let at = match report.at {
        ReportedAt::Instant(at) => at.to_string(),
        ReportedAt::Date(date) => date.to_string(),
    };
    let mut out = format!("{at} {} by {}", report.event, report.by);
    if report.at != ReportedAt::Instant(report.recorded_at) {
        out.push_str(&format!(" recorded {}", report.recorded_at));
    }
    for (word, text) in [
        (" entry ", &report.entry),
        (" entered ", &report.entered_by),
        (" on ", &report.channel),
        (" because ", &report.reason),
        (" against ", &report.respondent),
        (" for ", &report.complainant),
        (" other ", &report.case),
        (" letter ", &report.letter),
        (" as ", &report.intake),
    ] {
        if let Some(text) = text {
            out.push_str(&format!("{word}{text}"));
        }
    }
    for stop in &report.stops {
        out.push_str(&format!(" under {stop}"));
    }
    for (name, given) in &report.data {
        let value = match given {
            Given::Text(text) | Given::Slot(text) => text.clone(),
            Given::Number(number) => number.to_string(),
            Given::Flag(flag) => flag.to_string(),
            Given::Date(date) => date.to_string(),
        };
        out.push_str(&format!(" with {name}={value}"));
    }
    out.push('\n');
    out
}

/// The protocol that a written history is of.
pub(crate) fn protocol_of(text: &str) -> &str {
    text.lines().find_map(|it| it.strip_prefix("protocol ")).unwrap()
}

/// Reads a history. Lines that begin with `#` are for people.
pub(crate) fn read(machine: &Machine, text: &str) -> History {
    let mut history = History::default();
    for line in text.lines().filter(|it| !it.trim().is_empty() && !it.starts_with('#')) {
        let mut words = line.split(' ');
        match words.next().unwrap() {
            "protocol" | "disputed" => {}
            "absent" => {
                let name = words.next().unwrap();
                let roles = &machine.protocol.roles;
                let place = roles.iter().position(|it| it.name == name).unwrap();
                history.absent.push(RoleId::at(place));
            }
            at => history.steps.push(step(machine, at, words, history.steps.len())),
        }
    }
    history
}

fn step<'t>(
    machine: &Machine,
    at: &str,
    mut words: impl Iterator<Item = &'t str>,
    number: usize,
) -> Step {
    let event = words.next().unwrap();
    if event == "wake" {
        return Step::Wake(instant(at));
    }
    let at = match at.parse::<NaiveDate>() {
        Ok(date) => ReportedAt::Date(date),
        Err(_) => ReportedAt::Instant(instant(at)),
    };
    let recorded_at = match at {
        ReportedAt::Instant(at) => at,
        ReportedAt::Date(date) => machine.protocol.zone.day_last(date),
    };
    let id = format!("e{number}");
    let mut report = Report { at, ..Report::new(id, event, recorded_at, String::new()) };
    while let (Some(word), Some(text)) = (words.next(), words.next()) {
        let owned = || Some(text.to_owned());
        match word {
            "by" => text.clone_into(&mut report.by),
            "recorded" => report.recorded_at = instant(text),
            "entry" => report.entry = owned(),
            "entered" => report.entered_by = owned(),
            "on" => report.channel = owned(),
            "because" => report.reason = owned(),
            "against" => report.respondent = owned(),
            "under" => report.stops.push(text.to_owned()),
            "for" => report.complainant = owned(),
            "other" => report.case = owned(),
            "letter" => report.letter = owned(),
            "as" => report.intake = owned(),
            "with" => report.data.push(given(machine, &report.event, text)),
            other => panic!("`{other}` in a history"),
        }
    }
    Step::Report(Box::new(report))
}

fn given(machine: &Machine, event: &str, text: &str) -> (String, Given) {
    let (name, value) = text.split_once('=').unwrap();
    let protocol = &machine.protocol;
    let event = &protocol.events[protocol.event(event).unwrap().index()];
    let field = match event.of {
        Some(of) => {
            let mut fields = protocol.records[of.record.index()].fields.iter();
            &fields.find(|it| it.field.name == name).unwrap().field
        }
        None => &protocol.fields[protocol.field(name).unwrap().index()],
    };
    let given = match &field.kind {
        _ if field.personal => Given::Slot(value.to_owned()),
        FieldKind::Text | FieldKind::File | FieldKind::Choice(_) | FieldKind::Role(_) => {
            Given::Text(value.to_owned())
        }
        FieldKind::Number | FieldKind::Money(_) => Given::Number(value.parse().unwrap()),
        FieldKind::Flag => Given::Flag(value.parse().unwrap()),
        FieldKind::Date => Given::Date(value.parse().unwrap()),
    };
    (name.to_owned(), given)
}

fn instant(text: &str) -> Instant {
    Instant::from_utc(DateTime::parse_from_rfc3339(text).unwrap().to_utc())
}
