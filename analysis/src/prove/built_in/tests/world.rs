//! A small protocol to which each test adds what it is about.

use engine::machine::Machine;

use crate::loading::of_text;
use crate::verdict::{BuiltIn, Outcome};
use crate::{Asked, Options, asked, confirm, prove};

const BASE: &str = r#"
[protocol]
id          = "desk"
title       = "Desk"
version     = "1"
language    = "en"
zone        = "Europe/London"
calendar    = "office"
effective   = { from = 2025-01-01, to = 2025-12-31 }
accountable = "boss"
source      = "house rules"

[calendars.office]
hours = { mon-fri = ["09:00-17:00"] }

[time]
first_day             = "next"
ends                  = "midnight"
roll                  = "none"
receipt_outside_hours = "as_is"
backdate              = "1 working day"

[roles]
clerk = { title = "Clerk" }
boss  = { title = "Boss" }

[channels]
phone = { title = "Telephone" }
post  = { title = "Letter", written = true }

[stages.closed]
end = true
"#;

/// A protocol.
#[track_caller]
pub(super) fn machine(more: &str) -> Machine {
    machine_with(&[], more)
}

/// A protocol in which something reads otherwise.
#[track_caller]
pub(super) fn machine_with(instead: &[(&str, &str)], more: &str) -> Machine {
    let mut text = BASE.to_owned() + more;
    for (before, after) in instead {
        assert!(text.contains(before), "{before}");
        text = text.replace(before, after);
    }
    of_text(text)
}

/// What is said of one of those that every protocol is asked.
pub(super) fn outcome(machine: &Machine, built_in: BuiltIn, situations: usize) -> Option<Outcome> {
    let options = Options { situations, ..Options::new(machine) };
    let asked = asked(machine).into_iter().find(|it| *it == Asked::BuiltIn(built_in))?;
    Some(prove(machine, asked, &options).outcome)
}

/// The same in a few words. A course is gone through once more, from nothing.
#[track_caller]
pub(super) fn said(machine: &Machine, built_in: BuiltIn) -> String {
    match outcome(machine, built_in, 6_000) {
        None => "not asked".to_owned(),
        Some(Outcome::Proved(it)) if it.vacuous => "proved vacuously".to_owned(),
        Some(Outcome::Proved(_)) => "proved".to_owned(),
        Some(Outcome::Refuted(course)) => {
            let again = confirm::replay(machine, &course, confirm::Goal::Taken);
            assert!(again.is_some(), "the engine does not go through {course:?}");
            format!("refuted by {} events", course.events.len())
        }
        Some(Outcome::Impossible(it)) => format!("impossible: {it:?}"),
        Some(Outcome::Undecided(it)) => format!("undecided: {:?}", it.because),
    }
}
