//! What arrives, and in which order.

use crate::outbox::tests::desk::{Desk, SECRET, message, options};
use crate::outbox::tests::receiver::{Answer, Got, OK, Receiver};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_fact_arrives_once_and_signed() {
    let desk = Desk::new("once");
    let receiver = Receiver::start(|_, _| OK).await;
    let id = desk.receiver(&receiver.url());
    let running = desk.send(options());
    let stream = desk.open(vec![message(id, 7)]).to_string();
    running.wake().wake();
    desk.until_empty().await;
    running.wake().wake();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let got = receiver.got();
    assert_eq!(got.len(), 1);
    let got = &got[0];
    got.verify(SECRET);
    assert_eq!(got.first_line, "POST /in?a=1 HTTP/1.1");
    assert_eq!(got.headers["content-type"], "application/cloudevents+json");
    assert_eq!(got.headers["host"], format!("127.0.0.1:{}", receiver.port));
    let event = got.event();
    let id = format!("{stream}/7");
    assert_eq!((got.id(), event["id"].as_str()), (id.as_str(), Some(id.as_str())));
    assert_eq!(event["source"], format!("/v1/cases/{stream}"));
    assert_eq!(event["type"], "redress.fact.met");
    assert_eq!(event["time"], "2026-03-02T09:00:00Z");
    assert_eq!(event["data"]["fact"]["sequence"], 7);
    let figures = running.figures();
    assert_eq!((figures.arrived, figures.failed, figures.in_flight), (1, 0, 0));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_comes_again_under_the_same_id() {
    let desk = Desk::new("again");
    let receiver = Receiver::start(|nth, _| match nth {
        0 => Answer::Status(500, ""),
        1 => Answer::CloseInHead,
        _ => OK,
    })
    .await;
    let id = desk.receiver(&receiver.url());
    desk.open(vec![message(id, 1)]);
    let running = desk.send(options());
    desk.until_empty().await;
    let got = receiver.got();
    assert_eq!(got.len(), 3);
    assert!(got.iter().all(|it| it.id() == got[0].id() && it.body == got[0].body));
    got.iter().for_each(|it| it.verify(SECRET));
    assert_eq!((running.figures().failed, running.figures().arrived), (2, 1));
    running.stop().await;
}

/// What was answered with 200, by stream.
fn accepted(got: &[Got], was_accepted: impl Fn(usize) -> bool) -> BTreeMap<String, Vec<u32>> {
    let mut streams: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (nth, got) in got.iter().enumerate() {
        if was_accepted(nth) {
            streams.entry(got.stream().to_owned()).or_default().push(got.sequence());
        }
    }
    streams
}

/// Whether the nth request fails: about one in three, in no simple order.
fn fails(nth: usize) -> bool {
    (nth * 7 + nth / 5).is_multiple_of(3)
}

#[tokio::test(flavor = "multi_thread")]
async fn always_the_facts_of_a_case_arrive_in_order() {
    let desk = Desk::new("order");
    let receiver = Receiver::start(|nth, _| match (fails(nth), nth % 2) {
        (false, _) => OK,
        (true, 0) => Answer::Status(503, ""),
        (true, _) => Answer::CloseAtOnce,
    })
    .await;
    let id = desk.receiver(&receiver.url());
    for _ in 0..12 {
        desk.open((1..=8).map(|sequence| message(id, sequence)).collect());
    }
    let running = desk.send(options());
    desk.until_empty().await;
    running.stop().await;
    let streams = accepted(&receiver.got(), |nth| !fails(nth));
    assert_eq!(streams.len(), 12);
    for (stream, sequences) in streams {
        assert_eq!(sequences, (1..=8).collect::<Vec<_>>(), "{stream}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_senders_share_the_work() {
    let desk = Desk::new("two");
    let receiver = Receiver::start(|_, _| Answer::Slow(200, Duration::from_millis(5))).await;
    let id = desk.receiver(&receiver.url());
    for _ in 0..40 {
        desk.open((1..=3).map(|sequence| message(id, sequence)).collect());
    }
    let senders = [desk.send(options()), desk.send(options())];
    desk.until_empty().await;
    let each = senders.each_ref().map(|it| it.figures().arrived);
    for running in senders {
        running.stop().await;
    }
    assert_eq!(each.iter().sum::<u64>(), 120);
    assert!(each.iter().all(|n| *n > 0), "{each:?}");
    let got = receiver.got();
    assert_eq!(got.len(), 120, "each message was sent once");
    assert_eq!(got.iter().map(Got::id).collect::<BTreeSet<_>>().len(), 120);
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_are_appended_to_a_file() {
    let desk = Desk::new("file");
    let folder = desk.folder.0.join("out");
    let id = desk.receiver("file:facts.jsonl");
    let streams = [0; 3].map(|_| desk.open((1..=4).map(|it| message(id, it)).collect()));
    let running = desk.send(crate::outbox::Options { sink: Some(folder.clone()), ..options() });
    desk.until_empty().await;
    running.stop().await;
    let text = fs::read_to_string(folder.join("facts.jsonl")).unwrap();
    let events: Vec<serde_json::Value> =
        text.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(events.len(), 12);
    for stream in streams {
        let of_stream: Vec<&str> = events
            .iter()
            .filter(|it| it["subject"] == stream.to_string())
            .map(|it| it["id"].as_str().unwrap())
            .collect();
        let wanted: Vec<String> = (1..=4).map(|it| format!("{stream}/{it}")).collect();
        assert_eq!(of_stream, wanted);
    }
}
