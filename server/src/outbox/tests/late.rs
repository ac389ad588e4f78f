//! What comes late.

use crate::outbox::Options;
use crate::outbox::tests::desk::{Desk, message, options, outside, until};
use crate::outbox::tests::receiver::{Answer, Got, OK, Receiver};
use crate::outbox::{Running, start};
use engine::time::Instant;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::cases::{Message, WebhookId};
use store::clock::SetClock;

const HOUR_MS: i64 = 3_600_000;

/// A Monday morning.
fn now() -> Instant {
    Instant::from_ms(1_772_442_000_000)
}

fn hours_ago(hours: i64) -> Instant {
    now().minus_ms(hours * HOUR_MS).unwrap()
}

fn told(webhook: WebhookId, sequence: u32, party: &str, at: Instant) -> Message {
    let tells = Some(party.to_owned());
    Message { tells, not_before: at, kind: "told".to_owned(), ..message(webhook, sequence) }
}

fn silent(webhook: WebhookId, sequence: u32, at: Instant) -> Message {
    Message { not_before: at, ..message(webhook, sequence) }
}

fn send(desk: &Desk, clock: &Arc<SetClock>) -> Running {
    let options = Options { try_max: Duration::from_millis(500), ..options() };
    start(desk.place.clone(), options, outside(clock.clone()))
}

fn digests(got: &[Got]) -> Vec<&Got> {
    got.iter().filter(|it| it.id().starts_with("digest/")).collect()
}

fn listed(digest: &Got) -> Vec<String> {
    let event = digest.event();
    let events = event["data"]["events"].as_array().unwrap();
    events.iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_days_of_sleep_each_is_told_once() {
    let desk = Desk::new("sleep");
    let receiver = Receiver::start(|_, _| OK).await;
    let id = desk.receiver(&receiver.url());
    let mut for_handler = BTreeSet::new();
    for days in 1..=20 {
        let at = hours_ago(days * 24);
        let stream = desk.open(vec![
            silent(id, 1, at),
            told(id, 2, "handler", at),
            told(id, 3, "complainant", at),
            silent(id, 4, at),
            told(id, 5, "handler", at),
            // This one is on time.
            told(id, 6, "handler", hours_ago(0)),
        ]);
        for_handler.extend([format!("{stream}/2"), format!("{stream}/5")]);
    }
    let running = send(&desk, &Arc::new(SetClock::at(now())));
    desk.until_empty().await;
    let figures = running.figures();
    running.stop().await;
    let got = receiver.got();
    let digests = digests(&got);
    assert_eq!(digests.len(), 2);
    assert_eq!((figures.digests, figures.arrived, figures.failed), (2, 120, 0));
    for digest in digests {
        let event = digest.event();
        assert_eq!(event["type"], "redress.digest");
        assert_eq!(event["data"]["tells"], event["subject"]);
        match event["subject"].as_str().unwrap() {
            "handler" => {
                assert_eq!(listed(digest).into_iter().collect::<BTreeSet<_>>(), for_handler);
            }
            party => assert_eq!((party, listed(digest).len()), ("complainant", 20)),
        }
    }
    // The others came one by one, and in order.
    let singles: Vec<_> = got.iter().filter(|it| !it.id().starts_with("digest/")).collect();
    assert_eq!(singles.len(), 60);
    let streams: BTreeSet<&str> = singles.iter().map(|it| it.stream()).collect();
    for stream in streams {
        let mine = singles.iter().filter(|it| it.stream() == stream);
        assert_eq!(mine.map(|it| it.sequence()).collect::<Vec<_>>(), [1, 4, 6]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_that_fails_comes_again_under_the_same_id() {
    let desk = Desk::new("digest-again");
    let receiver = Receiver::start(|nth, _| match nth {
        0 => Answer::Status(500, ""),
        1 => Answer::Hang,
        _ => OK,
    })
    .await;
    let id = desk.receiver(&receiver.url());
    for _ in 0..5 {
        desk.open(vec![told(id, 1, "handler", hours_ago(5))]);
    }
    let clock = Arc::new(SetClock::at(now()));
    let running = send(&desk, &clock);
    for n_tries in 1..=2 {
        until("it was tried", || {
            desk.waiting().iter().filter(|it| it.attempts == n_tries).count() == 5
        })
        .await;
        // Meanwhile something else comes late.
        desk.open(vec![told(id, 1, "handler", hours_ago(4))]);
        clock.set(now().plus_ms(i64::from(n_tries) * 1_000).unwrap());
        running.wake().wake();
    }
    desk.until_empty().await;
    running.stop().await;
    let got = receiver.got();
    assert_eq!(got.len(), 4);
    assert!(got[..3].iter().all(|it| it.id() == got[0].id() && it.body == got[0].body));
    assert_eq!((listed(&got[0]).len(), listed(&got[3]).len()), (5, 2));
    assert_ne!(got[3].id(), got[0].id());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_that_dies_leaves_the_digest_as_it_was() {
    let desk = Desk::new("digest-killed");
    let is_first = AtomicBool::new(true);
    let receiver = Receiver::start(move |_, got| match got.id().starts_with("digest/") {
        true if is_first.swap(false, Ordering::SeqCst) => Answer::Hang,
        _ => OK,
    })
    .await;
    let id = desk.receiver(&receiver.url());
    for _ in 0..3 {
        desk.open(vec![told(id, 1, "handler", hours_ago(5)), silent(id, 2, hours_ago(5))]);
    }
    let clock = Arc::new(SetClock::at(now()));
    let place = desk.place.clone();
    let outside_clock = clock.clone();
    let dying = std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let running = runtime.block_on(async {
            let options = Options { try_max: Duration::from_secs(30), ..options() };
            start(place, options, outside(outside_clock))
        });
        (runtime, running)
    });
    let (runtime, running) = dying.join().unwrap();
    until("the digest is under way and the others arrived", || {
        receiver.n_got() == 4 && running.figures().arrived == 3
    })
    .await;
    std::thread::spawn(move || runtime.shutdown_background()).join().unwrap();
    drop(running);
    desk.open(vec![told(id, 1, "handler", hours_ago(5))]);
    let other = send(&desk, &clock);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(receiver.n_got(), 4, "the lease has not ended");
    clock.set(now().plus_ms(121_000).unwrap());
    other.wake().wake();
    desk.until_empty().await;
    other.stop().await;
    let got = receiver.got();
    let digests = digests(&got);
    assert_eq!(digests.len(), 3);
    assert_eq!((digests[0].id(), &digests[0].body), (digests[1].id(), &digests[1].body));
    assert_eq!((listed(digests[1]).len(), listed(digests[2]).len()), (3, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_while_time_catches_up() {
    let desk = Desk::new("catching-up");
    let receiver = Receiver::start(|_, _| OK).await;
    let id = desk.receiver(&receiver.url());
    let clock = Arc::new(SetClock::at(now()));
    // Time still has to act on this one, for an instant of yesterday.
    let at = hours_ago(20);
    desk.open_acting(vec![told(id, 1, "handler", at)], Some(at));
    desk.open(vec![told(id, 1, "handler", at)]);
    let running = send(&desk, &clock);
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    running.wake().wake();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(receiver.n_got(), 0);
    // Seen from then, it acts at once.
    clock.set(hours_ago(20).plus_ms(HOUR_MS - 1).unwrap());
    running.wake().wake();
    desk.until_empty().await;
    running.stop().await;
    assert_eq!(receiver.n_got(), 2);
}
