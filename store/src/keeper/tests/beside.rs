//! Keepers that come and go beside one that stays, each with the file opened anew, as commands do.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant as Moment};

use super::world::{World, file, hours, options, text};
use crate::cases::{Batch, Failure, Place, StreamId, Writer};
use crate::clock::Clock as _;
use crate::keeper::{Mode, Options, Order, RandomIds, Reading, Stay};
use crate::place_tests::{Desk, case, change, id};
use crate::sqlite::Sqlite;

/// A keeper as a command has it, on the file of another one.
fn passing(world: &World) -> World {
    let place: Arc<dyn Place> = Arc::new(Sqlite::open(&file(&world.folder)).unwrap());
    let ids = Arc::new(RandomIds::default());
    let options = Options { ids, stay: Stay::Passing, ..options() };
    World::begun(Arc::clone(&world.folder), &place, &options, world.clock.now())
}

#[test]
fn what_was_written_beside_is_decided_on_at_once() {
    let world = World::new("beside");
    let case = world.open("o", Some("ann"));
    assert_eq!(passing(&world).say(case, "a", "acknowledged", "agent"), 2);
    assert_eq!(world.say(case, "q", "asked", "complainant"), 3);
    let beside = passing(&world);
    assert_eq!(beside.say(case, "q2", "asked", "complainant"), 4);
    assert_eq!(world.say(case, "q3", "asked", "complainant"), 5);
    // The one that came beside holds the case in memory by now as well.
    assert_eq!(beside.say(case, "q4", "asked", "complainant"), 6);
    let replayed = world.ask(world.event(case, "q4", "asked", "complainant")).unwrap();
    assert!(replayed.is_replayed, "{}", text(&replayed));
    let look = world.keeper.look(world.tenant, case, Reading::Now).unwrap().unwrap();
    assert_eq!(look.standing.version, 6);
    let figures = world.keeper.figures();
    assert_eq!((figures.overtaken, figures.failures), (0, 0), "{figures:?}");
}

/// The history of a person is part of what is decided on, not only the case itself.
#[test]
fn a_case_that_was_opened_beside_is_history_here() {
    let world = World::new("beside-history");
    world.open("o1", Some("ann"));
    passing(&world).open("o2", Some("ann"));
    let third = world.ask(world.opening("o3", Some("ann"))).unwrap();
    assert!(text(&third).ends_with(" written_only"), "{}", text(&third));
}

#[test]
fn a_version_that_is_taken_into_use_beside_is_used_here() {
    let world = World::new("beside-version");
    world.open("o1", None);
    let newer = super::world::SHOP.replace("version     = \"1\"", "version     = \"2\"");
    let beside = passing(&world);
    let (loaded, _) =
        beside.keeper.add_protocol(beside.tenant, &super::world::sources(&newer)).unwrap();
    let newer = loaded.unwrap().hash;
    assert!(beside.keeper.activate(beside.tenant, newer, hours(-1)).unwrap());
    assert_eq!(world.kept(world.open("o2", None)).standing.protocol, newer);
}

/// Three that come and go and one that stays write to one case and to many.
#[test]
fn all_write_at_once_and_nothing_is_lost_or_twice() {
    let world = World::new("beside-race");
    let case = world.open("o", Some("ann"));
    world.say(case, "a", "acknowledged", "agent");
    let versions = Mutex::new(BTreeSet::new());
    let opened = Mutex::new(BTreeSet::<(StreamId, String)>::new());
    std::thread::scope(|scope| {
        for thread in 0..7 {
            let (world, versions, opened) = (&world, &versions, &opened);
            scope.spawn(move || {
                for n in 0..12 {
                    let beside = (thread >= 4).then(|| passing(world));
                    let here = beside.as_ref().unwrap_or(world);
                    let id = format!("q{thread}-{n}");
                    assert!(versions.lock().unwrap().insert(here.say(
                        case,
                        &id,
                        "asked",
                        "complainant"
                    )));
                    let other = here.open(&format!("o{thread}-{n}"), Some(&format!("p{thread}")));
                    let ticket = here.kept(other).standing.ticket.unwrap();
                    assert!(opened.lock().unwrap().insert((other, ticket)));
                }
            });
        }
    });
    assert_eq!(versions.into_inner().unwrap(), (3..=86).collect());
    let opened = opened.into_inner().unwrap();
    let tickets: BTreeSet<&String> = opened.iter().map(|(_, it)| it).collect();
    assert_eq!((opened.len(), tickets.len()), (84, 84));
    // Reading checks the chains.
    let kept = world.record();
    assert!(opened.iter().all(|(case, _)| kept.contains_key(case)));
    let pages = world.keeper.place().pages(world.tenant).unwrap();
    let writers: BTreeSet<Writer> = pages.iter().map(|it| it.writer).collect();
    assert_eq!(writers, BTreeSet::from([Writer::PASSING, Writer(1)]));
    for pages in pages.windows(2).filter(|it| it[0].writer == it[1].writer) {
        assert_eq!(pages[1].sequence, pages[0].sequence + 1);
    }
}

