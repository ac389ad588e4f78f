//! A course as a scenario, as a timeline and as rows.

use engine::machine::Machine;
use engine::model::{EventId, Point};

use super::dates::ANSWER;
use super::world::{FIRST, deadline, event, failures, machine, opened, outcome, stage, window};
use crate::confirm::{Effort, Goal, confirm, rows, scenario, search, timeline};
use crate::loading::shipped;
use crate::taken::Taken;
use crate::verdict::Course;

const PROMISED: &str = r#"
[[guarantees]]
id     = "answered-soon"
says   = "Whoever complains hears from us within eight days, \"whatever happens\""
from   = ["opened"]
within = "8 calendar days"
expect = ["answered"]
"#;

fn broken() -> (Machine, Course) {
    let machine = machine(&format!("{ANSWER}{PROMISED}"));
    let path = [opened(&machine), event(&machine, "asked", "clerk"), Taken::Promise(FIRST)];
    let course = confirm(&machine, &path, Goal::Broken(FIRST), window("2025-12-22", "2025-12-24"));
    (machine, course.unwrap())
}

fn text(machine: &Machine, course: &Course) -> String {
    let guarantee = &machine.protocol.guarantees[FIRST.index()];
    scenario(machine, course, &guarantee.id, &guarantee.says)
}

#[test]
fn a_broken_guarantee_becomes_a_scenario_that_fails_for_it_alone() {
    let (machine, course) = broken();
    let text = text(&machine, &course);
    let expected = r#"# A course on which `answered-soon` does not hold.

title = "Not so: Whoever complains hears from us within eight days, \"whatever happens\""

[opened]
at = 2025-12-22T10:00:00
by = "complainant"

[[step]]
at = 2025-12-31T00:00:00
"#;
    assert_eq!(text, expected);
    let (_, found) = outcome(&machine, &text);
    assert_eq!(found, ["step 1, at 2025-12-31T00:00: broken none, was answered-soon"]);
}

#[test]
fn the_scenario_passes_where_the_broken_guarantee_is_expected() {
    let (machine, course) = broken();
    let (mut scenario, _) = outcome(&machine, &text(&machine, &course));
    let last = scenario.steps.last_mut().unwrap();
    last.expect.broken = Some(engine::text::Spanned::new(vec![FIRST], last.span));
    assert_eq!(failures(&machine, &scenario), Vec::<String>::new());
}

#[test]
fn rows_say_who_did_what_and_what_is_due() {
    let (machine, course) = broken();
    let shown: Vec<String> = rows(&machine, &course)
        .into_iter()
        .map(|it| {
            let what = it.event.unwrap_or("time passes".to_owned());
            let by = it.by.map_or_else(String::new, |by| format!(" by {by}"));
            let (follows, due) = (it.follows.join("; "), it.due.join(", "));
            format!("{}  {what}{by}: {follows} | {due}", it.when)
        })
        .collect();
    let expected = [
        "Mon 22 Dec 2025 10:00  opened by complainant: stage open; clock answer started for clerk: \
         due Wed 31 Dec 2025 23:59:59.999 (5 working days) | answered-soon: Tue 30 Dec 2025 \
         23:59:59.999, answer: Wed 31 Dec 2025 23:59:59.999",
        "Tue 30 Dec 2025 23:59:59.999  time passes: GUARANTEE BROKEN: Whoever complains hears from \
         us within eight days, \"whatever happens\"; officer told | answer: Wed 31 Dec 2025 \
         23:59:59.999",
    ];
    assert_eq!(shown, expected);
    assert!(
        timeline(&machine, &course, "Silence")
            .starts_with("Silence\ndesk 1, times of Europe/London\n")
    );
}

/// Whatever the search comes upon is told by a scenario that runs to the same end.
#[test]
fn what_is_found_at_random_is_told_as_it_was() {
    let machine = shipped("uk-housing-code");
    let when = window("2024-04-01", "2026-12-31");
    let goals = [
        Goal::Breached(deadline(&machine, "answer2")),
        Goal::Reached(stage(&machine, "closed")),
        Goal::Reached(Point::Lapse(deadline(&machine, "to_the_ombudsman"))),
        Goal::Reached(Point::Extended(deadline(&machine, "answer2"))),
        Goal::Reached(Point::Event(EventId::OPENED)),
    ];
    for goal in goals {
        for seed in 0..4 {
            let course = search(&machine, goal, when, seed, Effort::of(600));
            let course = course.unwrap_or_else(|| panic!("{goal:?}, seed {seed}"));
            let text = scenario(&machine, &course, "x", "y");
            let (_, found) = outcome(&machine, &text);
            assert_eq!(found, Vec::<String>::new(), "{goal:?}, seed {seed}\n{text}");
            let told = timeline(&machine, &course, "Found");
            let last = rows(&machine, &course).pop().unwrap();
            assert!(told.contains(&last.when), "{told}\n{last:?}");
        }
    }
}
