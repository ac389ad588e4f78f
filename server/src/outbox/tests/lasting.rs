//! Senders that die, stop, or whose store fails.

use crate::outbox::tests::desk::{Desk, Folder, SECRET, message, options, outside, until};
use crate::outbox::tests::receiver::{Answer, Got, OK, Receiver};
use crate::outbox::{Options, start};
use engine::time::Instant;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use store::clock::{SetClock, SystemClock};
use store::faulty::{Faults, Faulty};
use store::sqlite::Sqlite;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_under_way_when_the_sender_died_comes_again_under_its_id() {
    let desk = Desk::new("killed");
    let receiver = Receiver::start(|nth, _| match nth {
        0..3 => Answer::Hang,
        _ => OK,
    })
    .await;
    let id = desk.receiver(&receiver.url());
    for _ in 0..3 {
        desk.open((1..=2).map(|sequence| message(id, sequence)).collect());
    }
    let (place, now) = (desk.place.clone(), Instant::from_utc(store::clock::now()));
    let clock = Arc::new(SetClock::at(now));
    let before = clock.clone();
    let dying = std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let options = Options { try_max: Duration::from_secs(30), ..options() };
        let running = runtime.block_on(async { start(place, options, outside(before)) });
        (runtime, running)
    });
    let (runtime, running) = dying.join().unwrap();
    until("all three are under way", || receiver.n_got() == 3).await;
    std::thread::spawn(move || runtime.shutdown_background()).join().unwrap();
    drop(running);
    let other = start(desk.place.clone(), options(), outside(clock.clone()));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(receiver.n_got(), 3, "the lease has not ended");
    clock.set(now.plus_ms(121_000).unwrap());
    other.wake().wake();
    desk.until_empty().await;
    other.stop().await;
    let got = receiver.got();
    assert_eq!(got.len(), 9);
    got.iter().for_each(|it| it.verify(SECRET));
    let first: BTreeSet<&str> = got[..3].iter().map(Got::id).collect();
    let then: Vec<&str> = got[3..].iter().map(Got::id).collect();
    assert_eq!(then.iter().copied().collect::<BTreeSet<_>>().len(), 6);
    assert!(first.iter().all(|it| then.contains(it)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_that_is_stopped_ends_what_it_began() {
    let desk = Desk::new("stopped");
    let receiver = Receiver::start(|_, _| Answer::Slow(200, Duration::from_millis(400))).await;
    let id = desk.receiver(&receiver.url());
    desk.open((1..=2).map(|sequence| message(id, sequence)).collect());
    let running = desk.send(options());
    desk.until("it is under way", || receiver.n_got() == 1).await;
    let started = std::time::Instant::now();
    running.stop().await;
    assert!(started.elapsed() < Duration::from_secs(10));
    let waiting = desk.waiting();
    assert_eq!(waiting.iter().map(|it| it.message.sequence).collect::<Vec<_>>(), [2]);
    assert_eq!(receiver.n_got(), 1, "nothing more was begun");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_store_does_everything_arrives_in_order() {
    for seed in [1, 2, 3] {
        let folder = Folder::new(&format!("faulty-{seed}"));
        let path = folder.0.join("cases.sqlite");
        let desk = Desk::over(Arc::new(Sqlite::open(&path).unwrap()), folder);
        let receiver = Receiver::start(|nth, _| match nth % 5 {
            0 => Answer::Status(500, ""),
            _ => OK,
        })
        .await;
        let id = desk.receiver(&receiver.url());
        for _ in 0..6 {
            desk.open((1..=4).map(|sequence| message(id, sequence)).collect());
        }
        let faulty = Faulty::new(Sqlite::open(&path).unwrap(), Faults::Seeded { seed, one_in: 8 });
        let options = Options { try_max: Duration::from_millis(400), ..options() };
        let running = start(Arc::new(faulty), options, outside(Arc::new(SystemClock)));
        desk.until_empty().await;
        running.stop().await;
        let mut streams: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (nth, got) in receiver.got().iter().enumerate() {
            let seen = streams.entry(got.stream().to_owned()).or_default();
            if nth % 5 != 0 && !seen.contains(&got.sequence()) {
                seen.push(got.sequence());
            }
        }
        assert_eq!(streams.len(), 6, "seed {seed}");
        for (stream, sequences) in streams {
            assert_eq!(sequences, [1, 2, 3, 4], "seed {seed}, {stream}");
        }
    }
}
