//! Sending does not get slower because much waits to be sent.

use crate::cases::{Attempt, Cases as _, Message, Outbox as _, Room, Webhook, WebhookId, Writer};
use crate::postgres::Postgres;
use crate::postgres::tests::sample::{TENANT, at, batch, change, connect, database, id, writer};
use std::time::{Duration, Instant};

/// How many messages a stream has that wait for one another.
const EACH: u32 = 4;

const LEASE: Duration = Duration::from_secs(60);

fn message(stream: u32, sequence: u32) -> Message {
    Message {
        webhook: WebhookId(1),
        stream: id(stream),
        sequence,
        kind: "opened".to_owned(),
        body: b"{}".to_vec(),
        not_before: at(0),
        tells: None,
    }
}

/// A place in which messages of so many streams wait.
fn fill(place: &Postgres, n_streams: u32) {
    let webhook = Webhook {
        id: WebhookId(0),
        tenant: TENANT,
        url: "https://example.org".to_owned(),
        secret: vec![7; 24],
        kinds: Vec::new(),
        active: true,
    };
    assert_eq!(place.add_webhook(&webhook).unwrap(), WebhookId(1));
    let by: Writer = writer(place);
    let streams: Vec<u32> = (1..=n_streams).collect();
    for (page, streams) in streams.chunks(250).enumerate() {
        let changes = streams.iter().map(|stream| {
            let messages = (0..EACH).map(|it| message(*stream, it)).collect();
            crate::cases::Change { messages, ..change(*stream, 1) }
        });
        place.write(&batch(by, page as u64 + 1, changes.collect())).unwrap();
    }
}

/// Sends eight messages; how long the store took over it.
fn send(place: &Postgres) -> Duration {
    let begun = Instant::now();
    let taken = place.take(at(1_000), LEASE, &Room::of(8)).unwrap();
    place.next_send().unwrap();
    for it in &taken {
        place.tried(TENANT, &it.message, at(1_000), &Attempt::Arrived).unwrap();
    }
    assert_eq!(taken.len(), 8);
    begun.elapsed()
}

#[test]
fn a_message_is_sent_as_quickly_from_a_long_queue_as_from_a_short_one() {
    let Some((few, many)) = database().zip(database()) else { return };
    let (short, long) = (connect(&few.url), connect(&many.url));
    fill(&short, 40);
    fill(&long, 3_000);
    let mut times: Vec<(Duration, Duration)> =
        (0..15).map(|_| (send(&short), send(&long))).collect();
    let median = |times: &mut Vec<(Duration, Duration)>,
                  of: fn(&(Duration, Duration)) -> Duration| {
        times.sort_by_key(of);
        of(&times[times.len() / 2])
    };
    let (of_few, of_many) = (median(&mut times, |it| it.0), median(&mut times, |it| it.1));
    assert!(of_many < 5 * of_few, "{of_few:?} of {}, {of_many:?} of {}", 40 * EACH, 3_000 * EACH);
}
