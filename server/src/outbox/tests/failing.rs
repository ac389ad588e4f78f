//! Receivers that do harm or no good.

use crate::outbox::tests::desk::{Desk, message, options};
use crate::outbox::tests::receiver::{Answer, OK, Receiver};
use crate::outbox::{Options, Schedule};
use std::time::{Duration, Instant};

/// A message to a receiver that always answers so is not delivered, and tried again.
async fn fails(test: &str, answer: Answer) {
    let desk = Desk::new(test);
    let receiver = Receiver::start(move |_, _| answer.clone()).await;
    let id = desk.receiver(&receiver.url());
    desk.open(vec![message(id, 1)]);
    let running = desk.send(Options { try_max: Duration::from_millis(500), ..options() });
    desk.until("it was tried twice", || desk.waiting().first().is_some_and(|it| it.attempts > 1))
        .await;
    assert!(receiver.n_got() > 1);
    assert_eq!(running.figures().arrived, 0);
    running.stop().await;
}

/// A message to a receiver that answers so has arrived.
async fn arrives(test: &str, answer: Answer) {
    let desk = Desk::new(test);
    let receiver = Receiver::start(move |_, _| answer.clone()).await;
    let id = desk.receiver(&receiver.url());
    desk.open(vec![message(id, 1)]);
    let running = desk.send(Options { try_max: Duration::from_secs(5), ..options() });
    let started = Instant::now();
    desk.until_empty().await;
    let took = started.elapsed();
    assert!(took < Duration::from_secs(5), "{test} took {took:?}");
    assert_eq!((receiver.n_got(), running.figures().failed), (1, 0), "{test}");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn receivers_that_hang_close_or_talk_nonsense_have_not_answered() {
    tokio::join!(
        fails("hang", Answer::Hang),
        fails("close", Answer::CloseAtOnce),
        fails("head", Answer::CloseInHead),
        fails("garbage", Answer::Garbage),
        fails("endless", Answer::EndlessHead),
        fails("drip", Answer::Dripping),
        fails("slow", Answer::Slow(200, Duration::from_secs(2))),
        fails("status", Answer::Status(404, "")),
        fails("informed", Answer::Status(304, "")),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn once_the_head_says_so_it_has_arrived() {
    tokio::join!(
        arrives("accepted", Answer::Status(299, "")),
        arrives("body", Answer::CloseInBody),
        arrives("huge", Answer::EndlessBody),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn receivers_that_hang_do_not_hold_up_others() {
    let desk = Desk::new("hold");
    let hanging = Receiver::start(|_, _| Answer::Hang).await;
    let good = Receiver::start(|_, _| OK).await;
    let bad: Vec<_> = (0..6).map(|_| desk.receiver(&hanging.url())).collect();
    let id = desk.receiver(&good.url());
    // Each that hangs has more streams than there is room for at all.
    for _ in 0..100 {
        desk.open(bad.iter().map(|bad| message(*bad, 1)).collect());
    }
    for _ in 0..50 {
        desk.open((1..=2).map(|sequence| message(id, sequence)).collect());
    }
    let slow = Duration::from_secs(30);
    let running = desk.send(Options { in_flight_max: 64, try_max: slow, ..options() });
    desk.until("the good one has all", || good.n_got() == 100).await;
    let in_flight = running.figures().in_flight;
    assert!(hanging.n_got() <= 6 * 15 && in_flight <= 64, "{in_flight}");
    assert_eq!(running.figures().failed, 0, "nobody had to wait for a hanging one to be given up");
    drop(running);
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_are_not_followed() {
    let desk = Desk::new("redirect");
    let inside = Receiver::start(|_, _| OK).await;
    let line: &'static str =
        Box::leak(format!("location: http://127.0.0.1:{}/x\r\n", inside.port).into_boxed_str());
    let receiver =
        Receiver::start(move |nth, _| Answer::Status([301, 302, 307, 308][nth % 4], line)).await;
    let id = desk.receiver(&receiver.url());
    desk.open(vec![message(id, 1)]);
    let running = desk.send(options());
    desk.until("it was tried", || receiver.n_got() >= 4).await;
    running.stop().await;
    assert_eq!(inside.n_got(), 0);
    assert_eq!(desk.waiting().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn dead_letters_are_sent_again_when_somebody_wants_it() {
    let desk = Desk::new("dead");
    let receiver = Receiver::start(|_, _| Answer::Status(500, "")).await;
    let id = desk.receiver(&receiver.url());
    let stream = desk.open((1..=2).map(|sequence| message(id, sequence)).collect());
    let schedule =
        Schedule { waits: vec![Duration::from_millis(20)], try_for: Duration::from_millis(150) };
    let running = desk.send(Options { schedule, ..options() });
    desk.until("both are dead", || desk.dead().len() == 2).await;
    assert!(desk.dead().iter().all(|it| it.attempts > 1));
    assert_eq!(running.figures().dead, 2);
    running.stop().await;
    let n_failed = receiver.n_got();
    drop(receiver);

    // The same receiver, mended.
    let mended = Receiver::start(|_, _| OK).await;
    let other = desk.receiver(&mended.url());
    assert_eq!(desk.place.resend(desk.tenant, other, now()).unwrap(), 0);
    assert_eq!(desk.place.resend(desk.tenant, id, now()).unwrap(), 2);
    assert!(n_failed > 2 && desk.dead().is_empty());
    let waiting = desk.waiting();
    assert!(waiting.iter().all(|it| it.attempts == 0 && it.message.stream == stream));
}

fn now() -> engine::time::Instant {
    engine::time::Instant::from_utc(store::clock::now())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_dead_arrives_in_order_under_its_ids() {
    let desk = Desk::new("resend");
    let receiver = Receiver::start(|nth, _| match nth {
        0..4 => Answer::Status(500, ""),
        _ => OK,
    })
    .await;
    let id = desk.receiver(&receiver.url());
    desk.open((1..=3).map(|sequence| message(id, sequence)).collect());
    let schedule = Schedule { waits: vec![Duration::from_millis(20)], try_for: Duration::ZERO };
    let running = desk.send(Options { schedule, ..options() });
    desk.until("all are dead", || desk.dead().len() == 3).await;
    desk.place.resend(desk.tenant, id, now()).unwrap();
    running.wake().wake();
    desk.until("one is dead, the others arrived", || {
        desk.dead().len() == 1 && desk.waiting().is_empty()
    })
    .await;
    desk.place.resend(desk.tenant, id, now()).unwrap();
    running.wake().wake();
    desk.until_empty().await;
    running.stop().await;
    let sequences: Vec<u32> = receiver.got().iter().map(super::receiver::Got::sequence).collect();
    assert_eq!(sequences, [1, 2, 3, 1, 2, 3, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_is_gone_is_turned_off_and_may_come_back() {
    let desk = Desk::new("gone");
    let receiver = Receiver::start(|nth, _| match nth {
        0 => Answer::Status(410, ""),
        _ => OK,
    })
    .await;
    let id = desk.receiver(&receiver.url());
    desk.open(vec![message(id, 1)]);
    let running = desk.send(options());
    let is_off = || desk.place.webhooks(desk.tenant).unwrap().iter().all(|it| !it.active);
    desk.until("it is off", is_off).await;
    desk.open(vec![message(id, 1)]);
    running.wake().wake();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!((receiver.n_got(), running.figures().gone), (1, 1));
    assert_eq!(desk.waiting().len(), 2);
    assert!(desk.place.set_active(desk.tenant, id, true).unwrap());
    running.wake().wake();
    desk.until_empty().await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_is_left_alone_for_as_long_as_it_asks() {
    let desk = Desk::new("asks");
    let receiver = Receiver::start(|nth, _| match nth {
        0 => Answer::Status(429, "retry-after: 2\r\n"),
        _ => OK,
    })
    .await;
    let id = desk.receiver(&receiver.url());
    desk.open(vec![message(id, 1)]);
    let started = Instant::now();
    let running = desk.send(options());
    desk.until_empty().await;
    assert!(started.elapsed() >= Duration::from_secs(2));
    assert_eq!(receiver.n_got(), 2);
    running.stop().await;
}
