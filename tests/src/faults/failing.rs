//! A store that fails at every point at which something is written. Over HTTP each request gets an
//! answer that is true, or is told to come again; what was answered is there, once.

use crate::faults::sending::Sending;
use crate::http::calendars::amendment;
use crate::http::client::Answer;
use crate::http::served::PROTOCOL;
use crate::random::seed_from;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::Duration;
use store::cases::{Cases as _, Outbox as _, Place as _, Protocols as _};
use store::chain;
use store::faulty::{Fault, Faults, Faulty, WRITES};

/// How often a request is sent before somebody gives up.
const TRIES_MAX: u32 = 200;

/// What no request leads to: persons are erased by a command, and a new key of a person is written
/// with the batch that needs it.
const NOT_OVER_HTTP: [&str; 4] = ["destroy_key", "delete_sealed", "erase", "keep_key"];

/// Sends a request until it is not told to come again.
#[track_caller]
fn insist(served: &Sending, admin: bool, line: (&str, &str), key: &str, body: &Value) -> Answer {
    let token = if admin { &served.admin } else { &served.all };
    for _ in 0..TRIES_MAX {
        let answer = served.send(token, line.0, line.1, key, body);
        if answer.status != 503 {
            return answer;
        }
        assert!(["away", "busy"].contains(&answer.problem().as_str()), "{answer:?}");
        assert!(answer.header("retry-after").is_some(), "{answer:?}");
        std::thread::sleep(Duration::from_millis(2));
    }
    panic!("nobody answered {line:?}");
}

/// Opens a case, reports an event of it; what must be there.
fn live(served: &Sending, name: &str) -> (String, BTreeMap<String, u32>) {
    let (one, two) = (format!("{name}-opened"), format!("{name}-answered"));
    let body = json!({ "protocol": "shop", "by": "complainant", "complainant": name,
        "data": { "complaint": "The drill smokes", "name": "Ann" } });
    let opened = insist(served, false, ("POST", "/v1/cases"), &one, &body).is(201).json();
    let case = opened["case"]["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/cases/{case}/events");
    let body = json!({ "event": "answered", "by": "clerk", "data": { "outcome": "upheld" } });
    let answered = insist(served, false, ("POST", &path), &two, &body).is(200).json();
    assert_eq!(answered["case"]["id"], case.as_str());
    (case, BTreeMap::from([(one, 1), (two, 1)]))
}

/// Administration: a token, a receiver, a protocol.
fn manage(served: &Sending) {
    let token = json!({ "label": "till", "roles": ["clerk"] });
    let made = insist(served, true, ("POST", "/v1/tokens"), "token", &token).is(201).json();
    let secret = made["secret"].as_str().unwrap();
    served.send(secret, "GET", "/v1/protocols", "-", &Value::Null).is(200);
    let path = format!("/v1/tokens/{}", made["token"]["id"].as_str().unwrap());
    // It may have been taken back by a request that was not answered.
    let status = insist(served, true, ("DELETE", &path), "-", &json!({})).status;
    assert!([204, 404].contains(&status), "{status}");
    served.send(secret, "GET", "/v1/protocols", "-", &Value::Null).is(401);

    let new = json!({ "url": "file:others" });
    let made = insist(served, true, ("POST", "/v1/webhooks"), "hook", &new).is(201).json();
    let number = made["webhook"]["id"].as_i64().unwrap();
    let path = format!("/v1/webhooks/{number}/active");
    insist(served, true, ("PUT", &path), "off", &json!({ "active": false })).is(204);
    insist(served, true, ("PUT", &path), "on", &json!({ "active": true })).is(204);
    let path = format!("/v1/webhooks/{number}/resend");
    insist(served, true, ("POST", &path), "again", &json!({})).is(200);

    let text = PROTOCOL.replace("version     = \"1\"", "version     = \"2\"");
    let new = json!({ "files": [{ "path": "protocol.toml", "text": text }] });
    let kept = insist(served, true, ("POST", "/v1/protocols"), "shop", &new).is(201).json();
    let path = format!("/v1/protocols/{}/active", kept["hash"].as_str().unwrap());
    let from = json!({ "from": "2026-07-01T00:00:00Z" });
    insist(served, true, ("PUT", &path), "use", &from).is(200);

    let all = "/v1/calendars/amendments";
    let status = insist(served, true, ("POST", all), "-", &amendment()).status;
    // It may have been recorded by a request that was not answered.
    assert!([201, 422].contains(&status), "{status}");
    served.until("what is owed is counted again", || {
        let list = served.send(&served.admin, "GET", all, "-", &Value::Null).is(200).json();
        let list = list["amendments"].as_array().unwrap();
        list.len() == 1 && list.iter().all(|it| it["done"] == true)
    });
}

