//! Guarantees that are broken, and how long those take that are kept.

use engine::machine::Machine;
use engine::model::{EventId, Point, Promise};
use engine::time::{NaiveDate, parse_allowance};

use super::dates::ANSWER;
use super::world::{
    FIRST, date, deadline, event, guarantee, machine, opened, promising, shown, stage, window, with,
};
use crate::confirm::{CALLS_MAX, Effort, Goal, confirm, replay, search, worst};
use crate::loading::shipped;
use crate::taken::Taken;
use crate::verdict::{Asked, Course, Outcome};
use crate::{Options, prove};

const OPENED: Point = Point::Event(EventId::OPENED);

/// A machine that promises that the answer comes, or is missed, within a term.
fn answer_within(term: &str) -> Machine {
    let machine = machine(ANSWER);
    let answered = Point::Event(machine.protocol.event("answered").unwrap());
    let breach = Point::Breach(deadline(&machine, "answer"));
    promising(machine, OPENED, term, &[answered, breach])
}

#[track_caller]
fn check(machine: &Machine, course: Option<&Course>, goal: Goal, expected: Option<(&str, u32)>) {
    let found = course.map(|it| {
        let (found, _) = replay(machine, it, goal).unwrap();
        assert_eq!((found.at, found.days), (it.at, it.days));
        (shown(machine, it.at), it.days.unwrap())
    });
    assert_eq!(found.as_ref().map(|(at, days)| (at.as_str(), *days)), expected);
}

/// Five working days are seven days or eight calendar days, but over holidays they are more. Of the dates on which
/// they are, that is shown on which they are most.
#[test]
fn a_promise_in_calendar_days_is_broken_over_holidays_only() {
    let machine = answer_within("8 calendar days");
    let path = [opened(&machine), Taken::Promise(FIRST)];
    let goal = Goal::Broken(FIRST);
    let broken = |from, to| confirm(&machine, &path, goal, window(from, to));
    check(&machine, broken("2026-01-05", "2026-03-22").as_ref(), goal, None);
    let at_easter = broken("2026-01-05", "2026-04-20");
    check(&machine, at_easter.as_ref(), goal, Some(("Sat 4 Apr 2026 23:59:59.999", 8)));
}

/// How many calendar days so many working days take at most, counted by hand.
fn most(machine: &Machine, n_working: usize, from: NaiveDate, to: NaiveDate) -> u32 {
    let calendar = &machine.protocol.calendars[0];
    let long = |on: NaiveDate| {
        let after = on.iter_days().skip(1).filter(|it| calendar.is_working_day(*it));
        let last = { after }.nth(n_working - 1).unwrap();
        u32::try_from(last.signed_duration_since(on).num_days()).unwrap()
    };
    from.iter_days().take_while(|it| *it <= to).map(long).max().unwrap()
}

#[test]
fn the_worst_is_found_on_the_date_where_it_lies() {
    let machine = answer_within("60 calendar days");
    let path = [opened(&machine), Taken::Clock(deadline(&machine, "answer"))];
    let (from, to) = ("2025-01-01", "2026-12-31");
    let longest =
        worst(&machine, [&path[..]], FIRST, window(from, to), (Effort::of(CALLS_MAX), Some(12)));
    assert_eq!(most(&machine, 5, date(from), date(to)), 12);
    let expected = Some(("Tue 5 Jan 2027 23:59:59.999", 12));
    check(&machine, longest.as_ref(), Goal::Latest(FIRST), expected);
}

/// Whatever the term, the date on which it takes longest is among those that are looked at.
#[test]
fn the_worst_of_every_term_is_found() {
    let (from, to) = ("2024-01-01", "2027-12-31");
    for n_working in [1, 2, 3, 4, 7, 10, 13, 20, 30, 40] {
        let text = ANSWER.replace("5 working days", &format!("{n_working} working days"));
        let machine = machine(&text);
        let breach = Point::Breach(deadline(&machine, "answer"));
        let machine = promising(machine, OPENED, "120 calendar days", &[breach]);
        let path = [opened(&machine), Taken::Clock(deadline(&machine, "answer"))];
        let days = most(&machine, n_working, date("2025-01-01"), date(to));
        let longest = worst(
            &machine,
            [&path[..]],
            FIRST,
            window(from, to),
            (Effort::of(CALLS_MAX), Some(days)),
        );
        assert_eq!(longest.unwrap().days, Some(days), "{n_working} working days");
    }
}

/// What the Complaint Handling Code promises in working days, in calendar days.
#[test]
fn the_code_for_housing_takes_so_many_calendar_days_at_most() {
    let machine = shipped("uk-housing-code");
    let id = |name| deadline(&machine, name);
    let first = [
        opened(&machine),
        Taken::Clock(id("acknowledge1")),
        event(&machine, "acknowledged", "officer"),
        event(&machine, "extended", "officer"),
        Taken::Clock(id("answer1")),
    ];
    let mut second = first.to_vec();
    second.extend([
        event(&machine, "answered", "officer"),
        event(&machine, "dissatisfied", "complainant"),
        Taken::Clock(id("acknowledge2")),
        event(&machine, "acknowledged", "stage2_officer"),
        event(&machine, "extended", "stage2_officer"),
        Taken::Clock(id("answer2")),
    ]);
    let (from, to) = ("2025-01-01", "2027-12-31");
    let check = |name: &str, path: &[Taken], n_working: usize| {
        let wanted = guarantee(&machine, name);
        let days = most(&machine, n_working, date(from), date(to));
        let longest =
            worst(&machine, [path], wanted, window(from, to), (Effort::of(CALLS_MAX), Some(days)))
                .unwrap();
        let (found, _) = replay(&machine, &longest, Goal::Latest(wanted)).unwrap();
        assert_eq!((found.days, longest.days), (Some(days), Some(days)), "{name}");
    };
    check("acknowledged-in-five-days", &first[..2], 5);
    check("stage-1-in-25-days", &first, 25);
    check("stage-2-in-45-days", &second, 45);
}

