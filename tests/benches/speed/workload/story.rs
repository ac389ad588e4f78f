//! The fourteen events of a case of the workload, in the four ways they are told: to the baseline,
//! to the engine as reports, as JSON text, and as the values that rhai reads.

use engine::runtime::{Given, Report};
use engine::time::Instant;
use rust_decimal::Decimal;

use crate::workload::walk::Happened;

/// How many kinds of case there are; they differ in what they bring.
pub(crate) const KINDS: usize = 4;
/// Events in a case.
pub(crate) const EVENTS: usize = 14;

pub(crate) const HARMS: [&str; 3] = ["none", "minor", "serious"];

/// One event of one kind of case.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) by: &'static str,
    /// Milliseconds since 1970.
    pub(crate) at: i64,
    pub(crate) what: Happened,
}

/// The events of a kind of case, in order: opened on Monday 2 March 2026, settled on 24 April.
pub(crate) fn steps(kind: usize) -> [Step; EVENTS] {
    let amount = [50_000, 100_000, 450_000, 200_000][kind % KINDS];
    let opened = Happened::Opened { amount, harm: 1, urgent: kind % 2 == 1 };
    let total = [15_000, 90_050, 2_000_000, 10_100][kind % KINDS];
    let told: [(i64, &str, &str, Happened); EVENTS] = [
        (0, "opened", "complainant", opened),
        (1, "acknowledged", "agent", Happened::Acknowledged),
        (2, "screened", "agent", Happened::Screened),
        (3, "assigned", "agent", Happened::Assigned),
        (4, "asked", "agent", Happened::Asked),
        (8, "replied", "complainant", Happened::Replied),
        (9, "inspected", "agent", Happened::Inspected { total }),
        (10, "drafted", "agent", Happened::Drafted),
        (11, "checked", "agent", Happened::Checked),
        (15, "answered", "agent", Happened::Answered),
        (29, "objected", "complainant", Happened::Objected),
        (31, "heard", "agent", Happened::Heard),
        (37, "decided", "agent", Happened::Decided),
        (53, "settled", "complainant", Happened::Settled),
    ];
    // Monday 2 March 2026, 10:00 in Amsterdam.
    const BEGIN: i64 = 1_772_442_000_000;
    told.map(|(day, name, by, what)| Step { name, by, at: BEGIN + day * 86_400_000, what })
}

/// What an event brings, by the names of the protocol.
pub(crate) fn brought(what: Happened) -> Vec<(&'static str, Given)> {
    match what {
        Happened::Opened { amount, harm, urgent } => vec![
            ("amount", Given::Number(Decimal::new(amount, 2))),
            ("harm", Given::Text(HARMS[usize::from(harm)].to_owned())),
            ("urgent", Given::Flag(urgent)),
        ],
        Happened::Inspected { total } => vec![("total", Given::Number(Decimal::new(total, 2)))],
        _ => Vec::new(),
    }
}

/// The event as a report. An event id is unique within its case.
pub(crate) fn report(step: &Step) -> Report {
    Report {
        entered_by: (step.by == "complainant").then(|| "agent".to_owned()),
        channel: Some("email".to_owned()),
        data: brought(step.what)
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        ..Report::new(step.name, step.name, Instant::from_ms(step.at), step.by)
    }
}

/// The event as an app would post it.
pub(crate) fn json(step: &Step) -> String {
    let mut data = serde_json::Map::new();
    for (name, given) in brought(step.what) {
        let value = match given {
            Given::Text(text) | Given::Slot(text) => text.into(),
            Given::Number(number) => number.to_string().into(),
            Given::Flag(flag) => flag.into(),
            Given::Date(date) => date.to_string().into(),
        };
        data.insert(name.to_owned(), value);
    }
    let mut whole = serde_json::json!({
        "id": step.name,
        "event": step.name,
        "at": Instant::from_ms(step.at).to_string(),
        "by": step.by,
        "channel": "email",
        "data": data,
    });
    if step.by == "complainant" {
        whole["entered_by"] = "agent".into();
    }
    whole.to_string()
}
