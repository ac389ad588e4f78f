//! Several nodes on one database.

use crate::cases::{Cases, Failure, FeedCursor, Place, Writer};
use crate::postgres::tests::sample::{TENANT, at, batch, change, connect, database, id, writer};
use crate::postgres::{Options, Postgres};
use std::collections::BTreeSet;
use std::sync::Barrier;

const STREAMS: [u32; 3] = [1, 2, 3];
const VERSIONS_MAX: u32 = 40;

/// Decides on the streams until they have so many versions: all three at once, in an order of its
/// own, each on top of what is there. Gives how many batches were accepted.
fn decide(place: &Postgres, order: [u32; 3]) -> u64 {
    let writer = writer(place);
    let mut accepted = 0;
    loop {
        let streams = order.map(id);
        let kept = place.load(TENANT, &streams).unwrap();
        let versions: Vec<u32> =
            kept.iter().map(|it| it.as_ref().map_or(0, |it| it.standing.version)).collect();
        if versions.iter().all(|it| *it >= VERSIONS_MAX) {
            return accepted;
        }
        let changes = order.iter().zip(&versions).map(|(it, version)| change(*it, version + 1));
        match place.write(&batch(writer, accepted + 1, changes.collect())) {
            Ok(()) => accepted += 1,
            Err(failure) => assert_eq!(failure, Failure::Overtaken),
        }
    }
}

#[test]
fn of_two_that_decide_on_the_same_standing_one_is_told() {
    let Some(database) = database() else { return };
    let (one, two) = (connect(&database.url), connect(&database.url));
    let (of_one, of_two) = std::thread::scope(|scope| {
        let one = scope.spawn(|| decide(&one, [1, 2, 3]));
        let two = scope.spawn(|| decide(&two, [3, 2, 1]));
        (one.join().unwrap(), two.join().unwrap())
    });
    // Both always wrote all three, so they have the same number of versions.
    assert_eq!(of_one + of_two, u64::from(VERSIONS_MAX));
    for kept in one.load(TENANT, &STREAMS.map(id)).unwrap() {
        let kept = kept.unwrap();
        assert_eq!(kept.standing.version, VERSIONS_MAX);
        let versions: Vec<u32> = kept.decided.iter().map(|it| it.version).collect();
        assert_eq!(versions, (1..=VERSIONS_MAX).collect::<Vec<_>>());
    }
    let owed = one.worklist(TENANT, &["handler".to_owned()], None, 100).unwrap();
    assert_eq!(owed.duties.len(), STREAMS.len());
    assert_eq!(one.pages(TENANT).unwrap().len() as u64, of_one + of_two);
}

#[test]
fn many_that_start_at_once_make_the_tables_once() {
    let Some(database) = database() else { return };
    let all = Barrier::new(6);
    let writers: Vec<Writer> = std::thread::scope(|scope| {
        let start = || {
            all.wait();
            let place = connect(&database.url);
            assert_eq!(place.tenant("one").unwrap(), TENANT);
            place.take_writer().unwrap()
        };
        let started: Vec<_> = (0..6).map(|_| scope.spawn(start)).collect();
        started.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(writers.iter().collect::<BTreeSet<_>>().len(), 6);
}

#[test]
fn a_database_of_a_later_version_is_refused() {
    let Some(database) = database() else { return };
    drop(connect(&database.url));
    database.run("INSERT INTO migration (number) VALUES (1000)").unwrap();
    let refused = Postgres::connect(&database.url, &Options::default()).err();
    let why = "its tables have form 1000, this program knows 3";
    assert_eq!(refused, Some(Failure::Damaged(why.to_owned())));
}

#[test]
fn a_timer_is_given_to_one_node_until_that_had_its_time() {
    let Some(database) = database() else { return };
    let (one, two) = (connect(&database.url), connect(&database.url));
    let writer = writer(&one);
    let opened = (1..=4).map(|stream| change(stream, 1)).collect();
    one.write(&batch(writer, 1, opened)).unwrap();
    let mine = one.timers(at(1), 2).unwrap();
    let others = two.timers(at(1), 9).unwrap();
    assert_eq!((mine.len(), others.len()), (2, 2));
    let all: BTreeSet<_> = mine.iter().chain(&others).collect();
    assert_eq!(all.len(), 4);
    assert_eq!(one.timers(at(1), 2).unwrap(), mine, "asked again, it gets its own again");
    assert_eq!(one.timers(at(1), 9).unwrap(), mine);

    let next = two.first_timer().unwrap().unwrap();
    assert_eq!(next, at(1), "its own");
    let gone = "UPDATE timer SET taken_until = now() - interval '1 second'";
    database.run(gone).unwrap();
    assert_eq!(two.timers(at(1), 9).unwrap().len(), 4);
    let next = one.first_timer().unwrap().unwrap();
    assert!(next > at(1), "all are with the other one, which has ten seconds");

    let acted = change(mine[0].stream.0[3].into(), 2);
    one.write(&batch(writer, 2, vec![acted])).unwrap();
    assert_eq!(one.timers(at(2), 9).unwrap().len(), 1, "what is decided anew is free again");
}

#[test]
fn a_feed_keeps_the_order_of_a_stream_whatever_the_clocks_say() {
    let Some(database) = database() else { return };
    let place = connect(&database.url);
    let (ahead, behind) = (writer(&place), writer(&place));
    // The clock of the one that writes the second version is behind by an hour.
    for (writer, sequence, version, ms) in [
        (ahead, 1, 1, 0),
        (behind, 1, 2, -3_600_000),
        (ahead, 2, 3, 10),
        (behind, 2, 4, -3_599_990),
    ] {
        let mut batch = batch(writer, sequence, vec![change(1, version)]);
        batch.pages[0].at = at(ms);
        place.write(&batch).unwrap();
    }
    for limit in [1, 2, 3, 4, 9] {
        let (mut versions, mut cursor) = (Vec::new(), FeedCursor::new());
        loop {
            let feed = place.feed(TENANT, &cursor, limit).unwrap();
            if feed.decided.is_empty() {
                break;
            }
            versions.extend(feed.decided.iter().map(|it| it.version));
            cursor = feed.cursor;
        }
        assert_eq!(versions, [1, 2, 3, 4], "by {limit}");
    }
}
