//! A place that fails at every write point there is: what was acknowledged is there once, nothing
//! is there by half, and who asks again with the same key gets what was decided.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use engine::runtime::Report;

use super::world::{SHOP, World, file, hours, options, sources, text};
use crate::cases::{Failure, Place, StreamId};
use crate::chain::check;
use crate::clock::{Clock, SetClock};
use crate::faulty::{Faults, Faulty};
use crate::keeper::{Keeper, Options, Order, Reading, Reply, Undone};
use crate::sqlite::Sqlite;
use crate::test_folder::Folder;

/// How often an order is given again before somebody gives up.
const TRIES_MAX: usize = 60;

/// A world whose place fails from now on.
fn failing(world: World, faults: Faults) -> World {
    let (folder, clock) = (Arc::clone(&world.folder), world.clock.now());
    drop(world);
    let place = Faulty::new(Sqlite::open(&file(&folder)).unwrap(), faults);
    let ids = Arc::new(crate::keeper::RandomIds::default());
    World::begun(folder, &(Arc::new(place) as Arc<dyn Place>), &Options { ids, ..options() }, clock)
}

/// Gives an order until it is answered.
fn insist(world: &World, order: impl Fn() -> Order) -> Reply {
    let mut last = None;
    for _ in 0..TRIES_MAX {
        match world.ask(order()) {
            Ok(reply) => return reply,
            Err(why) => {
                let expected =
                    matches!(why, Undone::Failed(Failure::Unavailable(_) | Failure::Unknown(_)));
                assert!(expected, "{why:?}");
                last = Some(why);
            }
        }
    }
    panic!("nobody answered: {last:?}");
}

/// A life of some cases, with time acting in between; how many decisions of each there must be at
/// least, by the id of what was reported.
fn live(world: &World, from: i64) -> BTreeMap<StreamId, Vec<String>> {
    let acknowledged = Mutex::new(BTreeMap::<StreamId, Vec<String>>::new());
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let acknowledged = &acknowledged;
            scope.spawn(move || {
                let id = format!("o{from}-{thread}");
                let person = format!("p{}", thread % 2);
                let opened = insist(world, || world.opening(&id, Some(&person)));
                let case = found(world, &opened, &id);
                let said = |id: &str| {
                    let mut all = acknowledged.lock().unwrap();
                    all.entry(case).or_default().push(id.to_owned());
                };
                said(&id);
                for (n, event) in ["acknowledged", "asked", "asked"].into_iter().enumerate() {
                    let id = format!("e{from}-{thread}-{n}");
                    let by = if event == "asked" { "complainant" } else { "agent" };
                    let report = Report {
                        channel: Some("email".to_owned()),
                        reason: Some("because".to_owned()),
                        ..Report::new(&id, event, hours(0), by)
                    };
                    let reply = insist(world, || world.report(case, report.clone()));
                    assert_eq!(reply.status, 200, "{}", text(&reply));
                    said(&id);
                }
            });
        }
    });
    acknowledged.into_inner().unwrap()
}

/// The case of an opening, also of one that was answered before and forgotten by us.
fn found(world: &World, reply: &Reply, id: &str) -> StreamId {
    assert_eq!(reply.status, 201, "{id}: {}", text(reply));
    let said = text(reply);
    let ticket = said.split(' ').next().unwrap();
    let standing = world.keeper.place().by_ticket(world.tenant, ticket).unwrap();
    standing.unwrap_or_else(|| panic!("{id} was acknowledged and is not there: {said}")).stream
}

/// What was acknowledged is there once; the chains hold; each event is there once.
fn all_there(world: &World, acknowledged: &BTreeMap<StreamId, Vec<String>>) {
    let place = world.keeper.place();
    let mut n_on_pages = BTreeMap::new();
    for id in place.streams(world.tenant, None, 10_000).unwrap() {
        let look = world.keeper.look(world.tenant, id, Reading::Now).unwrap().unwrap();
        let kept = world.kept(id);
        let part = crate::keeper::set::Held::Case(engine::runtime::CaseKey::FIRST);
        let stream = crate::keeper::set::Stream {
            id,
            held: part,
            version: 0,
            hash: kept.standing.hash,
            ticket: kept.standing.ticket.clone(),
            secret: None,
            on: kept.standing.on,
            stop: kept.standing.stop.clone(),
        };
        if kept.standing.stop.is_none() {
            let origin = stream.origin("shop", &look.loaded);
            assert_eq!(check(&origin, &kept.decided), Ok(kept.standing.hash));
        }
        let mut events: Vec<&str> = look
            .kept
            .iter()
            .filter_map(|it| it.event.as_ref())
            .map(|it| look.strings.get(it.id))
            .collect();
        for id in acknowledged.get(&id).into_iter().flatten() {
            assert!(events.contains(&id.as_str()), "{id} is lost: {events:?}");
        }
        let n = events.len();
        events.sort_unstable();
        events.dedup();
        assert_eq!(events.len(), n, "an event is there twice");
        for decided in &kept.decided {
            *n_on_pages.entry(decided.page).or_insert(0u32) += 1;
        }
    }
    let pages = place.pages(world.tenant).unwrap();
    assert_eq!(pages.len(), n_on_pages.len());
}

