//! Time acts: at its instant, whoever is up, and with the same record.

use std::collections::BTreeMap;
use std::time::Duration;

use engine::runtime::{Kept, Report};
use engine::time::Instant;

use super::world::{HOUR_MS, World, given, happened, hours, options, text};
use crate::cases::{Hash, StreamId};
use crate::keeper::{Options, Order, Reading};

/// Numbers that look random and are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// How somebody looks at the clock.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Up {
    /// The timers are up and look every few hours.
    Always,
    /// The timers come too late for everything.
    Never,
    /// The process ends and begins again between all orders.
    Restarted,
}

type Record = BTreeMap<StreamId, Vec<(u32, Vec<u8>, Hash)>>;

/// Some orders, at the same instants however anybody looks; what was answered, and the record.
fn lived(seed: u64, up: Up) -> (Vec<String>, Record) {
    let name = format!("lived-{seed}-{}", up as u8);
    let look_every =
        if up == Up::Never { Duration::from_secs(3_600) } else { options().look_every };
    let mut world = World::with(&name, Options { look_every, ..options() });
    let mut random = Random(seed);
    let (mut answers, mut cases, mut now) = (Vec::new(), Vec::new(), 0i64);
    for n in 0..24 {
        let ahead = i64::try_from(random.below(24 * 20)).unwrap();
        if up == Up::Always {
            for between in (0..ahead).step_by(5) {
                world.wait_until(hours(now + between));
            }
        }
        now += ahead;
        world.clock.set(hours(now));
        if up == Up::Restarted {
            world = world.again();
        }
        let id = format!("e{n}");
        let order = match random.below(7) {
            _ if cases.is_empty() => world.opening(&id, Some("ann")),
            0 => world.opening(&id, Some("ann")),
            1 => world.opening(&id, None),
            kind => {
                let case = cases[usize::try_from(random.below(cases.len() as u64)).unwrap()];
                told(&world, case, &id, kind, &mut random, hours(now))
            }
        };
        let reply = world.ask(order).unwrap();
        answers.push(format!("{} {}", reply.status, text(&reply)));
        cases.extend(reply.case.filter(|_| reply.status == 201).map(|(case, _)| case));
    }
    world.wait_until(hours(now + 24 * 400));
    (answers, world.record())
}

fn told(
    world: &World,
    case: StreamId,
    id: &str,
    kind: u64,
    random: &mut Random,
    now: Instant,
) -> Order {
    let report = |event: &str, by: &str| Report {
        reason: Some("because".to_owned()),
        ..Report::new(id, event, now, by)
    };
    let order = match kind {
        2 => world.report(case, report("acknowledged", "agent:amy")),
        3 => {
            let data = vec![given("outcome", "not_upheld")];
            world.report(case, Report { data, ..report("answered", "agent:amy") })
        }
        4 => world.report(case, report("asked", "complainant")),
        5 => {
            let stop =
                Some(["written_only", "no_calls"][usize::from(random.below(2) == 0)].to_owned());
            world.report(case, Report { stop, ..report("stop_proposed", "agent:amy") })
        }
        _ => {
            let stop =
                Some(["written_only", "no_calls"][usize::from(random.below(2) == 0)].to_owned());
            world.report(case, Report { stop, ..report("stop_decided", "manager:max") })
        }
    };
    match random.below(3) {
        0 => happened(order, now.plus_ms(-HOUR_MS * 30).unwrap()),
        _ => order,
    }
}

/// Streams by the order of their ids, without the ids themselves: a restart begins a new count.
fn bodies(record: Record) -> Vec<Vec<(u32, Vec<u8>)>> {
    let plain = |all: Vec<(u32, Vec<u8>, Hash)>| {
        all.into_iter().map(|(version, body, _)| (version, body)).collect()
    };
    record.into_values().map(plain).collect()
}

