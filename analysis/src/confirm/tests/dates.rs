//! Paths whose dates are known.

use engine::model::{ChannelId, DeadlineId, EventId, GuaranteeId, IntakeId, Party, RoleId};
use engine::time::NaiveDate;

use super::world::{deadline, event, machine, opened, outcome, shown, stage, window};
use crate::confirm::{Goal, Window, confirm, replay, rows, scenario, timeline};
use crate::loading::shipped;
use crate::taken::{Reported, Taken};

pub(super) const ANSWER: &str = r#"
[events]
answered = { by = ["clerk"] }
asked    = { by = ["clerk"] }
given    = { by = ["complainant"] }

[stages.open]
start = true
on.answered = { to = "done" }
on.asked    = { to = "waiting" }

[stages.waiting]
pauses.answer = "10 working days"
on.given = { to = "open" }

[stages.done]
end = true

[deadlines.answer]
who    = "clerk"
starts = "opened"
within = "5 working days"
met_by = ["answered"]
"#;

/// Whether a deadline is missed on a path, and when at the latest within some dates of opening.
#[track_caller]
fn check(rest: &str, path: &[&str], from_to: (&str, &str), expected: Option<(&str, &str)>) {
    let machine = machine(rest);
    let answer = deadline(&machine, "answer");
    let step = |it: &&str| match *it {
        "opened" => opened(&machine),
        "breach" => Taken::Clock(answer),
        "resumes" => Taken::Resumes(answer),
        "after" => Taken::Timer(0),
        name if name == "given" => event(&machine, name, "complainant"),
        name => event(&machine, name, "clerk"),
    };
    let path: Vec<Taken> = path.iter().map(step).collect();
    let goal = Goal::Breached(answer);
    let found = confirm(&machine, &path, goal, window(from_to.0, from_to.1));
    let dates = found.as_ref().map(|it| {
        assert!(replay(&machine, it, goal).is_some());
        (shown(&machine, it.events[0].at), shown(&machine, it.at))
    });
    let dates = dates.as_ref().map(|(opened, at)| (opened.as_str(), at.as_str()));
    assert_eq!(dates, expected);
}

#[test]
fn five_working_days_over_christmas_end_after_new_year() {
    check(
        ANSWER,
        &["opened", "breach"],
        ("2025-12-23", "2025-12-23"),
        Some(("Tue 23 Dec 2025 10:00", "Fri 2 Jan 2026 23:59:59.999")),
    );
}

#[test]
fn a_plain_monday_comes_first() {
    check(
        ANSWER,
        &["opened", "breach"],
        ("2025-12-20", "2026-12-31"),
        Some(("Mon 5 Jan 2026 10:00", "Mon 12 Jan 2026 23:59:59.999")),
    );
}

#[test]
fn what_cannot_be_is_not_found() {
    check(ANSWER, &["opened", "answered", "breach"], ("2026-01-01", "2026-02-01"), None);
    check(ANSWER, &["opened", "given", "breach"], ("2026-01-01", "2026-02-01"), None);
    check(ANSWER, &["opened", "breach"], ("2020-01-01", "2020-02-01"), None);
    check(ANSWER, &["opened", "breach"], ("2026-02-01", "2026-01-01"), None);
}

#[test]
fn a_clock_that_stands_still_goes_on_after_its_limit() {
    let machine = machine(ANSWER);
    let answer = deadline(&machine, "answer");
    let path = [
        opened(&machine),
        event(&machine, "asked", "clerk"),
        Taken::Resumes(answer),
        Taken::Clock(answer),
    ];
    let when = window("2026-06-01", "2026-06-01");
    let course = confirm(&machine, &path, Goal::Breached(answer), when).unwrap();
    let dates: Vec<String> = rows(&machine, &course).into_iter().map(|it| it.when).collect();
    // Asked on the fifth day; ten working days later that day is over at once.
    let expected = ["Mon 1 Jun 2026 10:00", "Mon 8 Jun 2026 10:00", "Mon 22 Jun 2026 23:59:59.999"];
    assert_eq!(dates, expected);
}