#[test]
fn pauses_count_for_the_worst() {
    let machine = answer_within("90 calendar days");
    let answer = deadline(&machine, "answer");
    let path = [
        opened(&machine),
        event(&machine, "asked", "clerk"),
        Taken::Resumes(answer),
        Taken::Clock(answer),
    ];
    let (from, to) = ("2025-01-01", "2026-12-31");
    let longest = worst(
        &machine,
        [&path[..], &path[..2]],
        FIRST,
        window(from, to),
        (Effort::of(CALLS_MAX), Some(26)),
    );
    assert_eq!(most(&machine, 15, date(from), date(to)), 26);
    let expected = Some(("Tue 13 May 2025 23:59:59.999", 26));
    check(&machine, longest.as_ref(), Goal::Latest(FIRST), expected);
}

#[test]
fn what_is_assumed_to_be_met_is_not_missed() {
    let machine = answer_within("8 calendar days");
    let mut protocol = machine.protocol;
    let answered = Point::Event(protocol.event("answered").unwrap());
    protocol.guarantees[0].promise = Promise::Within {
        from: vec![OPENED],
        within: parse_allowance("30 calendar days").unwrap(),
        expect: vec![answered],
    };
    let alone = Machine::from_model(protocol);
    let path = [opened(&alone), Taken::Promise(FIRST)];
    let (goal, when) = (Goal::Broken(FIRST), window("2026-01-05", "2026-03-01"));
    let course = confirm(&alone, &path, goal, when);
    check(&alone, course.as_ref(), goal, Some(("Wed 4 Feb 2026 23:59:59.999", 30)));
    let mut protocol = alone.protocol;
    protocol.guarantees[0].assume = vec![engine::model::DeadlineId(0)];
    let assuming = Machine::from_model(protocol);
    check(&assuming, confirm(&assuming, &path, goal, when).as_ref(), goal, None);
    assert!(replay(&assuming, &course.unwrap(), goal).is_none());
    check(&assuming, search(&assuming, goal, when, 1, Effort::of(200)).as_ref(), goal, None);
}

#[test]
fn a_promise_of_order_is_broken_by_an_event() {
    let machine = machine(ANSWER);
    let asked = Point::Event(machine.protocol.event("asked").unwrap());
    let done = stage(&machine, "done");
    let machine = with(machine, Promise::Before { never: vec![done], before: vec![asked] });
    let path = [opened(&machine), event(&machine, "answered", "clerk")];
    let (goal, when) = (Goal::Broken(FIRST), window("2026-01-05", "2026-01-05"));
    let course = confirm(&machine, &path, goal, when).unwrap();
    assert_eq!(
        (shown(&machine, course.at), course.days),
        ("Tue 6 Jan 2026 10:00".to_owned(), None)
    );
    assert_eq!(course.until, course.at);
}

/// The same without a path.
#[test]
fn a_search_finds_what_is_broken_and_the_same_again() {
    let machine = answer_within("8 calendar days");
    let goal = Goal::Broken(FIRST);
    let when = window("2025-12-01", "2026-05-01");
    let found = search(&machine, goal, when, 7, Effort::of(400));
    let again = search(&machine, goal, when, 7, Effort::of(400));
    let events = |it: &Course| it.events.clone();
    assert_eq!(found.as_ref().map(events), again.as_ref().map(events));
    check(&machine, found.as_ref(), goal, Some(("Thu 25 Dec 2025 23:59:59.999", 8)));
    let longest = search(&machine, Goal::Latest(FIRST), when, 7, Effort::of(400));
    assert_eq!(longest.unwrap().days, Some(8));
    assert!(
        search(&machine, Goal::Taken, window("2020-01-01", "2020-01-02"), 7, Effort::of(10))
            .is_none()
    );
}

/// A clock of eleven weeks that ends on a holiday ends some days later, and is put off by four weeks from there:
/// fifteen weeks are over by then, as on no date on which nothing is closed.
#[test]
fn a_clock_that_outlasts_a_promise_on_few_dates_is_found() {
    let machine = shipped("nl-awb");
    let mut protocol = machine.protocol;
    let answer = protocol.deadlines.iter_mut().find(|it| it.name == "answer").unwrap();
    let long = &mut answer.alternatives[0].allowance;
    assert_eq!(*long, parse_allowance("10 weeks").unwrap());
    *long = parse_allowance("11 weeks").unwrap();
    let machine = Machine::from_model(protocol);
    let id = guarantee(&machine, "decided-in-fifteen-weeks");
    let verdict = prove(&machine, Asked::Own(id), &Options::new(&machine));
    let Outcome::Refuted(course) = verdict.outcome else { panic!("{:?}", verdict.outcome) };
    let (found, _) = replay(&machine, &course, Goal::Broken(id)).unwrap();
    assert_eq!(found.at, course.at);
}
