//! Small protocols, and paths through them.

use engine::machine::Machine;
use engine::model::{DeadlineId, EventId, Guarantee, GuaranteeId, Party, Point, Promise, StageId};
use engine::scenario::{Failure, Scenario};
use engine::text::{FileId, SourceSet};
use engine::time::{Instant, NaiveDate, spoken};

use crate::confirm::Window;
use crate::loading::of_text;
use crate::taken::{Reported, Taken};

const HEAD: &str = r#"
[protocol]
id          = "desk"
title       = "Desk"
version     = "1"
language    = "en"
zone        = "Europe/London"
calendar    = "office"
accountable = "officer"
effective   = { from = 2025-01-01 }
source      = "house rules"

[calendars.office]
hours    = { mon-fri = ["09:00-17:00"] }
holidays = ["england-and-wales"]

[time]
first_day             = "next"
ends                  = "midnight"
roll                  = "none"
receipt_outside_hours = "as_is"
backdate              = "10 working days"

[roles]
clerk   = { title = "Clerk" }
officer = { title = "Officer" }

[channels]
phone = { title = "Telephone" }
email = { title = "E-mail", written = true }
"#;

/// A protocol that goes on as `rest` says.
pub(super) fn machine(rest: &str) -> Machine {
    of_text(format!("{HEAD}{rest}"))
}

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The dates on which a case may begin.
pub(super) fn window(from: &str, to: &str) -> Window {
    Window { from: date(from), to: date(to) }
}

pub(super) fn shown(machine: &Machine, at: Instant) -> String {
    spoken(&machine.protocol.zone, at)
}

/// An event reported by a role, or by the complainant.
pub(super) fn event(machine: &Machine, name: &str, by: &str) -> Taken {
    let protocol = &machine.protocol;
    let role = protocol.roles.iter().position(|it| it.name == by);
    let role = role.map(|it| Party::Role(engine::model::RoleId::at(it)));
    Taken::Event(Reported {
        event: protocol.event(name).unwrap_or_else(|| panic!("{name}")),
        by: Party::built_in(by).or(role).unwrap_or_else(|| panic!("{by}")),
        channel: None,
        intake: None,
        data: Vec::new(),
        entry: None,
        entry_data: Vec::new(),
        history: Vec::new(),
    })
}

pub(super) fn opened(machine: &Machine) -> Taken {
    let first = machine.protocol.events[EventId::OPENED.index()].by.first();
    assert!(first.is_some());
    event(machine, "opened", "complainant")
}

pub(super) fn deadline(machine: &Machine, name: &str) -> DeadlineId {
    let place = machine.protocol.deadlines.iter().position(|it| it.name == name);
    DeadlineId::at(place.unwrap_or_else(|| panic!("{name}")))
}

pub(super) fn stage(machine: &Machine, name: &str) -> Point {
    let place = machine.protocol.stages.iter().position(|it| it.name == name);
    Point::Stage(StageId::at(place.unwrap_or_else(|| panic!("{name}"))))
}

/// The scenario of a text, and what is not as expected when it runs.
#[track_caller]
pub(super) fn outcome(machine: &Machine, text: &str) -> (Scenario, Vec<String>) {
    let sources = SourceSet::new("", [("scenarios/t.toml".to_owned(), text.as_bytes().to_vec())]);
    let (scenario, out) = engine::scenario::read(&sources, FileId(0), machine);
    let faults: Vec<&str> = out.iter().map(|it| it.message.as_str()).collect();
    let scenario = scenario.unwrap_or_else(|| panic!("{faults:?}\n{text}"));
    let again = engine::scenario::write(machine, &scenario);
    assert_eq!(again, text.split_once("\n\n").unwrap().1);
    let failures = failures(machine, &scenario);
    (scenario, failures)
}

pub(super) fn failures(machine: &Machine, scenario: &Scenario) -> Vec<String> {
    let outcome = engine::scenario::run(machine, scenario);
    let line = |it: &Failure| {
        let Failure { step, what, aspect, expected, was, .. } = it;
        format!("step {step}, {what}: {aspect} {expected}, was {was}")
    };
    outcome.failures().map(line).collect()
}

/// The machine with one guarantee more: that after `from` one of `expect` comes within a term.
pub(super) fn promising(machine: Machine, from: Point, within: &str, expect: &[Point]) -> Machine {
    let within = engine::time::parse_allowance(within).unwrap();
    with(machine, Promise::Within { from: vec![from], within, expect: expect.to_vec() })
}

pub(super) fn with(machine: Machine, promise: Promise) -> Machine {
    let mut protocol = machine.protocol;
    let rule = protocol.deadlines[0].rule;
    let id = format!("guarantee-{}", protocol.guarantees.len());
    let says = "Nobody waits for long".to_owned();
    let (unless, assume) = (Vec::new(), Vec::new());
    protocol.guarantees.push(Guarantee { id, says, promise, unless, assume, rule });
    Machine::from_model(protocol)
}

/// The guarantee with this id.
pub(super) fn guarantee(machine: &Machine, id: &str) -> GuaranteeId {
    let place = machine.protocol.guarantees.iter().position(|it| it.id == id);
    GuaranteeId::at(place.unwrap_or_else(|| panic!("{id}")))
}

/// The first guarantee.
pub(super) const FIRST: GuaranteeId = GuaranteeId(0);
