//! Lives of cases whose calendar is amended again and again: whoever takes an amendment, and when,
//! makes no difference; whatever fails, each case takes it once.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant as Moment};

use engine::runtime::Report;
use engine::time::{Instant, NaiveDate};

use super::amending::{count, dates, is_amended, is_moved, new};
use super::world::{World, file, given, happened, hours, options, text};
use crate::amendments::{Amended, link, origin};
use crate::cases::{Hash, KeptAmendment, Place, Reached, StreamId};
use crate::faulty::{Faults, Faulty};
use crate::keeper::{NewAmendment, Options, Order, RandomIds};
use crate::sqlite::Sqlite;

/// How somebody looks at the amendments.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Up {
    /// Each is taken into all cases at once.
    Always,
    /// Cases take them when something is reported of them, or at the end.
    Never,
}

/// Numbers that look random and are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

type Record = BTreeMap<StreamId, Vec<(u32, Vec<u8>, Hash)>>;

/// Records an amendment as another process would: nobody here is told.
fn amend_quietly(world: &World, new: &NewAmendment) {
    let place = world.keeper.place();
    let before = place.amendments(world.tenant).unwrap();
    let body = Amended {
        recorded_at: world.keeper.now(),
        calendar: new.calendar.clone(),
        closed: new.closed.clone(),
        open: new.open.clone(),
        reason: new.reason.clone(),
        source: new.source.clone(),
        by: new.by.clone(),
        person: None,
    };
    let body = body.bytes();
    let number = u32::try_from(before.len()).unwrap() + 1;
    let hash = link(before.last().map_or(origin("shop"), |it| it.hash), number, &body);
    let kept = KeptAmendment { number, body, hash, reached: Reached::UpTo(None) };
    place.add_amendment(world.tenant, &kept).unwrap();
    world.keeper.shared().shelf.forget_amendments(world.tenant);
}

fn told(world: &World, case: StreamId, id: &str, random: &mut Random, now: Instant) -> Order {
    let report = |event: &str, by: &str| Report {
        reason: Some("because".to_owned()),
        ..Report::new(id, event, now, by)
    };
    let order = match random.below(4) {
        0 => world.report(case, report("acknowledged", "agent:amy")),
        1 => {
            let data = vec![given("outcome", "not_upheld")];
            world.report(case, Report { data, ..report("answered", "agent:amy") })
        }
        2 => {
            let stop = Some("no_calls".to_owned());
            world.report(case, Report { stop, ..report("stop_proposed", "agent:amy") })
        }
        _ => {
            let stop = Some("no_calls".to_owned());
            world.report(case, Report { stop, ..report("stop_decided", "manager:max") })
        }
    };
    match random.below(3) {
        0 => happened(order, now.plus_ms(-30 * 3_600_000).unwrap()),
        _ => order,
    }
}

fn lived(seed: u64, up: Up) -> (Vec<String>, Record, usize) {
    let look_every = match up {
        Up::Always => options().look_every,
        Up::Never => Duration::from_secs(3_600),
    };
    let world =
        World::with(&format!("amended-{seed}-{}", up as u8), Options { look_every, ..options() });
    let mut random = Random(seed);
    let (mut answers, mut cases, mut now) = (Vec::new(), Vec::new(), 0i64);
    let mut days: Vec<NaiveDate> = dates(&["2026-03-03"]);
    for n in 0..24 {
        now += i64::try_from(random.below(24 * 4)).unwrap();
        if up == Up::Always {
            world.wait_until(hours(now));
        }
        world.clock.set(hours(now));
        let id = format!("e{n}");
        if n > 0 && random.below(4) == 0 {
            let ahead = NaiveDate::from_epoch_days(20_514 + i32::try_from(now / 24).unwrap());
            let day = ahead.unwrap() + chrono::Days::new(random.below(8));
            let is_weekend = day.format("%u").to_string().as_str() >= "6";
            let day = day + chrono::Days::new(if is_weekend { 2 } else { 0 });
            let change = match days.contains(&day) {
                true => NewAmendment { open: vec![day], ..new(&[], &[]) },
                false => NewAmendment { closed: vec![day], ..new(&[], &[]) },
            };
            match days.iter().position(|it| *it == day) {
                Some(place) => drop(days.remove(place)),
                None => days.push(day),
            }
            amend_quietly(&world, &change);
            if up == Up::Always {
                world.keeper.shared().rounds.look();
                world.settle();
            }
            continue;
        }
        let order = match random.below(6) {
            _ if cases.is_empty() => world.opening(&id, Some("ann")),
            0 => world.opening(&id, Some("ann")),
            1 => world.opening(&id, None),
            _ => {
                let case = cases[usize::try_from(random.below(cases.len() as u64)).unwrap()];
                told(&world, case, &id, &mut random, hours(now))
            }
        };
        let reply = world.ask(order).unwrap();
        answers.push(format!("{} {}", reply.status, text(&reply)));
        cases.extend(reply.case.filter(|_| reply.status == 201).map(|(case, _)| case));
    }
    world.keeper.shared().rounds.look();
    world.settle();
    world.wait_until(hours(now + 24 * 400));
    let moved = cases.iter().map(|it| count(&world.facts(*it), is_moved)).sum();
    (answers, world.record(), moved)
}

