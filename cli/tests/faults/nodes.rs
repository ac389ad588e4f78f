//! Two servers on one database: they race, and one stands still while the other works.

use std::time::Duration;

use serde_json::json;

use crate::world::{
    Answering, Audit, Client, Figures, Load, Node, Open, Random, Receiver, Request, Settings, Site,
    Store, User, audit, check_arrived, instant,
};

const USERS: u64 = 6;

/// What the receiver is told of.
const TO_WEB: [&str; 3] = ["opened", "deadline-breached", "escalated"];

#[test]
fn two_nodes_that_race_on_one_case_leave_one_history() {
    let seed = Settings::read().seed;
    let Some(store) = Store::shared() else { return };
    let (site, one) = Site::new(store);
    let two = site.node();
    let receiver = Receiver::start(Answering::Moody(seed));
    site.receiver(&one, &receiver.url, &TO_WEB);
    let load = Load::new(&site.token);
    // One case for everybody: no user opens another, because each takes one of the newest.
    let mut users = User::some(USERS, seed);
    users.iter_mut().for_each(|it| it.opens = false);
    // Its first deadline passes in the middle of the race.
    let received_ms = store::clock::now().timestamp_millis() - 59_000;
    let opening = json!({ "protocol": "desk", "by": "clerk", "at": instant(received_ms) });
    let opened = one.ask(&Request::post("/v1/cases", &site.token, "the-case", &opening));
    assert_eq!(opened.status, 201, "{}", opened.body);
    let case = opened.json()["case"]["id"].as_str().unwrap().to_owned();
    load.know(Open { case: case.clone(), received_ms });
    load.during(&mut users, &[&one.at, &two.at], || {
        load.until_promised(100);
        std::thread::sleep(Duration::from_millis(500));
    });
    load.repeat(&mut users, &two.at);
    if_match_lets_one_through(&site, &[&one, &two], &case);
    let acted_until_ms = site.settle(&one);
    let overtaken: u64 =
        [&one, &two].iter().map(|it| it.figure::<u64>("redress_overtaken_total")).sum();
    one.stop();
    two.stop();
    let expected = Audit {
        users: &users,
        load: &load,
        acted_until_ms: Some(acted_until_ms),
        others: &["the-case", "race-"],
    };
    let seen = audit(&site.place(), &expected);
    check_arrived(&receiver.arrived(), &seen, &TO_WEB);
    let acknowledged = users.iter().map(|it| it.said.len() as u64).sum();
    let mut figures = Figures::default();
    figures.add("acknowledged", acknowledged);
    figures.add("overtaken", overtaken);
    figures.tell("race");
    assert!(acknowledged > 20 && overtaken > 0, "nobody raced: {figures:?}");
}

/// Of those who change the version that all of them read, one does: no update is lost.
fn if_match_lets_one_through(site: &Site, nodes: &[&Node], case: &str) {
    for round in 0..5 {
        let read = nodes[0].ask(&Request::get(&format!("/v1/cases/{case}"), &site.token));
        let etag = read.headers["etag"].clone();
        let answers: Vec<u16> = std::thread::scope(|scope| {
            let ask = |place: usize| {
                let (node, etag) = (nodes[place % nodes.len()], etag.clone());
                let key = format!("race-{round}-{place}");
                let body = json!({ "event": "noted", "by": "clerk", "data": { "mark": key } });
                let path = format!("/v1/cases/{case}/events");
                let request = Request::post(&path, &site.token, &key, &body);
                let request = Request { if_match: Some(etag), ..request };
                scope.spawn(move || Client::new(&node.at).send(&request).unwrap().status)
            };
            let asked: Vec<_> = (0..6).map(ask).collect();
            asked.into_iter().map(|it| it.join().unwrap()).collect()
        });
        let n_through = answers.iter().filter(|it| **it == 200).count();
        let n_stale = answers.iter().filter(|it| **it == 412).count();
        assert_eq!((n_through, n_stale), (1, 5), "{answers:?}");
    }
}

/// It stands still for longer than what it took is kept for it, in the middle of its work, and then
/// goes on as if nothing had been.
#[test]
fn a_node_that_stood_still_for_longer_than_its_lease_writes_nothing_twice() {
    let seed = Settings::read().seed;
    let Some(store) = Store::shared() else { return };
    let (site, one) = Site::new(store);
    let two = site.node();
    let receiver = Receiver::start(Answering::Moody(seed));
    site.receiver(&one, &receiver.url, &TO_WEB);
    let load = Load::new(&site.token);
    let mut users = User::some(USERS, seed);
    let mut random = Random::new(seed);
    let mut figures = Figures::default();
    // Timers and messages are kept for ten seconds and four for whoever took them.
    for still_s in [1, 12] {
        load.during(&mut users, &[&one.at], || {
            load.until_promised(20);
            std::thread::sleep(Duration::from_millis(random.between(0, 200)));
            one.pause();
        });
        // Nobody who waited for the one knows what became of it; the other answers.
        load.repeat(&mut users, &two.at);
        load.during(&mut users, &[&two.at], || {
            std::thread::sleep(Duration::from_secs(still_s));
            one.go_on();
            std::thread::sleep(Duration::from_millis(500));
        });
        load.repeat(&mut users, &one.at);
        figures.add("pauses", 1);
    }
    std::thread::sleep(Duration::from_millis(1_600));
    let acted_until_ms = Some(site.settle(&two));
    one.stop();
    two.stop();
    let expected = Audit { users: &users, load: &load, acted_until_ms, others: &[] };
    let seen = audit(&site.place(), &expected);
    let (told, again) = check_arrived(&receiver.arrived(), &seen, &TO_WEB);
    figures.add("acknowledged", users.iter().map(|it| it.said.len() as u64).sum());
    figures.add("timers", seen.n_timers);
    figures.add("deliveries", told);
    figures.add("delivered-again", again);
    figures.tell("paused");
}
