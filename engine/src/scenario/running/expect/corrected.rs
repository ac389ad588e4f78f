//! What a step expects of corrections, and of the case as it is read in the past.

use crate::machine::Machine;
use crate::model::Point;
use crate::runtime::{self, Context, Fact, FactKind, Journal, News, NoDecision, Reading};
use crate::scenario::running::expect::compare::compare_state;
use crate::scenario::running::expect::lists::differ;
use crate::scenario::running::failure::failure;
use crate::scenario::running::underway::Running;
use crate::scenario::story::ReadAt;
use crate::scenario::words;
use crate::scenario::{Failure, Step};
use crate::text::Spanned;
use crate::time::Instant;

/// Compares what was withdrawn and what was found in this step with what is expected of it. A
/// breach that comes to light and is not expected is a failure.
pub(crate) fn compare(running: &Running<'_>, step: &Step, failures: &mut Vec<Failure>) {
    let points = |of: fn(&News) -> &Vec<Fact>| -> Vec<Point> {
        running.news.iter().flat_map(of).filter_map(point).collect()
    };
    let withdrawn = points(|it| &it.withdrawn);
    let found = points(|it| &it.added);
    let expect = &step.expect;
    let name = |it: &Point| running.machine.protocol.point_name(*it);
    failures.extend(differ(step, "withdrawn", expect.withdrawn.as_ref(), &withdrawn, name));
    let is_breach = |it: &&Point| matches!(it, Point::Breach(_));
    let breaches: Vec<Point> = found.iter().filter(is_breach).copied().collect();
    let none = Spanned::new(Vec::new(), step.span);
    match &expect.discovered {
        None => failures.extend(differ(step, "discovered", Some(&none), &breaches, name)),
        said => failures.extend(differ(step, "discovered", said.as_ref(), &found, name)),
    }
}

/// What a fact says of a duty, a window or a letter.
pub(crate) const fn point(fact: &Fact) -> Option<Point> {
    Some(match fact.kind {
        FactKind::Breached { clock } => Point::Breach(clock.deadline),
        FactKind::Lapsed { clock } => Point::Lapse(clock.deadline),
        FactKind::Met { clock, .. } => Point::Met(clock.deadline),
        FactKind::LetterDue { letter } => Point::Letter(letter),
        _ => return None,
    })
}

/// Compares the case as it was known, and as it truly was, with what is expected of it.
pub(crate) fn compare_past(running: &Running<'_>, step: &Step, failures: &mut Vec<Failure>) {
    let Some(held) = running.register.get(running.key) else { return };
    let context = Context::new(&running.strings);
    let (machine, journal) = (running.machine, held.journal());
    let mut read = |past: &Option<Box<ReadAt>>, words: &str, how: How| {
        let Some(past) = past else { return };
        let at = past.at.value;
        let subject = format!("{words} {}", words::instant(machine, at));
        if at > running.now.max(running.reached) {
            let now = words::instant(machine, running.now);
            let mut failure = *failure(step, "at", format!("an instant up to {now}"), subject);
            failure.span = past.at.span;
            failures.push(failure);
            return;
        }
        match how(machine, &journal, at, &context) {
            Ok(reading) => {
                let found = compared(running, step, past, reading);
                failures.extend(found.into_iter().map(|mut failure| {
                    let of = failure.subject.map_or_else(String::new, |of| format!("{of}, "));
                    failure.subject = Some(format!("{of}{subject}"));
                    failure
                }));
            }
            Err(_) => failures.push(*failure(step, "at", subject, "a fault".to_owned())),
        }
    };
    read(&step.expect.known_at, "as known at", runtime::as_known_at);
    read(&step.expect.true_at, "as true at", runtime::as_true_at);
}

type How = fn(&Machine, &Journal<'_>, Instant, &Context<'_>) -> Result<Reading, NoDecision>;

/// Everything that is expected of a reading; what had happened by then is what stands in it.
fn compared(running: &Running<'_>, step: &Step, past: &ReadAt, reading: Reading) -> Vec<Failure> {
    let Reading { case, mut facts } = reading;
    // A breach of the past is no surprise, nor is a guarantee that was broken.
    let (breached, broken) = (past.expect.breached.is_some(), past.expect.broken.is_some());
    facts.retain(|fact| match fact.kind {
        FactKind::Breached { .. } => breached,
        FactKind::Broken { .. } => broken,
        _ => true,
    });
    let mut then = running.clone();
    then.news.clear();
    then.register.show(then.key, case);
    then.now = past.at.value;
    let step = Step { expect: past.expect.clone(), ..step.clone() };
    let mut failures = Vec::new();
    compare_state(&then, &step, &facts, &mut failures);
    failures
}