/// The record is the same whether cases took an amendment at once or only when they were touched.
#[test]
fn always_the_record_is_the_same_whenever_a_case_takes_an_amendment() {
    let mut n_moved = 0;
    for seed in 0..10 {
        let (always, never) = (lived(seed, Up::Always), lived(seed, Up::Never));
        assert_eq!(always.0, never.0, "seed {seed}");
        for (stream, body) in &always.1 {
            assert_eq!(Some(body), never.1.get(stream), "seed {seed}, stream {stream}");
        }
        assert_eq!(always.1.len(), never.1.len(), "seed {seed}");
        n_moved += always.2;
    }
    assert!(n_moved > 20, "{n_moved} moves are too few to say anything");
}

/// The store fails again and again while the cases are counted again, and the process ends in the
/// middle of it: each case takes the amendment once.
#[test]
fn e12_every_case_is_counted_again_once_whatever_fails() {
    for seed in 1..=4 {
        let world = World::new(&format!("amend-faults-{seed}"));
        let cases: Vec<StreamId> = (0..150).map(|n| world.open(&format!("o{n}"), None)).collect();
        let folder = Arc::clone(&world.folder);
        world.clock.set(hours(2));
        amend_quietly(&world, &new(&["2026-03-03"], &[]));
        drop(world);
        let place =
            Faulty::new(Sqlite::open(&file(&folder)).unwrap(), Faults::Seeded { seed, one_in: 3 });
        let place: Arc<dyn Place> = Arc::new(place);
        let few = Options { wakes_max: 10, ids: Arc::new(RandomIds::default()), ..options() };
        for _ in 0..3 {
            let world = World::begun(Arc::clone(&folder), &place, &few, hours(3));
            std::thread::sleep(Duration::from_millis(15));
            drop(world);
        }
        let world = World::begun(folder, &place, &few, hours(4));
        world.settle();
        for case in cases {
            let facts = world.facts(case);
            assert_eq!((count(&facts, is_amended), count(&facts, is_moved)), (1, 2), "seed {seed}");
            let moved = facts.iter().find(|it| is_moved(&it.kind)).unwrap();
            assert_eq!(moved.at, hours(2), "seed {seed}");
            assert_eq!(world.kept(case).standing.due_at, Some(hours(3 * 24 + 8)));
        }
    }
}

/// How many cases are open while their calendar is amended: `E12_CASES` for a longer look.
fn n_cases() -> usize {
    std::env::var("E12_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(1_000)
}

/// Nothing here is optimised, and the machine may be busy.
const WAIT_MAX: Duration = Duration::from_secs(3);

#[test]
#[expect(clippy::print_stdout, reason = "figures are read by people")]
fn e12_orders_are_answered_while_cases_are_counted_again() {
    let world = World::new("amend-many");
    let n = n_cases();
    let mut cases = Vec::with_capacity(n);
    for from in (0..n).step_by(500) {
        let some = from..n.min(from + 500);
        let sent: Vec<_> =
            some.map(|it| world.send(world.opening(&format!("o{it}"), None))).collect();
        cases.extend(sent.into_iter().map(|it| it.recv().unwrap().unwrap().case.unwrap().0));
    }
    world.clock.set(hours(2));
    let begin = Moment::now();
    world.amend(&["2026-03-03"], &[]);
    let (mut longest, mut n_answered) = (Duration::ZERO, 0);
    let is_done = || {
        let all = world.keeper.place().amendments(world.tenant).unwrap();
        all.iter().all(|it| it.reached == Reached::All)
    };
    while !is_done() {
        let order = Moment::now();
        let case = cases[n_answered % n];
        world.ask(world.event(case, &format!("a{n_answered}"), "acknowledged", "agent")).unwrap();
        longest = longest.max(order.elapsed());
        n_answered += 1;
        assert!(begin.elapsed() < Duration::from_secs(600), "it came to no end");
    }
    let took = begin.elapsed();
    println!(
        "{n} cases counted again in {took:?}; {n_answered} orders meanwhile, longest {longest:?}"
    );
    assert!(longest < WAIT_MAX, "{longest:?}");
    for case in cases.iter().step_by(n / 50) {
        let facts = world.facts(*case);
        assert_eq!(count(&facts, is_amended), 1);
        assert!((1..=2).contains(&count(&facts, is_moved)));
    }
}
