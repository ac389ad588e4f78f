//! A course as a scenario.

use engine::machine::Machine;
use engine::model::{Asked, Point};
use engine::runtime::{CaseKey, Fact, FactKind, ReportedAt};
use engine::scenario::{
    ClockName, Expect, Movement, Outcome, Remembered, Scenario, Step, run, write,
};
use engine::script::Value;
use engine::text::{FileId, Span, Spanned};
use engine::time::Instant;

use crate::confirm::replay::decided;
use crate::confirm::telling::act::act;
use crate::verdict::Course;

const DAY_MS: i64 = 24 * 3_600_000;

/// At most so many earlier cases are told of.
const HISTORY_MAX: usize = 100;

/// A course was written nowhere.
const NOWHERE: Span = Span::whole(FileId(0));

/// The course as the text of a scenario. It runs as the course did, and fails where something is
/// broken that should not be: what is missed on the way is expected, what is broken is not.
#[must_use]
pub fn scenario(machine: &Machine, course: &Course, name: &str, says: &str) -> String {
    let (scenario, _) = story(machine, course, &format!("Not so: {}", one_line(says)));
    let name = one_line(name);
    format!("# A course on which `{name}` does not hold.\n\n{}", write(machine, &scenario))
}

/// The course on which a guarantee that holds takes longest, as the text of a scenario.
#[must_use]
pub fn longest(machine: &Machine, course: &Course, name: &str, says: &str) -> String {
    let (scenario, _) = story(machine, course, &format!("As long as can be: {}", one_line(says)));
    let name = one_line(name);
    format!("# The course on which `{name}` takes longest.\n\n{}", write(machine, &scenario))
}

/// The course as the timeline of a scenario.
#[must_use]
pub fn timeline(machine: &Machine, course: &Course, title: &str) -> String {
    let (scenario, outcome) = story(machine, course, title);
    engine::scenario::timeline(machine, &scenario, &outcome)
}

fn one_line(text: &str) -> String {
    text.replace(|it: char| it.is_control(), " ")
}

/// The scenario of a course, which expects what is missed, and what it comes to.
pub(super) fn story(machine: &Machine, course: &Course, title: &str) -> (Scenario, Outcome) {
    let mut scenario = Scenario::of_one_case(title, steps(machine, course));
    scenario.history = history(machine, course);
    let outcome = run(machine, &scenario);
    for (step, came) in scenario.steps.iter_mut().zip(&outcome.steps) {
        let missed = came.facts.iter().filter_map(|it| missed(machine, &outcome, it));
        let missed: Vec<ClockName> = missed.collect();
        step.expect.breached = (!missed.is_empty()).then(|| Spanned::new(missed, NOWHERE));
    }
    let outcome = run(machine, &scenario);
    (scenario, outcome)
}

/// As many earlier cases as the course knows of. Of those that are counted by what they hold, or
/// by their entries, a scenario does not tell.
fn history(machine: &Machine, course: &Course) -> Vec<Remembered> {
    let Some(opening) = course.events.first() else { return Vec::new() };
    let asked = machine.protocol.history.questions.iter().zip(&opening.history);
    let cases = asked.filter(|(question, _)| question.asked == Asked::Cases);
    let counts = cases.filter_map(|(_, answer)| match answer {
        Value::Number(number) => usize::try_from(*number).ok(),
        _ => None,
    });
    let opened = opening.at.minus_ms(DAY_MS).unwrap_or(opening.at);
    let n_cases = counts.max().unwrap_or(0).min(HISTORY_MAX);
    vec![Remembered { opened, fields: Vec::new() }; n_cases]
}

fn missed(machine: &Machine, outcome: &Outcome, fact: &Fact) -> Option<ClockName> {
    let FactKind::Breached { clock } = fact.kind else { return None };
    let case = &outcome.register.get(CaseKey::FIRST)?.case;
    let entry = engine::runtime::entry_of(machine, case, clock);
    let entry = entry.map(|it| outcome.strings.get(it).to_owned());
    Some(ClockName { deadline: clock.deadline, entry })
}

/// Its steps: an event each, and before it each instant at which time does something that has a
/// name.
fn steps(machine: &Machine, course: &Course) -> Vec<Step> {
    let facts = decided(machine, course).unwrap_or_default();
    let mut points: Vec<(Instant, Point)> = Vec::new();
    for fact in facts.iter().filter(|it| it.cause.is_none()) {
        if let Some(point) = point(fact)
            && points.last().is_none_or(|(at, _)| *at != fact.at)
        {
            points.push((fact.at, point));
        }
    }
    let mut points = points.into_iter().peekable();
    let mut steps = Vec::new();
    for event in &course.events {
        while let Some((_, point)) = points.next_if(|(at, _)| *at < event.at) {
            steps.push(step(machine, steps.len(), Movement::Until(point)));
        }
        let id = match steps.len() {
            0 => "opened".to_owned(),
            number => format!("step-{number}"),
        };
        let at = Movement::At(ReportedAt::Instant(event.at));
        let mut step = step(machine, steps.len(), at);
        step.acts = vec![act(machine, &course.strings, event, &id)];
        steps.push(step);
    }
    let mut is_there = course.events.last().is_some_and(|it| it.at >= course.until);
    for (at, point) in points {
        is_there = at.plus_ms(1) == Some(course.until);
        steps.push(step(machine, steps.len(), Movement::Until(point)));
    }
    if !is_there {
        let at = Movement::At(ReportedAt::Instant(course.until));
        steps.push(step(machine, steps.len(), at));
    }
    steps
}

fn step(machine: &Machine, number: usize, movement: Movement) -> Step {
    let what = match movement {
        Movement::Until(point) => format!("until {}", machine.protocol.point_name(point)),
        _ => "time passes".to_owned(),
    };
    Step {
        number: u32::try_from(number).unwrap_or(u32::MAX),
        what,
        span: NOWHERE,
        case: CaseKey::FIRST,
        away: None,
        movement,
        acts: Vec::new(),
        expect: Expect::default(),
    }
}

/// The point for which a scenario can wait.
const fn point(fact: &Fact) -> Option<Point> {
    match fact.kind {
        FactKind::Breached { clock } => Some(Point::Breach(clock.deadline)),
        FactKind::Lapsed { clock } => Some(Point::Lapse(clock.deadline)),
        FactKind::StageEntered { stage } => Some(Point::Stage(stage)),
        FactKind::Escalated { rung } => Some(Point::Rung(rung)),
        _ => None,
    }
}