#[test]
#[expect(clippy::print_stdout, reason = "the seed repeats a failure")]
fn always_what_was_acknowledged_is_there_once_whatever_fails() {
    let seed = std::env::var("FAULTS_SEED").ok().and_then(|it| it.parse().ok()).unwrap_or(1u64);
    println!("FAULTS_SEED={seed}");
    let mut n_failures = 0;
    for round in 0..6 {
        let seed = seed * 1_000 + round;
        let world = World::new(&format!("faults-{seed}"));
        let world = failing(world, Faults::Seeded { seed, one_in: 3 });
        let mut acknowledged = live(&world, 0);
        world.clock.set(hours(24 * 30));
        world.keeper.look_at_timers();
        acknowledged.extend(live(&world, 1));
        n_failures += world.keeper.figures().failures;
        all_there(&world, &acknowledged);
        let world = world.again();
        all_there(&world, &acknowledged);
        world.wait_until(hours(24 * 400));
        all_there(&world, &acknowledged);
    }
    assert!(n_failures > 20, "{n_failures} failures are too few to say anything");
}

/// One order at a time, and a fault at each write point in turn.
#[test]
fn always_every_write_point_may_fail() {
    for point in 1..=10 {
        for fault in [
            crate::faulty::Fault::Away,
            crate::faulty::Fault::LostAfter,
            crate::faulty::Fault::LostBefore,
        ] {
            let world = World::new(&format!("point-{point}-{fault:?}"));
            // The keeper takes its number before anything can fail here.
            let world = failing(world, Faults::At(point + 2, fault));
            let opened = insist(&world, || world.opening("o", Some("ann")));
            let case = found(&world, &opened, "o");
            let reply = insist(&world, || world.event(case, "a", "acknowledged", "agent"));
            assert_eq!(reply.status, 200);
            world.wait_until(hours(24 * 40));
            let all = BTreeMap::from([(case, vec!["o".to_owned(), "a".to_owned()])]);
            all_there(&world, &all);
            all_there(&world.again(), &all);
        }
    }
}

/// A store that was away while something was due: time acts as soon as it is there again, and does
/// not wait until it would have looked anyway.
#[test]
fn what_fell_due_while_the_store_was_away_is_done_soon_after() {
    let world = World::new("away-due");
    let case = world.open("o", Some("ann"));
    let (folder, clock) = (Arc::clone(&world.folder), world.clock.now());
    drop(world);
    let faults = Faults::In { call: "write", nth: 1, fault: crate::faulty::Fault::Away };
    let place = Faulty::new(Sqlite::open(&file(&folder)).unwrap(), faults);
    let ids = Arc::new(crate::keeper::RandomIds::default());
    let look_every = std::time::Duration::from_secs(3_600);
    let options = Options { ids, look_every, ..options() };
    let place: Arc<dyn Place> = Arc::new(place);
    let world = World::begun(folder, &place, &options, clock);
    world.wait_until(hours(24 * 40));
    let look = world.keeper.look(world.tenant, case, Reading::Now).unwrap().unwrap();
    assert!(look.kept.len() > 2 && world.keeper.figures().failures > 0);
    assert_eq!(world.keeper.figures().stuck, 0);
}

/// A keeper that cannot begin says so.
#[test]
fn a_keeper_without_a_number_does_not_begin() {
    let folder = Folder::new("keeper-number", &[]);
    let place = Sqlite::open(&file(&folder)).unwrap();
    let place = Faulty::new(place, Faults::At(1, crate::faulty::Fault::Away));
    let clock = Arc::new(SetClock::at(hours(0)));
    let begun = Keeper::start(Arc::new(place), clock, options());
    assert!(matches!(begun.map(|_| ()), Err(Failure::Unavailable(_))));
    assert!(!sources(SHOP).files().next().unwrap().1.bytes.is_empty());
}