#[test]
fn events_keep_their_place_between_what_time_does() {
    let rest = r#"
[events]
answered = { by = ["clerk"] }
extended = { by = ["clerk"], carries = ["new_date"] }

[fields]
new_date = { type = "date" }

[stages.open]
start = true
on.answered = { to = "done" }

[stages.done]
end = true

[deadlines.answer]
who    = "clerk"
starts = "opened"
within = "5 working days"
met_by = ["answered"]

[[deadlines.answer.extend]]
on    = "extended"
until = "new_date"
up_to = "3 working days"
times = 1
"#;
    check(
        rest,
        &["opened", "extended", "breach"],
        ("2026-06-01", "2026-06-01"),
        Some(("Mon 1 Jun 2026 10:00", "Thu 11 Jun 2026 23:59:59.999")),
    );
}

#[test]
fn the_code_for_housing_on_real_dates() {
    let machine = shipped("uk-housing-code");
    let id = |name| deadline(&machine, name);
    let path = [
        opened(&machine),
        event(&machine, "acknowledged", "officer"),
        event(&machine, "extended", "officer"),
        Taken::Clock(id("answer1")),
        event(&machine, "answered", "officer"),
        event(&machine, "dissatisfied", "complainant"),
        Taken::Clock(id("acknowledge2")),
        Taken::Clock(id("answer2")),
    ];
    let goal = Goal::Breached(id("answer2"));
    let course = confirm(&machine, &path, goal, window("2026-01-01", "2026-12-31")).unwrap();
    let (found, facts) = replay(&machine, &course, goal).unwrap();
    assert_eq!((found.at, facts.is_empty()), (course.at, false));
    assert_eq!(
        shown(&machine, course.at),
        "Thu 19 Mar 2026 23:59:59.999",
        "{}",
        timeline(&machine, &course, "Silence twice")
    );
    let text = scenario(&machine, &course, "answered", "All is \n answered");
    assert_eq!(outcome(&machine, &text).1, Vec::<String>::new());
    let closed = Goal::Reached(stage(&machine, "closed"));
    assert!(confirm(&machine, &path, closed, window("2026-01-01", "2026-12-31")).is_none());
}

/// What names nothing of the protocol leads nowhere, and breaks nothing.
#[test]
fn a_path_of_another_protocol_is_not_possible() {
    let machine = machine(ANSWER);
    let when = window("2026-01-01", "2026-01-10");
    let goals = [
        Goal::Taken,
        Goal::Breached(DeadlineId(99)),
        Goal::Broken(GuaranteeId(99)),
        Goal::Latest(GuaranteeId(99)),
    ];
    let unknown = |change: &dyn Fn(&mut Reported)| {
        let Taken::Event(mut said) = opened(&machine) else { unreachable!() };
        change(&mut said);
        Taken::Event(said)
    };
    let said = [
        unknown(&|it| it.event = EventId(99)),
        unknown(&|it| it.by = Party::Role(RoleId(99))),
        unknown(&|it| it.channel = Some(ChannelId(99))),
        unknown(&|it| it.intake = Some(IntakeId(99))),
    ];
    let acts = [
        Taken::Clock(DeadlineId(99)),
        Taken::Resumes(DeadlineId(99)),
        Taken::Timer(99),
        Taken::Promise(GuaranteeId(99)),
    ];
    for goal in goals {
        assert!(confirm(&machine, &[], goal, when).is_none());
        for step in &said {
            assert!(confirm(&machine, std::slice::from_ref(step), goal, when).is_none());
        }
        for step in said.iter().chain(&acts) {
            let path = [opened(&machine), step.clone()];
            assert!(confirm(&machine, &path, goal, when).is_none(), "{goal:?} {step:?}");
        }
    }
    let far = Window { from: NaiveDate::MIN, to: NaiveDate::MAX };
    let far_off = Window { from: NaiveDate::MAX, to: NaiveDate::MAX };
    let path = [opened(&machine)];
    assert!(confirm(&machine, &path, Goal::Taken, far).is_some());
    assert!(confirm(&machine, &path, Goal::Taken, far_off).is_none());
}
