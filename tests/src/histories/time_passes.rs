//! What holds of time: ticks do not matter, neither does the order of arrival, and time acts when
//! it says that it will.

use engine::machine::Machine;
use engine::runtime::{ReportedAt, ledger, next_due, wake};
use engine::time::Instant;

use super::always::{bytes, check, equal, play};
use super::world::{History, Step, World};
use crate::random::Random;

const HOUR: i64 = 3_600_000;

#[test]
fn ticks_do_not_matter() {
    check(ticks);
}

pub(crate) fn ticks(machine: &Machine, history: &History) -> Result<(), String> {
    let plain = play_accepted(machine, history, None)?;
    for every in [HOUR, 24 * HOUR] {
        let ticked = play_accepted(machine, history, Some(every))?;
        let (plain, ticked) = (bytes(&plain, &plain.facts), bytes(&ticked, &ticked.facts));
        if plain != ticked {
            return Err(format!("a tick every {every} ms gives other facts"));
        }
    }
    Ok(())
}

/// Plays what is accepted, and ticks in between, never past the event that comes next.
fn play_accepted<'m>(
    machine: &'m Machine,
    history: &History,
    every: Option<i64>,
) -> Result<World<'m>, String> {
    let mut world = World::new(machine, &history.absent);
    let mut events = Vec::new();
    for step in &history.steps {
        if let Step::Report(report) = step {
            let event = world.read(report);
            if let Ok(decision) = world.decide(&event) {
                world.apply(&decision);
                events.push((event, decision.facts.last().map_or(Instant::from_ms(0), |it| it.at)));
            }
        }
    }
    let mut world = World::new(machine, &history.absent);
    for step in &history.steps {
        if let Step::Report(report) = step {
            world.read(report);
        }
    }
    for (event, at) in events {
        if let (Some(every), Some(_)) = (every, world.case.opened_at) {
            let mut now = world.case.last_at.ms() + every;
            while now < at.ms() {
                world.wake(Instant::from_ms(now));
                now += every;
            }
        }
        let decision = world.decide(&event).map_err(|why| format!("{why:?}"))?;
        world.apply(&decision);
    }
    Ok(world)
}

#[test]
fn time_acts_next_when_it_says_and_never_before_the_last_fact() {
    check(time_acts);
}

pub(crate) fn time_acts(machine: &Machine, history: &History) -> Result<(), String> {
    let mut world = play(machine, history, |_, _| Ok(()))?;
    for _ in 0..20 {
        let Some(next) = next_due(&world.case) else { return Ok(()) };
        let before = world.case.last_at;
        let decision = wake(machine, &world.case, next, &world.context());
        let decision = decision.map_err(|why| format!("{why:?}"))?;
        if decision.facts.is_empty() {
            return Err(format!("nothing is recorded at {next}"));
        }
        if decision.facts.iter().any(|fact| fact.at < before) {
            return Err(format!("waking at {next} records what was before {before}"));
        }
        let one_earlier = Instant::from_ms(next.ms() - 1);
        let earlier = wake(machine, &world.case, one_earlier, &world.context()).unwrap();
        equal("woken a millisecond early", &earlier.facts, &Vec::new())?;
        world.apply(&decision);
    }
    Ok(())
}

#[test]
fn the_working_of_a_clock_ends_at_its_due_instant() {
    check(|machine, history| {
        let world = play(machine, history, |_, _| Ok(()))?;
        for clock in world.case.clocks.iter().filter(|it| it.is_running()) {
            let (_, due) = ledger(machine, &world.case, clock).map_err(|why| why.to_string())?;
            let worked = due.and_then(|it| it.at);
            equal("the working", &worked, &clock.times.due)?;
        }
        Ok(())
    });
}

#[test]
fn the_order_of_arrival_does_not_matter() {
    check(|machine, history| {
        let mut arrived: Vec<(Instant, usize, Step)> = Vec::new();
        for (number, step) in history.steps.iter().enumerate() {
            if let Step::Report(report) = step
                && let ReportedAt::Instant(at) = report.at
            {
                arrived.push((at, number, step.clone()));
            }
        }
        let opened = |step: &Step| matches!(step, Step::Report(it) if it.event == "opened");
        if !arrived.first().is_some_and(|(_, _, step)| opened(step)) {
            return Ok(());
        }
        arrived.sort_by_key(|(at, number, _)| (*at, *number));
        let sorted = |steps: &[(Instant, usize, Step)]| History {
            absent: history.absent.clone(),
            steps: steps.iter().map(|(_, _, step)| step.clone()).collect(),
        };
        let one = play(machine, &sorted(&arrived), |_, _| Ok(()))?;
        let mut shuffled = arrived.clone();
        let mut random = Random::new(u64::try_from(arrived.len()).unwrap());
        for place in (1..shuffled.len()).rev() {
            shuffled.swap(place, random.below(place + 1));
        }
        shuffled.sort_by_key(|(at, number, _)| (*at, *number));
        let other = play(machine, &sorted(&shuffled), |_, _| Ok(()))?;
        equal("arrived otherwise", &one.case, &other.case)
    });
}
