//! Many at once: threads, two keepers on one place, a queue that is full.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

use super::world::{World, hours, options, shown, text};
use crate::cases::StreamId;
use crate::chain;
use crate::keeper::{Company, Keeper, Options, Order, Reading, Undone};

#[test]
fn sixty_four_threads_write_in_groups_and_everything_answered_is_there() {
    let world = World::new("threads");
    let answered = Mutex::new(BTreeMap::<StreamId, u32>::new());
    let tickets = Mutex::new(BTreeSet::new());
    std::thread::scope(|scope| {
        for thread in 0..64 {
            let (world, answered, tickets) = (&world, &answered, &tickets);
            scope.spawn(move || {
                let person = format!("p{}", thread % 20);
                let case = world.open(&format!("o{thread}"), Some(&person));
                let ticket = world.kept(case).standing.ticket.unwrap();
                assert!(tickets.lock().unwrap().insert(ticket));
                world.say(case, &format!("a{thread}"), "acknowledged", "agent");
                for n in 0..4 {
                    let id = format!("q{thread}-{n}");
                    let reply = world.ask(world.event(case, &id, "asked", "complainant")).unwrap();
                    assert_eq!(reply.status, 200, "{}", text(&reply));
                    answered.lock().unwrap().insert(case, reply.case.unwrap().1);
                }
            });
        }
    });
    let figures = world.keeper.figures();
    assert!(figures.batches * 4 < figures.decisions, "{figures:?}");
    assert_eq!((figures.overtaken, figures.failures), (0, 0));
    let world = world.again();
    for (case, version) in answered.into_inner().unwrap() {
        assert_eq!(world.kept(case).standing.version, version);
        assert_eq!(version, 6);
    }
    let pages = world.keeper.place().pages(world.tenant).unwrap();
    assert!(
        pages
            .windows(2)
            .all(|it| { it[0].writer != it[1].writer || it[1].sequence == it[0].sequence + 1 })
    );
}

#[test]
fn two_keepers_on_one_place_race_on_a_case_and_lose_nothing() {
    let shared = Options { company: Company::Others, ..options() };
    let world = World::with("race", shared.clone());
    let other = Keeper::start(
        Arc::clone(world.keeper.place()),
        Arc::clone(&world.clock) as _,
        Options { writers: 2, ids: Arc::new(crate::keeper::RandomIds::default()), ..shared },
    )
    .unwrap();
    let case = world.open("o", Some("ann"));
    world.say(case, "a", "acknowledged", "agent");
    let accepted = Mutex::new(BTreeSet::new());
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let (world, other, accepted) = (&world, &other, &accepted);
            scope.spawn(move || {
                let keeper = if thread % 2 == 0 { &world.keeper } else { other };
                for n in 0..25 {
                    let id = format!("q{thread}-{n}");
                    let (sender, receiver) = channel();
                    let done = Box::new(move |reply| sender.send(reply).unwrap_or_default());
                    let order = world.event(case, &id, "asked", "complainant");
                    keeper.submit(Order { done, ..order });
                    let reply = receiver.recv().unwrap().unwrap();
                    assert_eq!(reply.status, 200, "{}", text(&reply));
                    assert!(accepted.lock().unwrap().insert(reply.case.unwrap().1));
                }
            });
        }
    });
    other.stop();
    assert_eq!(accepted.into_inner().unwrap(), (3..=202).collect());
    let look = world.keeper.look(world.tenant, case, Reading::Now).unwrap().unwrap();
    assert_eq!(look.kept.len(), 202);
    let figures = (world.keeper.figures(), other.figures());
    assert!(figures.0.overtaken + figures.1.overtaken > 0, "{figures:?}");
}

#[test]
fn an_order_too_many_is_told_that_the_keeper_is_busy() {
    let world = World::with("busy", Options { queue_max: 3, batch_max: 1, ..options() });
    let case = world.open("o", None);
    let (release, wait) = channel::<()>();
    let (begun, begins) = channel::<()>();
    let wait = Mutex::new(wait);
    let render = Box::new(move |outcome: &crate::keeper::Outcome<'_>| {
        begun.send(()).unwrap();
        wait.lock().unwrap().recv().unwrap();
        shown(outcome)
    });
    let slow = world.send(Order { render, ..world.event(case, "s", "acknowledged", "agent") });
    begins.recv().unwrap();
    let waiting: Vec<_> = (0..3)
        .map(|n| world.send(world.event(case, &format!("w{n}"), "asked", "complainant")))
        .collect();
    assert_eq!(world.keeper.figures().waiting, 3);
    let busy = world.ask(world.event(case, "b", "asked", "complainant"));
    assert_eq!(busy, Err(Undone::Busy));
    release.send(()).unwrap();
    assert_eq!(slow.recv().unwrap().unwrap().status, 200);
    for reply in waiting {
        assert_eq!(reply.recv().unwrap().unwrap().status, 200);
    }
    world.keeper.stop();
    let late = world.ask(world.event(case, "l", "asked", "complainant"));
    assert_eq!(late, Err(Undone::Stopping));
    assert_eq!(world.kept(case).decided.len(), 5);
}

/// What was changed in the file is not decided on, and nobody else suffers.
#[test]
fn a_damaged_case_is_refused_alone() {
    let world = World::new("damaged");
    let (one, other) = (world.open("o1", None), world.open("o2", None));
    let world = world.again();
    let file = rusqlite::Connection::open(super::world::file(&world.folder)).unwrap();
    let n = file
        .execute(
            "UPDATE decision SET body = CAST(body || x'00' AS BLOB) WHERE stream = ?1",
            [one.0.as_slice()],
        )
        .unwrap();
    assert_eq!(n, 1);
    let answers: Vec<_> = [one, other]
        .map(|case| world.send(world.event(case, &format!("a{case}"), "acknowledged", "agent")))
        .into_iter()
        .map(|it| it.recv().unwrap())
        .collect();
    assert!(matches!(&answers[0], Err(Undone::Failed(crate::cases::Failure::Damaged(_)))));
    assert_eq!(answers[1].as_ref().unwrap().status, 200);
    let hash = chain::hash(b"");
    assert!(world.keeper.protocol(world.tenant, hash).unwrap().is_none());
    world.clock.set(hours(1));
}
