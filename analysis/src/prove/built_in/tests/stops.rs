use std::collections::BTreeSet;

use engine::machine::Machine;
use engine::model::{StopClock, StopEvent, StopId, StopStage};

use crate::Options;
use crate::prove::built_in::stops::looked_at;
use crate::prove::built_in::tests::world::{machine, outcome, said};
use crate::verdict::BuiltIn::StopsAnswerable;
use crate::verdict::Outcome;

pub(super) const ONE_STOP: &str = r#"
[roles.director]
title = "Director"

[events]
called   = { by = ["complainant"] }
answered = { by = ["clerk"] }

[stages.received]
start = true
owner = "clerk"
on    = { answered = { to = "closed" }, called = {} }

[letters]
stop_notice = { title = "Notice", to = "complainant" }

[stops.written_only]
title      = "Only in writing"
covers     = "complainant"
proposed   = { by = ["clerk"] }
decided_by = ["boss"]
notice     = "stop_notice"
lasts      = "6 months"
review     = { every = "3 months", by = "director" }
appeal     = { to = "director", within = "4 weeks", answer = "2 weeks" }

[[stops.written_only.refuses]]
events = ["called"]
unless = 'channel.written'
says   = "Write to us"
"#;

#[test]
fn a_stop_with_review_and_appeal_can_be_answered() {
    assert_eq!(said(&machine(ONE_STOP), StopsAnswerable), "proved");
    let for_ever = ONE_STOP.replace("lasts      = \"6 months\"\n", "");
    assert_eq!(said(&machine(&for_ever), StopsAnswerable), "proved");
}

#[test]
fn a_protocol_without_stops_is_not_asked() {
    let (none, _) = ONE_STOP.split_once("[letters]").unwrap();
    assert_eq!(said(&machine(none), StopsAnswerable), "not asked");
}

#[test]
fn what_is_too_much_to_look_at_is_left_open() {
    let found = outcome(&machine(ONE_STOP), StopsAnswerable, 1);
    assert!(matches!(found, Some(Outcome::Undecided(_))), "{found:?}");
}

fn few(own: &Machine) -> Options {
    Options { situations: 6_000, ..Options::new(own) }
}

/// What is lacking of a stop whose machine was changed: no protocol that is accepted makes one so.
#[track_caller]
fn check(change: impl Fn(&mut engine::model::Protocol), expected: &[StopEvent]) {
    let machine = machine(ONE_STOP);
    let own = machine.stop(StopId::at(0)).unwrap();
    assert!(looked_at(own, &few(own)).lacking.is_empty());
    let mut protocol = machine.stop_protocol(StopId::at(0)).unwrap();
    change(&mut protocol);
    let machine = Machine::from_model(protocol);
    let looked = looked_at(&machine, &few(&machine));
    assert!(looked.stands && !looked.is_cut_off);
    assert_eq!(looked.lacking, expected.iter().copied().collect::<BTreeSet<_>>());
}

#[test]
fn a_stop_that_takes_no_review_is_seen() {
    let standing = StopStage::Standing.id().index();
    check(
        |it| it.stages[standing].on.retain(|it| it.event != StopEvent::Reviewed.id()),
        &[StopEvent::Reviewed],
    );
}

#[test]
fn a_stop_whose_review_is_never_due_is_seen() {
    check(
        |it| {
            it.deadlines[StopClock::Review.id().index()].every = None;
        },
        &[StopEvent::Reviewed],
    );
}

#[test]
fn a_stop_that_takes_no_appeal_is_seen() {
    let standing = StopStage::Standing.id().index();
    check(
        |it| it.stages[standing].on.retain(|it| it.event != StopEvent::Appealed.id()),
        &[StopEvent::Appealed],
    );
}

#[test]
fn an_appeal_that_cannot_be_upheld_is_seen() {
    let standing = StopStage::Standing.id().index();
    check(
        |it| {
            let on = &mut it.stages[standing].on;
            let answer = on.iter_mut().find(|it| it.event == StopEvent::AppealDecided.id());
            answer.unwrap().branches.remove(0);
        },
        &[StopEvent::AppealDecided],
    );
}

#[test]
fn a_renewal_that_opens_no_window_is_seen() {
    check(
        |it| it.deadlines[StopClock::Appeal.id().index()].restarts.clear(),
        &[StopEvent::Appealed],
    );
}
