//! The database is stopped and started, and its disk is full, under load.

use std::time::Duration;

use serde_json::json;

use crate::small::{Small, fill};
use crate::world::{
    Answering, Audit, Figures, Load, Receiver, Request, Settings, Site, Store, User, audit,
    check_arrived,
};

/// What the receiver is told of.
const TO_WEB: [&str; 3] = ["opened", "deadline-breached", "escalated"];

/// How long it may take until a server knows that its database is away, or there again.
const NOTICED_WITHIN: Duration = Duration::from_secs(15);

/// How long it may take until the log needs more room than there is, and until a server that ended
/// for the lack of it runs again.
const FILLED_WITHIN: Duration = Duration::from_secs(60);

#[test]
fn while_postgres_is_away_the_server_says_so_and_then_goes_on_by_itself() {
    let seed = Settings::read().seed;
    let Some(store) = Store::own() else { return };
    let (site, node) = Site::new(store);
    let Store::Own(cluster) = &site.store else { panic!("it was made so") };
    let receiver = Receiver::start(Answering::Moody(seed));
    site.receiver(&node, &receiver.url, &TO_WEB);
    let load = Load::new(&site.token);
    let mut users = User::some(6, seed);
    let mut figures = Figures::default();
    let ready = Request::get("/readyz", "");
    let body = json!({ "protocol": "desk", "by": "clerk" });
    let mut by_hand = Vec::new();
    for round in 0..3 {
        load.during(&mut users, &[&node.at], || {
            load.until_promised(20 + 10 * round);
            // The first and the last time as if the power had failed.
            match round {
                1 => cluster.stop_in_order().unwrap(),
                _ => cluster.stop().unwrap(),
            }
            node.until("it is not ready", NOTICED_WITHIN, |it| it.ask(&ready).status == 503);
            let request = Request::post("/v1/cases", &site.token, &format!("hand-{round}"), &body);
            let answer = node.ask(&request);
            assert_eq!((answer.status, answer.problem()), (503, "away".to_owned()));
            assert!(answer.headers.contains_key("retry-after"), "{answer:?}");
            assert!(node.ask(&ready).headers.contains_key("retry-after"));
            assert_eq!(node.ask(&Request::get("/healthz", "")).status, 200);
            by_hand.push(request);
            cluster.start().unwrap();
            node.until("it is ready again", NOTICED_WITHIN, |it| it.ask(&ready).status == 200);
            load.until_promised(20);
        });
        load.repeat(&mut users, &node.at);
        figures.add("restarts", 1);
    }
    for request in by_hand {
        assert_eq!(node.ask(&request).status, 201, "it was answered 503, and was not done");
    }
    std::thread::sleep(Duration::from_millis(1_600));
    let acted_until_ms = Some(site.settle(&node));
    node.stop();
    let expected = Audit { users: &users, load: &load, acted_until_ms, others: &["hand-"] };
    let seen = audit(&site.place(), &expected);
    let (told, again) = check_arrived(&receiver.arrived(), &seen, &TO_WEB);
    let away: u64 = users.iter().map(|it| it.n_away).sum();
    figures.add("acknowledged", users.iter().map(|it| it.said.len() as u64).sum());
    figures.add("away", away);
    figures.add("timers", seen.n_timers);
    figures.add("deliveries", told);
    figures.add("delivered-again", again);
    figures.tell("stopped");
    assert!(away > 0 && seen.n_decisions > 50, "there was no load: {figures:?}");
}

#[test]
fn a_full_disk_under_postgres_is_said_and_nothing_is_half() {
    let seed = Settings::read().seed;
    let Some(small) = Small::start() else { return };
    let (site, node) = Site::new(Store::At(small.url()));
    let load = Load::new(&site.token);
    let mut users = User::some(4, seed);
    let mut figures = Figures::default();
    let ready = Request::get("/readyz", "");
    let body = json!({ "protocol": "desk", "by": "clerk" });
    for round in 0..3 {
        load.during(&mut users, &[&node.at], || {
            load.until_promised(20);
            // A server that comes back finds the room of its old log, and uses it up again.
            let mut asked = 0;
            node.until("it is away", FILLED_WITHIN, |it| {
                fill(&small.ballast());
                asked += 1;
                let key = format!("hand-{round}-{asked}");
                let answer = it.ask(&Request::post("/v1/cases", &site.token, &key, &body));
                assert!([201, 503].contains(&answer.status), "{answer:?}");
                let is_away = answer.status == 503;
                assert!(!is_away || answer.problem() == "away", "{answer:?}");
                assert!(!is_away || answer.headers.contains_key("retry-after"), "{answer:?}");
                is_away
            });
            assert_eq!(node.ask(&Request::get("/healthz", "")).status, 200);
            std::fs::remove_file(small.ballast()).unwrap();
            node.until("it is ready again", FILLED_WITHIN, |it| it.ask(&ready).status == 200);
            load.until_promised(20);
        });
        load.repeat(&mut users, &node.at);
        figures.add("full", 1);
    }
    std::thread::sleep(Duration::from_millis(1_600));
    let acted_until_ms = Some(site.settle(&node));
    node.stop();
    let expected = Audit { users: &users, load: &load, acted_until_ms, others: &["hand-"] };
    let seen = audit(&site.place(), &expected);
    let away: u64 = users.iter().map(|it| it.n_away).sum();
    figures.add("acknowledged", users.iter().map(|it| it.said.len() as u64).sum());
    figures.add("away", away);
    figures.add("timers", seen.n_timers);
    figures.tell("full-postgres");
    assert!(away > 0 && seen.n_decisions > 30, "there was no load: {figures:?}");
}