#[test]
fn the_record_is_the_same_whether_the_keeper_was_up_or_slept() {
    let (mut n, mut stops) = (0, 0);
    for seed in 0..6 {
        let always = lived(seed, Up::Always);
        let never = lived(seed, Up::Never);
        assert_eq!(always.0, never.0, "seed {seed}");
        assert_eq!(always.1, never.1, "seed {seed}");
        let restarted = lived(seed, Up::Restarted);
        assert_eq!(always.0, restarted.0, "seed {seed}");
        n += always.1.values().map(Vec::len).sum::<usize>();
        stops += always.0.iter().filter(|it| it.contains("written_only")).count();
        assert_eq!(bodies(always.1), bodies(restarted.1), "seed {seed}");
    }
    assert!(n > 200 && stops > 0, "{n} decisions, {stops} stops");
}

#[test]
fn what_is_due_is_recorded_at_its_instant_however_late_it_acts() {
    let world = World::new("due");
    let case = world.open("o", Some("ann"));
    world.wait_until(hours(24 * 60));
    let look = world.keeper.look(world.tenant, case, Reading::Now).unwrap().unwrap();
    let at = |it: &Kept| (it.recorded_at, it.facts.first().map(|it| it.at), it.event.is_some());
    let late: Vec<_> = look.kept.iter().filter(|it| it.event.is_none()).map(at).collect();
    assert!(late.len() >= 4, "{late:?}");
    for (recorded_at, fact_at, _) in late {
        assert_eq!(fact_at.and_then(|it| it.plus_ms(1)), Some(recorded_at));
        assert!(recorded_at < hours(24 * 60));
    }
    let figures = world.keeper.figures();
    assert!(figures.wakes >= 1 && figures.late_ms > 0, "{figures:?}");
    assert_eq!(figures.stuck, 0);
}

/// A complaint that is entered days after it was received has missed deadlines already; nobody
/// knew of that before it was entered.
#[test]
fn what_was_due_before_the_case_was_entered_is_recorded_with_it() {
    let world = World::new("entered-late");
    let entered = hours(24 * 9);
    world.clock.set(entered);
    let opening = happened(world.opening("o", None), hours(0));
    let case = world.ask(opening).unwrap().case.unwrap().0;
    world.wait_until(entered);
    let look = |reading| world.keeper.look(world.tenant, case, reading).unwrap().unwrap();
    let now = look(Reading::Now);
    assert!(now.kept.len() > 1 && now.case.clocks.iter().any(|it| it.breached));
    assert!(now.kept.iter().all(|it| it.recorded_at == entered), "{:?}", now.kept);
    assert!(now.facts.iter().any(|it| it.at < entered));
    let before = look(Reading::AsKnownAt(entered.minus_ms(1).unwrap()));
    assert_eq!((before.case.opened_at, before.facts.len()), (None, 0));
}

#[test]
fn a_clock_that_jumps_lets_nothing_act_twice() {
    let world = World::new("jumps");
    let cases: Vec<StreamId> = (0..5).map(|n| world.open(&format!("o{n}"), None)).collect();
    for at in [24 * 40, -24 * 40, 24 * 80, 0, 24 * 30, 24 * 200] {
        world.wait_until(hours(at));
    }
    for case in cases {
        let look = world.keeper.look(world.tenant, case, Reading::Now).unwrap().unwrap();
        let breaches = look
            .facts
            .iter()
            .filter(|it| matches!(it.kind, engine::runtime::FactKind::Breached { .. }));
        assert_eq!(breaches.count(), 2);
        assert!(look.kept.is_sorted_by_key(|it| it.recorded_at));
    }
}

/// After downtime there may be more to do than fits a round.
#[test]
fn much_that_is_due_at_once_is_done_in_rounds() {
    let world = World::with("rounds", Options { wakes_max: 7, ..options() });
    for n in 0..60 {
        world.open(&format!("o{n}"), None);
    }
    let before = world.keeper.figures();
    world.wait_until(hours(24 * 5));
    let mut figures = world.keeper.figures();
    // The last round is counted after what it did can be seen.
    for _ in 0..1_000 {
        if figures.wakes >= before.wakes + 60 {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
        figures = world.keeper.figures();
    }
    assert!(figures.wakes >= before.wakes + 60, "{figures:?}");
    assert!(figures.decisions >= 60 * 3, "{figures:?}");
}
