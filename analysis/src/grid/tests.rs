use engine::machine::Machine;
use engine::model::{DeadlineId, Guarantee, GuaranteeId, Point, Promise, StageId};
use engine::runtime::{Case, Context, FactKind, apply, decide, wake};
use engine::time::{NaiveDate, NaiveTime, parse_allowance};

use super::{Extent, Goal, Options, explore};
use crate::Course;
use crate::loading::of_text;

const HEAD: &str = r#"
[protocol]
id          = "small"
title       = "Small"
version     = "1"
language    = "en"
zone        = "Europe/London"
calendar    = "office"
effective   = { from = 2020-01-01 }
accountable = "clerk"
source      = "house rules"

[calendars.office]
hours  = { mon-fri = ["09:00-17:00"] }
closed = [{ on = "25 december", name = "Christmas Day" }, { on = "28 december", name = "Boxing Day" }]

[time]
first_day             = "next"
ends                  = "midnight"
roll                  = "none"
receipt_outside_hours = "as_is"
backdate              = "1 working day"

[roles]
clerk = { title = "Clerk" }

[channels]
post = { title = "Letter", written = true }

[events]
answered = { by = ["clerk"] }
asked    = { by = ["clerk"] }
replied  = { by = ["complainant"] }
prolonged = { by = ["clerk"] }

[stages.open]
start = true
owner = "clerk"

[stages.open.on.answered]
to = "closed"

[stages.closed]
end = true

[deadlines.answer]
who    = "clerk"
starts = "opened"
within = "5 working days"
met_by = ["answered"]
breach = { tells = ["clerk"] }
"#;

const PAUSE: &str = r#"
[stages.open.on.asked]
to = "waiting"

[stages.waiting]
pauses = { answer = "2 working days" }

[stages.waiting.on.replied]
to = "open"
"#;

const LONGER: &str = r#"
[[deadlines.answer.extend]]
on    = "prolonged"
add   = "3 calendar days"
times = 2
"#;

fn machine(parts: &[&str]) -> Machine {
    of_text(parts.concat())
}

/// The same with a promise about an answer within a term.
fn promising(machine: Machine, within: &str, expect: Vec<Point>) -> Machine {
    let mut protocol = machine.protocol;
    let from = vec![Point::Event(engine::model::EventId::OPENED)];
    let within = parse_allowance(within).unwrap();
    let promise = Promise::Within { from, within, expect };
    let rule = protocol.deadlines[0].rule;
    let (id, says) = ("answered".to_owned(), "An answer comes".to_owned());
    let (unless, assume) = (Vec::new(), Vec::new());
    protocol.guarantees.push(Guarantee { id, says, promise, unless, assume, rule });
    Machine::from_model(protocol)
}

fn options(opened_on: (i32, u32, u32)) -> Options {
    let (year, month, day) = opened_on;
    Options {
        opened_on: NaiveDate::from_ymd_opt(year, month, day).unwrap(),
        days: 40,
        times: vec![NaiveTime::from_hms_opt(10, 0, 0).unwrap()],
        assume: Vec::new(),
        situations_max: 50_000,
    }
}

/// What a course leads to when the engine goes through it: when it is met or
/// breached.
fn replayed(machine: &Machine, course: &Course) -> Vec<engine::time::Instant> {
    let context = Context::new(&course.strings);
    let mut case = Case::new(machine);
    let mut seen = Vec::new();
    let mut go = |case: &mut Case, facts: &[engine::runtime::Fact]| {
        for fact in facts {
            apply(case, fact);
            let ends = matches!(fact.kind, FactKind::Breached { .. } | FactKind::Met { .. });
            seen.extend(ends.then_some(fact.at));
        }
    };
    for event in &course.events {
        let decision = decide(machine, &case, event, &context).unwrap();
        go(&mut case, &decision.facts);
    }
    let decision = wake(machine, &case, course.until, &context).unwrap();
    go(&mut case, &decision.facts);
    seen
}

/// Checks how many days a breach of the deadline comes after its start at most, that it ends
/// then in the engine, and whether everything was looked at.
#[track_caller]
fn check(parts: &[&str], opened_on: (i32, u32, u32), most_days: u32) {
    let machine = machine(parts);
    let found = explore(&machine, &[Goal::Met(DeadlineId::at(0))], &options(opened_on));
    let goal = &found.goals[0];
    assert_eq!(goal.most_days(), Some(most_days));
    assert_ne!(found.extent, Extent::Budget);
    for course in [goal.worst.as_ref(), goal.broken.as_ref()].into_iter().flatten() {
        assert_eq!(replayed(&machine, course), [course.at]);
        assert!(course.days <= Some(most_days));
    }
}

