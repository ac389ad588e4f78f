//! Traps that others fell into, against the running server.

use crate::http::roles::play::Stage;
use crate::http::served::{PROTOCOL, Served, sources};
use serde_json::{Value, json};
use server::running::Limits;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// A timeline without the id of its case, which no two cases share.
fn history(served: &Served, token: &str, case: &str) -> String {
    let told = served.get(token, &format!("/v1/cases/{case}/timeline")).is(200).json();
    told.to_string().replace(case, "…")
}

/// The counter that closes on Friday the 12th at 16:30 and answers on Monday the 15th: the breach
/// begins and ends between two looks of whoever looks once a day.
fn breached_and_answered(look_every: Duration, looks: &dyn Fn(&Served, i64)) -> String {
    let served = Served::looking(&sources(PROTOCOL), Limits::default(), look_every);
    let token = served.token(served.tenant, &["clerk", "complainant"], None);
    let body = json!({ "protocol": "shop", "id": "o", "by": "clerk", "complainant": "anna",
        "data": { "complaint": "The drill smokes" } });
    let opened = served.post(&token, "/v1/cases", &body).is(201).json();
    let case = opened["case"]["id"].as_str().unwrap().to_owned();
    let day = 86_400_000;
    looks(&served, day * 14);
    let answered = json!({ "event": "answered", "id": "a", "by": "clerk",
        "data": { "outcome": "upheld" } });
    served.post(&token, &format!("/v1/cases/{case}/events"), &answered).is(200);
    served.settle();
    history(&served, &token, &case)
}

#[test]
fn d10_a_breach_between_two_looks_is_the_same_however_often_somebody_looks() {
    let start = server::wire::instant(crate::http::served::START).unwrap();
    let at = |ms: i64| start.plus_ms(ms).unwrap();
    // Every second around each instant at which something is due, every hour between.
    let often = breached_and_answered(Duration::from_secs(1), &|served, until| {
        let hour = 3_600_000;
        let near =
            |ms: i64| [9, 11].iter().any(|day| (ms - day * 24 * hour - 7 * hour).abs() < 2 * hour);
        let mut ms = 0;
        while ms < until {
            let close = near(ms) && (ms % hour - hour / 2).abs() <= 30_000;
            ms += if close {
                1_000
            } else if near(ms) {
                10_000
            } else {
                hour
            };
            served.clock.set(at(ms.min(until)));
            if close || !near(ms) {
                served.settle();
            }
        }
    });
    let once = breached_and_answered(Duration::from_secs(86_400), &|served, until| {
        served.clock.set(at(until));
    });
    assert_eq!(often, once);
    for kind in ["deadline-warned", "deadline-breached", "deadline-met"] {
        assert_eq!(once.matches(&format!("\"kind\":\"{kind}\"")).count(), 1, "{kind}: {once}");
    }
    assert!(once.contains("\"at\":\"2026-06-12T16:30:00Z\""), "at the instant at which it was due");
}

#[test]
fn e1_each_rung_is_told_once_however_often_somebody_looks() {
    let folder = Path::new("suite/traps/E1-a-level-fires-once");
    let mut stage = Stage::new(folder);
    assert!(stage.play_all(folder) > 0);
    let told = |stage: &Stage| -> Vec<String> {
        stage.cases.iter().map(|it| history(&stage.served, &stage.all, &it.id)).collect()
    };
    let before = told(&stage);
    let n_told: usize = before.iter().map(|it| it.matches("\"kind\":\"told\"").count()).sum();
    assert!(n_told > 0);
    for case in &before {
        let read: Value = serde_json::from_str(case).unwrap();
        let mut fired: BTreeMap<String, u32> = BTreeMap::new();
        for fact in read["decisions"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|it| it["facts"].as_array().unwrap())
        {
            if ["deadline-breached", "deadline-warned", "rung-entered"]
                .contains(&fact["kind"].as_str().unwrap())
            {
                let of = ["kind", "deadline", "occurrence", "rung", "warning", "period"]
                    .map(|it| fact[it].to_string());
                *fired.entry(of.join(" ")).or_default() += 1;
            }
        }
        assert!(fired.values().all(|it| *it == 1), "{fired:?}");
    }
    let now = store::clock::Clock::now(&*stage.served.clock);
    for ms in 0..50 {
        stage.served.clock.set(now.plus_ms(ms % 3).unwrap());
        stage.served.settle();
        stage.served.keeper.look_at_timers();
    }
    assert_eq!(told(&stage), before);
}

