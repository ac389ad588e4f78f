//! The clock of the machine jumps, back and forth, while cases are reported and time acts.

use crate::faults::sending::Sending;
use crate::random::{Random, seed_from};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::cases::Outbox as _;
use store::sqlite::Sqlite;

const HOUR_MS: i64 = 3_600_000;

fn open(served: &Sending, name: &str) -> String {
    let body = json!({ "protocol": "shop", "by": "complainant", "complainant": name,
        "data": { "complaint": "The drill smokes" } });
    let opened = served.send(&served.all, "POST", "/v1/cases", name, &body).is(201).json();
    opened["case"]["id"].as_str().unwrap().to_owned()
}

fn wait(served: &Sending, place: &Sqlite) {
    let now = store::clock::Clock::now(&*served.clock);
    served.until("time acts", || {
        store::cases::Cases::first_timer(place).unwrap().is_none_or(|it| it > now)
    });
}

fn texts(decisions: &[Value], kind: &str) -> Vec<String> {
    let facts = decisions.iter().flat_map(|it| it["facts"].as_array().unwrap());
    let of_kind = facts.filter(|it| it["kind"] == kind);
    of_kind.map(|it| it["at"].as_str().unwrap().to_owned()).collect()
}

#[test]
#[expect(clippy::print_stdout, reason = "the seed repeats a failure")]
fn always_a_clock_that_jumps_makes_no_history_go_backwards() {
    let seed = seed_from("FAULTS_SEED", 1);
    println!("FAULTS_SEED={seed}");
    let mut random = Random::new(seed);
    let (served, place) = Sending::over(|inner| inner);
    let start = server::wire::instant(crate::http::served::START).unwrap();
    let mut cases = Vec::new();
    let mut due = BTreeMap::<String, String>::new();
    for step in 0..40 {
        // Anywhere within five weeks: many weeks back as often as ahead.
        let hours = i64::try_from(random.below(24 * 35)).unwrap();
        served.set(start.plus_ms(hours * HOUR_MS).unwrap());
        if step % 4 == 0 {
            let case = open(&served, &format!("person-{step}"));
            let path = format!("/v1/cases/{case}");
            let state = served.send(&served.all, "GET", &path, "-", &Value::Null).is(200).json();
            let of_answer = state["duties"].as_array().unwrap()[0]["due"].clone();
            due.insert(case.clone(), of_answer.as_str().unwrap().to_owned());
            cases.push(case);
        } else {
            let case = &cases[random.below(cases.len())];
            let path = format!("/v1/cases/{case}/events");
            let key = format!("step-{step}");
            let body =
                json!({ "event": "answered", "by": "clerk", "data": { "outcome": "upheld" } });
            // Some are refused: the case was answered before.
            let status = match random.one_in(3) {
                true => served.send(&served.all, "POST", &path, &key, &body).status,
                false => 200,
            };
            assert!([200, 409].contains(&status), "{status}");
        }
        wait(&served, &place);
    }
    served.set(start.plus_ms(24 * 100 * HOUR_MS).unwrap());
    wait(&served, &place);
    let mut n_breached = 0;
    for case in &cases {
        let decisions = served.timeline(case);
        let recorded: Vec<_> = decisions
            .iter()
            .map(|it| server::wire::instant(it["recorded_at"].as_str().unwrap()).unwrap())
            .collect();
        assert!(recorded.is_sorted(), "{case}: {recorded:?}");
        let (met, breached) =
            (texts(&decisions, "deadline-met"), texts(&decisions, "deadline-breached"));
        let warned = texts(&decisions, "deadline-warned");
        assert!(warned.len() <= 1 && breached.len() + met.len() >= 1, "{case}: {decisions:#?}");
        assert!(breached.len() <= 1, "{case} is breached twice");
        assert!(breached.iter().all(|it| *it == due[case]), "{breached:?}, due {}", due[case]);
        n_breached += breached.len();
    }
    assert!(n_breached > 2, "no deadline passed");
    served.until("all is sent", || place.depth() == Ok(0));
    let mut last = BTreeMap::new();
    for it in served.sent() {
        let Some((case, sequence)) = it["id"].as_str().unwrap().split_once('/') else { continue };
        // What comes late is in a digest, and waits for nothing. What was being sent when the clock
        // jumped may come again.
        if case != "digest" {
            let sequence: u32 = sequence.parse().unwrap();
            assert!(last.insert(case.to_owned(), sequence).is_none_or(|it| it <= sequence));
        }
    }
}

/// The server slept, or its clock was put right, by weeks: whoever is told hears it at once.
#[test]
fn a_leap_of_weeks_tells_each_recipient_once() {
    let (served, place) = Sending::over(|inner| inner);
    let start = server::wire::instant(crate::http::served::START).unwrap();
    for n in 0..6 {
        open(&served, &format!("person-{n}"));
    }
    served.until("all is sent", || place.depth() == Ok(0));
    let before = served.sent().len();
    served.set(start.plus_ms(24 * 40 * HOUR_MS).unwrap());
    wait(&served, &place);
    served.until("all is sent", || place.depth() == Ok(0));
    let sent = served.sent().split_off(before);
    let digests: Vec<&Value> = sent.iter().filter(|it| it["type"] == "redress.digest").collect();
    let mut told: Vec<&str> = digests.iter().map(|it| it["subject"].as_str().unwrap()).collect();
    told.sort_unstable();
    let n_recipients = {
        let mut each = told.clone();
        each.dedup();
        each.len()
    };
    assert_eq!(told.len(), n_recipients, "somebody is told twice: {told:?}");
    assert!(told.contains(&"manager"), "{told:?}");
    let of_manager = digests.iter().find(|it| it["subject"] == "manager").unwrap();
    assert_eq!(of_manager["data"]["events"].as_array().unwrap().len(), 6);
    assert!(sent.iter().all(|it| it["type"] != "redress.fact.told"), "one by one: {sent:#?}");
    let breaches = sent.iter().filter(|it| it["type"] == "redress.fact.deadline-breached");
    assert_eq!(breaches.count(), 6);
}