/// Everything that leads to a write, and then what must be true.
fn check(faults: Faults) -> BTreeMap<&'static str, store::faulty::Calls> {
    let (served, place) = Sending::over(|inner| Faulty::new(inner, faults));
    served.until("ready", || served.send("", "GET", "/readyz", "-", &Value::Null).status == 200);
    // The first comes alone, so that there are several writes however much is written at once.
    let all = Mutex::new(vec![live(&served, "ann")]);
    std::thread::scope(|scope| {
        for name in ["ben", "cat"] {
            scope.spawn(|| {
                let lived = live(&served, name);
                all.lock().unwrap().push(lived);
            });
        }
    });
    manage(&served);
    // Deadlines pass.
    for days in [0, 30, 31] {
        let start = server::wire::instant(crate::http::served::START).unwrap();
        served.set(start.plus_ms(days * 86_400_000 + 120_000).unwrap());
        served.until("time acts", || served.keeper.figures().behind_ms == 0);
    }
    served.until("all is sent", || {
        // What a lost try has taken is free again after a minute.
        let now = store::clock::Clock::now(&*served.clock);
        served.set(now.plus_ms(30_000).unwrap());
        std::thread::sleep(Duration::from_millis(20));
        place.inner().depth() == Ok(0)
    });
    let all = all.into_inner().unwrap();
    for (case, reports) in &all {
        assert_eq!(served.reports(case), *reports, "{faults:?}");
    }
    let opened = served.sent().into_iter().filter(|it| it["type"] == "redress.fact.opened");
    let told: BTreeSet<String> =
        opened.map(|it| it["subject"].as_str().unwrap().to_owned()).collect();
    assert_eq!(told, all.into_iter().map(|(case, _)| case).collect(), "{faults:?}");
    chains_hold(&served, &place);
    place.calls()
}

fn chains_hold(served: &Sending, place: &Faulty<store::sqlite::Sqlite>) {
    let (place, tenant) = (place.inner(), served.tenant);
    let ids = place.streams(tenant, None, 100).unwrap();
    assert_eq!(ids.len(), 3, "a case is there twice, or not at all");
    for kept in place.load(tenant, &ids).unwrap().into_iter().flatten() {
        let standing = &kept.standing;
        let text = place.protocol(tenant, standing.protocol);
        let origin = chain::Origin {
            tenant: "main",
            stream: standing.stream,
            kind: standing.kind,
            stop: None,
            on: None,
            ticket: standing.ticket.as_deref(),
            protocol: standing.protocol,
            names: chain::hash(&text.unwrap().unwrap().names),
        };
        assert_eq!(chain::check(&origin, &kept.decided), Ok(standing.hash));
    }
    place.writable().unwrap();
}

/// Each kind of call fails in each way, once at a time; none is left out.
#[test]
fn always_an_answer_is_true_or_there_is_none_whichever_write_fails() {
    let calls = WRITES.into_iter().filter(|it| !NOT_OVER_HTTP.contains(it));
    let nths = |call: &str| if call == "write" { 1..=3 } else { 1..=1 };
    let points: Vec<_> = calls.flat_map(|call| nths(call).map(move |nth| (call, nth))).collect();
    let faults = [Fault::Away, Fault::LostBefore, Fault::LostAfter, Fault::Slow];
    let all: Vec<_> = points.into_iter().flat_map(|it| faults.map(|fault| (it, fault))).collect();
    let next = Mutex::new(all.into_iter());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let Some(((call, nth), fault)) = next.lock().unwrap().next() else { return };
                    let calls = check(Faults::In { call, nth, fault });
                    assert_eq!(
                        calls.get(call).map(|it| it.failed),
                        Some(1),
                        "{call} {nth} {fault:?}"
                    );
                }
            });
        }
    });
}

/// Many fail, in an order that a seed repeats.
#[test]
#[expect(clippy::print_stdout, reason = "the seed repeats a failure")]
fn always_an_answer_is_true_or_there_is_none_where_many_writes_fail() {
    let seed = seed_from("FAULTS_SEED", 1);
    println!("FAULTS_SEED={seed}");
    let mut n_failed = 0;
    for round in 0..4 {
        let calls = check(Faults::Seeded { seed: seed * 1_000 + round, one_in: 4 });
        n_failed += calls.values().map(|it| it.failed).sum::<u64>();
    }
    assert!(n_failed > 20, "{n_failed} failures are too few to say anything");
}