/// Nobody rings for what others wrote, and the clock that waits is an hour long.
#[test]
fn time_acts_on_what_was_written_beside() {
    let look_every = Duration::from_secs(3_600);
    let world = World::with("beside-timers", Options { look_every, ..options() });
    let beside = passing(&world);
    beside.clock.set(hours(-1));
    world.clock.set(hours(24 * 3));
    let case = beside.open("o", None);
    assert_eq!(beside.kept(case).standing.version, 1);
    let begin = Moment::now();
    while world.kept(case).standing.version == 1 {
        assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", world.keeper.figures());
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(world.kept(case).standing.breached);
}

/// A passing keeper lets time act on the case that it is asked about, and on no other.
#[test]
fn a_passing_keeper_runs_no_timers() {
    let world = World::new("beside-passing");
    let (one, other) = (world.open("o1", None), world.open("o2", None));
    world.keeper.stop();
    let beside = passing(&world);
    beside.clock.set(hours(24 * 3));
    beside.keeper.look_at_timers();
    let reply = beside.ask(beside.event(one, "a", "acknowledged", "agent")).unwrap();
    assert_eq!(reply.status, 200);
    assert!(beside.kept(one).standing.breached);
    assert_eq!(beside.kept(other).standing.version, 1);
    let dry = Order { mode: Mode::DryRun, ..beside.event(other, "a", "acknowledged", "agent") };
    assert_eq!(beside.ask(dry).unwrap().status, 200);
    assert_eq!(beside.kept(other).standing.version, 1);
}

/// A process that holds the file is waited for.
#[test]
fn a_file_that_is_held_for_a_while_is_waited_for() {
    let world = World::new("beside-held");
    let case = world.open("o", None);
    let holder = rusqlite::Connection::open(file(&world.folder)).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let waits = world.send(world.event(case, "a", "acknowledged", "agent"));
    std::thread::sleep(Duration::from_millis(300));
    assert!(waits.try_recv().is_err());
    holder.execute_batch("COMMIT").unwrap();
    assert_eq!(waits.recv().unwrap().unwrap().status, 200);
}

/// What others left is another number once somebody else has written, and the same after all that
/// is written here.
#[test]
fn what_others_left_changes_with_what_they_write_alone() {
    let world = World::new("beside-mark");
    let place = world.keeper.place();
    let left = || place.others().unwrap().unwrap();
    let before = left();
    world.open("o1", None);
    place.writable().unwrap();
    assert_eq!(left(), before);
    let beside = passing(&world);
    assert_eq!(left(), before, "to open a file is not to write to it");
    beside.open("o2", None);
    let after = left();
    assert_ne!(after, before);
    // A batch that was decided on what others have changed since is not written.
    let desk = Desk::new(place.as_ref(), "one");
    let batch = desk.batch([change(case(1, 1), vec![])]);
    let stale = Batch { decided_on: Some(before), ..batch.clone() };
    assert_eq!(place.write(&stale), Err(Failure::Overtaken));
    assert_eq!(place.standing(desk.tenant, id(1)), Ok(None));
    assert_eq!(place.write(&Batch { decided_on: Some(after), ..batch }), Ok(()));
}
