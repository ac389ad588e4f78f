//! The server is stopped and started under load.

use crate::cases::{Cases, Failure, Place};
use crate::postgres::Postgres;
use crate::postgres::tests::sample::{TENANT, batch, change, id, quick, server, writer};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const WRITERS: u32 = 3;
const STREAMS_EACH: u32 = 5;
const STOPS: u32 = 4;

/// What a writer knows at its end: the last version of each of its streams that was acknowledged,
/// and the last that was ever sent.
struct Known {
    first_stream: u32,
    acknowledged: u32,
    sent: u32,
    unknown: u32,
}

/// Writes the next version of its streams, all in one batch, until it is told to stop.
fn write(place: &Postgres, number: u32, enough: &AtomicBool) -> Known {
    let first_stream = number * 100;
    let writer = loop {
        if let Ok(writer) = place.take_writer() {
            break writer;
        }
    };
    let mut known = Known { first_stream, acknowledged: 0, sent: 0, unknown: 0 };
    while !enough.load(Ordering::Relaxed) {
        let version = known.acknowledged + 1;
        let streams = first_stream..first_stream + STREAMS_EACH;
        let changes = streams.map(|stream| change(stream, version)).collect();
        known.sent = version;
        match place.write(&batch(writer, version.into(), changes)) {
            Ok(()) => known.acknowledged = version,
            Err(Failure::Unavailable(_)) => std::thread::sleep(Duration::from_millis(10)),
            // It was written before: nobody else writes these streams.
            Err(Failure::Unknown(_)) => known.unknown += 1,
            Err(Failure::Overtaken) => {
                assert!(known.unknown > 0, "nobody else writes these streams");
                known.acknowledged = version;
            }
            Err(failure) => panic!("{failure}"),
        }
    }
    known
}

#[test]
fn what_was_acknowledged_is_there_and_nothing_is_half() {
    let Some(server) = server() else { return };
    let place = Postgres::connect(&server.url("postgres"), &quick()).unwrap();
    writer(&place);
    let enough = AtomicBool::new(false);
    let known: Vec<Known> = std::thread::scope(|scope| {
        let (place, enough) = (&place, &enough);
        let writers: Vec<_> =
            (0..WRITERS).map(|number| scope.spawn(move || write(place, number, enough))).collect();
        for stop in 0..STOPS {
            // Long enough to be in the middle of something, and each time somewhere else.
            std::thread::sleep(Duration::from_millis(150 + u64::from(stop) * 37));
            server.stop().unwrap();
            server.start().unwrap();
        }
        std::thread::sleep(Duration::from_millis(100));
        enough.store(true, Ordering::Relaxed);
        writers.into_iter().map(|it| it.join().unwrap()).collect()
    });
    for known in known {
        assert!(known.acknowledged > 10, "there was no load");
        let streams: Vec<_> =
            (known.first_stream..known.first_stream + STREAMS_EACH).map(id).collect();
        let kept = place.load(TENANT, &streams).unwrap();
        let versions: Vec<u32> = kept.iter().flatten().map(|it| it.standing.version).collect();
        assert_eq!(versions.len(), streams.len());
        assert!(versions.iter().all(|it| *it == versions[0]), "half a batch: {versions:?}");
        assert!((known.acknowledged..=known.sent).contains(&versions[0]));
        for kept in kept.into_iter().flatten() {
            let numbers: Vec<u32> = kept.decided.iter().map(|it| it.version).collect();
            assert_eq!(numbers, (1..=versions[0]).collect::<Vec<_>>());
        }
    }
    let owed = place.worklist(TENANT, &["handler".to_owned()], None, 1_000).unwrap();
    assert_eq!(owed.duties.len(), usize::try_from(WRITERS * STREAMS_EACH).unwrap());
}
