//! Receivers that do not behave, and a server that sends to all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::world::{Answering, Arrived, Figures, Node, Receiver, Request, Site, Store};

/// Cases that are opened, and so messages for each receiver.
const CASES: usize = 8;

/// A try ends after a second; what fails is tried again every second, for four.
const SENDING: &str = "\
    [webhooks]\nallow_private = true\nallow_http = true\n\
    try_s = 1\nwaits_s = [1]\ntry_for_s = 4\n";

/// How long everything may take.
const WITHIN: Duration = Duration::from_secs(40);

#[test]
fn a_receiver_that_misbehaves_holds_up_nobody_else_and_its_letters_wait() {
    let (site, node) = Site::with(Store::Sqlite, SENDING);
    let elsewhere = Receiver::start(Answering::Status(204, String::new()));
    let redirect = format!("Location: {}\r\n", elsewhere.url);
    let bad = [
        Answering::Hangs,
        Answering::Status(500, String::new()),
        Answering::Closes,
        Answering::Late(Duration::from_millis(1_500)),
        Answering::Status(302, redirect),
    ];
    let bad: Vec<Receiver> = bad.into_iter().map(Receiver::start).collect();
    let slow = Receiver::start(Answering::Late(Duration::from_millis(300)));
    let good = Receiver::start(Answering::Status(204, String::new()));
    let numbers: Vec<i64> =
        bad.iter().map(|it| site.receiver(&node, &it.url, &["opened"])).collect();
    site.receiver(&node, &slow.url, &["opened"]);
    site.receiver(&node, &good.url, &["opened"]);

    let begun = Instant::now();
    let cases = open(&site, &node);
    node.until("the good one has all", WITHIN, |_| good.arrived().len() >= CASES);
    let good_after = begun.elapsed();
    node.until("the slow one has all", WITHIN, |_| slow.arrived().len() >= CASES);
    node.until("the others' are dead", WITHIN, |_| dead(&site, &node).len() == CASES * bad.len());
    let dead_after = begun.elapsed();
    // Whoever waits for a receiver that hangs waits for seconds.
    assert!(good_after < dead_after / 2, "{good_after:?} of {dead_after:?}");
    for it in [&good, &slow] {
        assert_eq!(ids(&it.arrived()), cases, "each once");
        assert_eq!(it.arrived().len(), CASES);
    }
    assert!(elsewhere.arrived().is_empty(), "a redirect was followed");
    for it in &bad {
        let tries = tries(&it.arrived());
        assert_eq!(tries.keys().cloned().collect::<BTreeSet<_>>(), cases);
        // The first of a receiver that fails are tried several times, the last at least once.
        assert!(tries.values().any(|it| it.len() >= 3), "{tries:?}");
    }

    bad.iter().for_each(|it| it.answer(Answering::Status(200, String::new())));
    for (number, it) in numbers.iter().zip(&bad) {
        let before = it.arrived().len();
        let path = format!("/v1/webhooks/{number}/resend");
        let again = node.ask(&Request::post(&path, &site.admin, &path, &json!({})));
        assert_eq!((again.status, &again.json()["messages"]), (200, &json!(CASES)), "{again:?}");
        node.until("they come", WITHIN, |_| it.arrived().len() >= before + CASES);
        assert_eq!(ids(&it.arrived()[before..]), cases, "under the same ids");
    }
    node.until("none is left", WITHIN, |it| it.figure::<u64>("redress_outbox_depth") == 0);
    assert_eq!(dead(&site, &node).len(), 0);
    node.stop();
    let mut figures = Figures::default();
    let all = bad.iter().chain([&good, &slow]);
    figures.add("deliveries", all.map(|it| it.arrived().len() as u64).sum());
    figures.tell("receivers");
}

/// Trap G5: a retried delivery had another id than the first, and the schedule in the documents was
/// not that of the program.
#[test]
fn trap_g5_retries_keep_their_id_and_the_schedule_that_is_printed() {
    let documents = include_str!("../../../docs/WEBHOOKS.md");
    let usual = Site::with(Store::Sqlite, "").1;
    let said = crate::world::between(&usual.said, "is sent again after ", "\n").to_owned();
    assert!(documents.contains(&said), "docs/WEBHOOKS.md does not say `{said}`");
    usual.stop();

    let lines =
        "[webhooks]\nallow_private = true\nallow_http = true\nwaits_s = [1, 2]\ntry_for_s = 6\n";
    let (site, node) = Site::with(Store::Sqlite, lines);
    let said = "is sent again after 1 s, 2 s, then every 2 s until 6 s after the first try\n";
    assert!(node.said.contains(said), "{}", node.said);
    let receiver = Receiver::start(Answering::Status(503, String::new()));
    site.receiver(&node, &receiver.url, &["opened"]);
    let body = json!({ "protocol": "desk", "by": "clerk" });
    let request = Request::post("/v1/cases", &site.token, "g5", &body);
    let opened = node.ask(&request);
    assert_eq!(opened.status, 201, "{}", opened.body);
    // Whoever asks again makes no second event.
    assert_eq!(node.ask(&request).body, opened.body);
    node.until("it is dead", WITHIN, |_| dead(&site, &node).len() == 1);
    let arrived = receiver.arrived();
    assert_eq!(ids(&arrived).len(), 1, "another id: {arrived:?}");
    let at: Vec<i64> = arrived.iter().map(|it| it.at_ms).collect();
    let waits: Vec<i64> = at.windows(2).map(|it| it[1] - it[0]).collect();
    // One second, then two, each up to a tenth shorter; the last try is at the end.
    assert!(waits.len() >= 3 && waits[0] >= 890 && waits[1] >= 1_790, "{waits:?}");
    let whole = at.last().unwrap() - at[0];
    assert!(whole >= 5_900, "{whole} ms, {waits:?}");
    node.stop();
}

/// Opens cases; the ids of the events that tell of it.
fn open(site: &Site, node: &Node) -> BTreeSet<String> {
    let body = json!({ "protocol": "desk", "by": "clerk" });
    let one = |n: usize| {
        let request = Request::post("/v1/cases", &site.token, &format!("open-{n}"), &body);
        let opened = node.ask(&request);
        assert_eq!(opened.status, 201, "{}", opened.body);
        let opened = opened.json();
        let facts = opened["facts"].as_array().unwrap();
        let fact = facts.iter().find(|it| it["kind"] == "opened").unwrap();
        format!("{}/{}", opened["case"]["id"].as_str().unwrap(), fact["sequence"])
    };
    (0..CASES).map(one).collect()
}

fn dead(site: &Site, node: &Node) -> Vec<serde_json::Value> {
    let all = node.ask(&Request::get("/v1/webhooks/dead", &site.admin));
    assert_eq!(all.status, 200, "{}", all.body);
    let all = all.json();
    let list = all.as_object().unwrap().values().find_map(|it| it.as_array());
    list.cloned().unwrap_or_default()
}

fn ids(arrived: &[Arrived]) -> BTreeSet<String> {
    arrived.iter().map(|it| it.id.clone()).collect()
}

fn tries(arrived: &[Arrived]) -> BTreeMap<String, Vec<i64>> {
    let mut tries = BTreeMap::<String, Vec<i64>>::new();
    arrived.iter().for_each(|it| tries.entry(it.id.clone()).or_default().push(it.at_ms));
    tries
}
