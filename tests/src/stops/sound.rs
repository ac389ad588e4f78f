//! What must hold of every stop and of every new complaint.

use engine::model::{Covers, StopClock, StopEvent, StopId, StopStage};
use engine::runtime::{
    Case, CaseKey, Context, Event, Fact, FactKind, HeldStop, Refusal, RefusalKind, Report, apply,
    decide, read_report,
};

use super::lives::World;

/// What does not hold, in words.
pub(super) fn broken(world: &mut World<'_>) -> Option<String> {
    let of_stops = world.register.stops().find_map(|(_, held)| of_stop(world, held));
    of_stops.or_else(|| unheard(world))
}

/// A new complaint is taken and screened, with every stop of the protocol in force.
fn unheard(world: &mut World<'_>) -> Option<String> {
    let all: Vec<String> = world.machine.protocol.stops.iter().map(|it| it.name.clone()).collect();
    let mut case = Case::new(world.machine);
    for (event, by) in [("opened", "complainant"), ("screened", "agent")] {
        let report = Report {
            complainant: Some("ann".to_owned()).filter(|_| event == "opened"),
            stops: all.clone(),
            ..Report::new(event, event, world.now, by)
        };
        let event = read_report(world.machine, &report, &mut world.strings).unwrap();
        match decide(world.machine, &case, &event, &Context::new(&world.strings)) {
            Ok(decision) => decision.facts.iter().for_each(|fact| apply(&mut case, fact)),
            Err(none) => return Some(format!("`{}` is refused: {none:?}", report.event)),
        }
    }
    None
}

fn of_stop(world: &World<'_>, held: &HeldStop) -> Option<String> {
    let stop = &world.machine.protocol.stops[held.stream.stop.index()];
    let say = |what: &str| Some(format!("{} {what}", stop.name));
    if people_are_the_same(held) {
        return say("is judged by whoever proposed or decided it");
    }
    if told_of_no_miss(held) {
        return say("missed a review or an answer, and nobody was told");
    }
    if !held.stream.stands() {
        let dates = held.stream.dates();
        return if dates == engine::runtime::StopDates::default() {
            None
        } else {
            say("has dates")
        };
    }
    let on = &world.register[held.stream.on].case;
    if stop.covers == Covers::Case && on.closed {
        return say("outlives its case");
    }
    let Some(imposed) = entered(held, StopStage::Standing) else { return say("never began") };
    let noticed = held.facts.iter().any(|it| {
        it.at == imposed.at
            && it.cause == imposed.cause
            && it.kind == FactKind::LetterDue { letter: stop.notice }
    });
    if !noticed {
        return say("stands without notice");
    }
    if let Some(warning) = stop.warning {
        let letter = FactKind::LetterDue { letter: warning.letter };
        let warned = held.facts.iter().find(|it| it.kind == letter);
        let ready = entered(held, StopStage::Proposed);
        let in_time = warned.zip(ready).is_some_and(|(warned, ready)| {
            ready.cause.is_none() && warned.at < ready.at && ready.at <= imposed.at
        });
        if !in_time {
            return say("stands, and the warning had no time");
        }
    }
    let case = &held.stream.case;
    if case.open(StopClock::Review.id()).is_none() {
        return say("stands and will not be reviewed");
    }
    if case.latest(StopClock::Appeal.id()).is_none_or(|it| it.start.at != imposed.at) {
        return say("stands and nobody may appeal");
    }
    let dates = held.stream.dates();
    if dates.review_on.is_none() || dates.until.is_some() != stop.lasts.is_some() {
        return say("does not say how long it stands, or when it is reviewed");
    }
    None
}

fn entered(held: &HeldStop, stage: StopStage) -> Option<&Fact> {
    let wanted = FactKind::StageEntered { stage: stage.id() };
    held.facts.iter().rev().find(|it| it.kind == wanted)
}

/// Whether one person proposed and decided, or decided and judged.
fn people_are_the_same(held: &HeldStop) -> bool {
    let by = |wanted: StopEvent| {
        held.facts.iter().filter_map(move |it| match it.kind {
            FactKind::Reported { event, person: Some(person), .. } if event == wanted.id() => {
                Some((it.sequence, person))
            }
            _ => None,
        })
    };
    let meet = |first: StopEvent, then: StopEvent| {
        by(then).any(|(later, one)| by(first).any(|(sooner, two)| sooner < later && one == two))
    };
    meet(StopEvent::Proposed, StopEvent::Decided)
        || meet(StopEvent::Decided, StopEvent::Reviewed)
        || meet(StopEvent::Decided, StopEvent::AppealDecided)
}

fn told_of_no_miss(held: &HeldStop) -> bool {
    let missed = held.facts.iter().filter(|it| matches!(it.kind, FactKind::Breached { .. }));
    missed.into_iter().any(|miss| {
        let after = |it: &&Fact| it.at == miss.at && it.sequence > miss.sequence;
        !held.facts.iter().filter(after).any(|it| matches!(it.kind, FactKind::Told { .. }))
    })
}

/// A stop refuses only what it says, only while it stands, and the refusal is kept with the case.
pub(super) fn refused(
    world: &World<'_>,
    key: CaseKey,
    event: &Event,
    refusal: &Refusal,
    fact: Option<Fact>,
) {
    let RefusalKind::Stop(stop, place) = refusal.kind else {
        assert!(fact.is_none());
        return;
    };
    let StopId(_) = stop;
    let row = &world.machine.protocol.stops[stop.index()].refuses[usize::from(place)];
    assert!(row.events.contains(&event.kind) && event.stops.contains(&stop));
    assert!(refusal.sentences(world.machine)[0].contains(&row.says));
    assert_eq!(refusal.rule, row.rule);
    let kept = world.register[key].facts().last();
    assert_eq!(kept, fact.as_ref());
}