#[test]
fn g4_the_same_event_twice_is_one() {
    let served = Served::start();
    let (case, ..) = served.open("anna");
    let path = format!("/v1/cases/{case}/events");
    let talk = json!({ "event": "talk", "id": "t1", "by": "counsellor", "entry": "one",
        "data": { "note": "n" } });
    let send = |key: &str| {
        served.send(&served.all, "POST", &path, &[("Idempotency-Key", key)], &talk).is(200)
    };
    let (first, replayed, again) = (send("k1"), send("k1"), send("k2"));
    assert_eq!(replayed.header("idempotency-replayed"), Some("true"));
    assert_eq!(replayed.body, first.body);
    // Under another key it is still the event with this id: nothing follows from it again.
    assert_eq!(again.json()["facts"], json!([]));
    assert_eq!(again.json()["case"]["version"], first.json()["case"]["version"]);
    let told = served.get(&served.all, &format!("/v1/cases/{case}/timeline")).json();
    assert_eq!(told["decisions"].as_array().unwrap().len(), 2);
    // Something else under an id that is taken is no second event either.
    let mut other = talk;
    other["data"]["note"] = json!("something else");
    served.post(&served.all, &path, &other).is(409);
}

/// The order in which something happened decides, not the order in which it became known; what was
/// recorded before stays as it was recorded.
#[test]
fn g4_events_in_any_order_come_to_the_same_and_rewrite_nothing() {
    let event = |id: &str, at: &str| {
        let at = format!("2026-06-01T{at}:00Z");
        match id {
            "answered" => json!({ "event": "answered", "id": id, "at": at, "by": "clerk",
                "reason": "came late", "data": { "outcome": "upheld" } }),
            "withdrawn" => json!({ "event": "withdrawn", "id": id, "at": at, "by": "complainant",
                "entered_by": "clerk", "reason": "came late" }),
            _ => json!({ "event": "talk", "id": id, "at": at, "by": "counsellor", "entry": id,
                "reason": "came late", "data": { "note": id } }),
        }
    };
    // What was withdrawn at eleven cannot be answered at noon.
    let events = [event("talk", "10:00"), event("withdrawn", "11:00"), event("answered", "12:00")];
    let mut states = Vec::new();
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let served = Served::start();
        let (case, ..) = served.open("anna");
        let timeline = || {
            let told = served.get(&served.all, &format!("/v1/cases/{case}/timeline"));
            told.is(200).json()["decisions"].as_array().unwrap().clone()
        };
        served.set("2026-06-01T14:00:00Z");
        let mut came: Vec<usize> = Vec::new();
        for which in order {
            let before = timeline();
            let path = format!("/v1/cases/{case}/events");
            let answer = served.post(&served.all, &path, &events[which]);
            let expected = if which == 2 && came.contains(&1) { 409 } else { 200 };
            let said = String::from_utf8_lossy(&answer.body);
            assert_eq!(answer.status, expected, "{order:?} {which}: {said}");
            let after = timeline();
            assert_eq!(after[..before.len()], before[..], "nothing is rewritten");
            let more: String = after[before.len()..].iter().map(Value::to_string).collect();
            let sets_aside = which == 1 && came.contains(&2);
            assert_eq!(
                more.contains("\"kind\":\"corrected\""),
                sets_aside,
                "{order:?} {which}: {more}"
            );
            came.push(which);
        }
        let read = served.get(&served.all, &format!("/v1/cases/{case}?as_of=2026-06-01T14:00:00Z"));
        let mut state = read.is(200).json();
        state["id"] = json!(null);
        state["ticket"] = json!(null);
        states.push((order, state));
    }
    for (order, state) in &states {
        assert_eq!(state["stage"], "answered", "{order:?}");
        assert_eq!(state["fields"].get("outcome"), None, "{order:?}: {state}");
        assert_eq!(state, &states[0].1, "{order:?}");
    }
}