#[test]
fn a_deadline_of_working_days_is_as_long_as_its_calendar_makes_it() {
    // Monday 5 January 2026: the Monday after.
    check(&[HEAD], (2026, 1, 5), 7);
    // Monday 21 December 2026: Christmas Day and Boxing Day lie in between.
    check(&[HEAD], (2026, 12, 21), 9);
}

#[test]
fn a_pause_makes_it_longer_by_its_limit_and_no_more() {
    // From Monday 5 January, paused on Friday 9 for two working days.
    check(&[HEAD, PAUSE], (2026, 1, 5), 9);
}

#[test]
fn every_extension_that_there_may_be_is_made() {
    check(&[HEAD, LONGER], (2026, 1, 5), 13);
    // The calendar days that are added stand still over a weekend that takes nothing of the limit.
    check(&[HEAD, PAUSE, LONGER], (2026, 1, 5), 17);
}

#[test]
fn a_deadline_that_time_meets_is_never_broken() {
    let text = HEAD.replace(
        "owner = \"clerk\"",
        "owner = \"clerk\"\nafter = { \"4 working days\" = { to = \"closed\" } }",
    );
    let text = text.replace("[\"answered\"]", "[\"stage:closed\"]");
    let machine = machine(&[&text]);
    let found = explore(&machine, &[Goal::Met(DeadlineId::at(0))], &options((2026, 1, 5)));
    assert_eq!((found.goals[0].broken.is_none(), found.extent), (true, Extent::Whole));
    assert_eq!(found.goals[0].most_days(), Some(4));
}

#[test]
fn where_there_is_too_much_it_says_so() {
    let machine = machine(&[HEAD, PAUSE]);
    let few = Options { situations_max: 10, ..options((2026, 1, 5)) };
    assert_eq!(explore(&machine, &[], &few).extent, Extent::Budget);
    let short = Options { days: 3, ..options((2026, 1, 5)) };
    assert_eq!(explore(&machine, &[], &short).extent, Extent::Days);
    let found = explore(&machine, &[], &Options { times: Vec::new(), ..options((2026, 1, 5)) });
    assert_eq!((found.extent, found.situations), (Extent::Whole, 1));
}

/// Checks a guarantee of an answer, or of a breach of the deadline, within a term: whether it can
/// be broken, and how long it takes at most.
#[track_caller]
fn check_promise(parts: &[&str], within: &str, is_broken: bool, most_days: u32) {
    let ends = vec![Point::Stage(StageId::at(1)), Point::Breach(DeadlineId::at(0))];
    let machine = promising(machine(parts), within, ends);
    let goals = [Goal::Holds(GuaranteeId::at(0))];
    let found = explore(&machine, &goals, &options((2026, 12, 21)));
    let goal = &found.goals[0];
    assert_eq!((goal.broken.is_some(), goal.most_days()), (is_broken, Some(most_days)));
    if let Some(course) = &goal.broken {
        assert_eq!(course.at, *broken(&machine, course).first().unwrap());
    }
}

/// When the guarantee is broken as the engine goes through a course.
fn broken(machine: &Machine, course: &Course) -> Vec<engine::time::Instant> {
    let context = Context::new(&course.strings);
    let mut case = Case::new(machine);
    let mut seen = Vec::new();
    for event in &course.events {
        let decision = decide(machine, &case, event, &context).unwrap();
        decision.facts.iter().for_each(|fact| apply(&mut case, fact));
    }
    for fact in wake(machine, &case, course.until, &context).unwrap().facts {
        seen.extend(matches!(fact.kind, FactKind::Broken { .. }).then_some(fact.at));
    }
    seen
}

#[test]
fn a_guarantee_ends_after_the_deadline_of_the_same_instant() {
    check_promise(&[HEAD], "5 working days", false, 9);
    check_promise(&[HEAD], "9 calendar days", false, 9);
    check_promise(&[HEAD], "8 calendar days", true, 8);
    check_promise(&[HEAD, PAUSE], "5 working days", true, 9);
    check_promise(&[HEAD, PAUSE], "7 working days", false, 11);
}
