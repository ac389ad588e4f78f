//! Cases and events: kept once, refused with reasons, read as they are and as they were.

use crate::http::served::Served;
use serde_json::{Value, json};

#[test]
fn a_case_is_opened_answered_and_read() {
    let served = Served::start();
    let body = json!({ "protocol": "shop", "by": "clerk", "channel": "counter",
        "data": { "complaint": "Blue paint", "price": "12.50", "bought": "2026-05-30", "urgent": true } });
    let opened = served.post(&served.all, "/v1/cases", &body).is(201);
    let case = opened.json()["case"].clone();
    let id = case["id"].as_str().unwrap().to_owned();
    assert_eq!(opened.header("location"), Some(format!("/v1/cases/{id}").as_str()));
    assert_eq!(opened.header("etag"), Some(format!("\"{}\"", case["version"]).as_str()));
    assert_eq!(case["ticket"], "S-0001");
    assert_eq!(case["stage"], "received");
    assert_eq!(case["fields"]["price"], "12.5");
    assert_eq!(case["fields"]["bought"], "2026-05-30");
    assert_eq!(case["fields"]["urgent"], true);
    // Ten working days after Monday: Friday the week after next, when the shop closes.
    assert_eq!(case["duties"][0]["due"], "2026-06-12T16:30:00Z");
    assert_eq!(case["duties"][0]["party"], "clerk");

    let answered = json!({ "event": "answered", "by": "clerk", "data": { "outcome": "upheld" } });
    let path = format!("/v1/cases/{id}/events");
    let reported = served.post(&served.all, &path, &answered).is(200).json();
    assert_eq!(reported["case"]["stage"], "answered");
    assert_eq!(reported["case"]["closed"], true);
    let kinds: Vec<&str> = reported["facts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["kind"].as_str().unwrap())
        .collect();
    for kind in
        ["event-reported", "field-set", "stage-entered", "letter-due", "deadline-met", "closed"]
    {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    let read = served.get(&served.all, &format!("/v1/cases/{id}")).is(200);
    assert_eq!(read.json()["stage"], "answered");
    let etag = read.header("etag").unwrap();
    assert!(etag.starts_with(&format!("\"{}-", read.json()["version"])), "{etag}");
}

#[test]
fn what_the_protocol_refuses_is_said_with_rule_source_and_what_is_allowed() {
    let served = Served::start();
    let (id, ..) = served.open("anna");
    let path = format!("/v1/cases/{id}/events");
    let overruled = json!({ "event": "overruled", "by": "manager" });
    let refused = served.post(&served.all, &path, &overruled).is(409);
    assert_eq!(refused.problem(), "refused");
    let refusal = refused.json()["refusal"].clone();
    assert_eq!(refusal["event"], "overruled");
    assert_eq!(refusal["reason"], "stage");
    assert_eq!(refusal["against"][0]["rule"]["source"], "notice at the counter");
    assert!(refusal["against"][0]["says"].as_str().unwrap().contains("overruled"));
    assert!(refusal["allowed"].as_array().unwrap().contains(&json!("answered")));
    let read = served.get(&served.all, &format!("/v1/cases/{id}")).json();
    assert_eq!(read["version"], 1, "a refusal changes nothing");
}

#[test]
fn every_fault_of_a_report_is_listed_with_its_pointer() {
    let served = Served::start();
    let (id, ..) = served.open("anna");
    let path = format!("/v1/cases/{id}/events");
    let check = |body: Value, pointers: &[&str]| {
        let answer = served.post(&served.all, &path, &body).is(422);
        assert_eq!(answer.problem(), "invalid");
        let mut found = answer.pointers();
        found.sort();
        assert_eq!(found, pointers, "{body}");
    };
    check(json!({}), &["/by", "/event"]);
    check(
        json!({ "event": 1, "by": "clerk", "who": 2, "a/b~": 3 }),
        &["/a~1b~0", "/event", "/who"],
    );
    check(json!({ "event": "answered", "by": "clerk", "at": "yesterday" }), &["/at"]);
    check(
        json!({ "event": "answered", "by": "clerk", "data": { "outcome": 1, "x": [] } }),
        &["/data/outcome", "/data/x"],
    );
    // What only the protocol knows.
    check(
        json!({ "event": "answerd", "by": "clerk", "data": { "outcom": "upheld" }, "channel": "fax" }),
        &["/channel", "/data/outcom", "/event"],
    );
    check(
        json!({ "event": "answered", "by": "clerk", "data": { "price": "twelve" } }),
        &["/data/price"],
    );
    check(json!([1]), &[""]);
}

#[test]
fn a_request_that_is_sent_again_happens_once() {
    let served = Served::start();
    let (id, ..) = served.open("anna");
    let path = format!("/v1/cases/{id}/events");
    let answered = json!({ "event": "answered", "by": "clerk", "data": { "outcome": "upheld" } });
    let send = |key: &str, body: &Value| {
        served.send(&served.all, "POST", &path, &[("Idempotency-Key", key)], body)
    };
    let first = send("k", &answered).is(200);
    assert_eq!(first.header("idempotency-replayed"), None);
    let again = send("k", &answered).is(200);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.body, first.body);
    assert_eq!(again.header("etag"), first.header("etag"));
    let other = json!({ "event": "answered", "by": "manager", "data": { "outcome": "upheld" } });
    assert_eq!(send("k", &other).is(422).problem(), "key-reused");
    let missing = served.send(&served.all, "POST", &path, &[], &answered).is(400);
    assert_eq!(missing.problem(), "key-missing");
    for key in ["", "with blank", &"k".repeat(256), "ä"] {
        let wrong = send(key, &answered).is(400);
        assert_eq!(wrong.pointers(), ["/header/Idempotency-Key"], "{key}");
    }
    // Somebody in other roles is not given the answer that these were.
    let manager = served.as_role("manager");
    let headers = [("Idempotency-Key", "k")];
    let told = served.send(&manager, "POST", &path, &headers, &answered);
    assert_ne!(told.status, 200, "{told:?}");
}

#[test]
fn a_case_is_not_changed_by_somebody_who_read_an_older_one() {
    let served = Served::start();
    let (id, ..) = served.open("anna");
    let path = format!("/v1/cases/{id}/events");
    let answered = json!({ "event": "answered", "by": "clerk", "data": { "outcome": "upheld" } });
    let send = |key: &str, version: &str| {
        let headers = [("Idempotency-Key", key), ("If-Match", version)];
        served.send(&served.all, "POST", &path, &headers, &answered)
    };
    assert_eq!(send("a", "\"7\"").is(412).problem(), "stale");
    for version in ["7", "W/\"1\"", "\"\"", "\"x\"", "\"1\", \"2\""] {
        assert_eq!(send("b", version).is(400).pointers(), ["/header/If-Match"], "{version}");
    }
    send("c", "\"1\"").is(200);
    assert_eq!(send("d", "\"1\"").is(412).problem(), "stale");
}

#[test]
fn what_is_only_tried_is_not_kept() {
    let served = Served::start();
    let (id, ..) = served.open("anna");
    let path = format!("/v1/cases/{id}/events?dry_run=true");
    let answered = json!({ "event": "answered", "by": "clerk", "data": { "outcome": "upheld" } });
    let tried = served.send(&served.all, "POST", &path, &[], &answered).is(200);
    assert_eq!(tried.json()["case"]["stage"], "answered");
    let read = served.get(&served.all, &format!("/v1/cases/{id}")).json();
    assert_eq!((read["stage"].as_str(), read["version"].as_u64()), (Some("received"), Some(1)));
    let open = json!({ "protocol": "shop", "by": "clerk", "data": { "complaint": "x" } });
    served.send(&served.all, "POST", "/v1/cases?dry_run=true", &[], &open).is(200);
    assert_eq!(served.get(&served.all, "/v1/cases").json()["cases"].as_array().unwrap().len(), 1);
}

#[test]
fn the_past_is_read_as_it_was_and_as_it_was_known() {
    let served = Served::start();
    let lasting = served.token(served.tenant, &["clerk", "manager"], None);
    let (id, ..) = served.open("anna");
    served.set("2026-06-15T08:30:00Z");
    let answered = json!({ "event": "answered", "by": "clerk", "at": "2026-06-12T10:00:00Z",
        "reason": "lay in the tray", "data": { "outcome": "upheld" } });
    let breached = served.get(&lasting, &format!("/v1/cases/{id}")).json();
    assert_eq!(breached["breached"], true, "nobody had to look for the breach to happen");
    served.post(&lasting, &format!("/v1/cases/{id}/events"), &answered).is(200);
    let read =
        |query: &str| served.get(&lasting, &format!("/v1/cases/{id}?{query}")).is(200).json();
    assert_eq!(read("as_of=2026-06-12T12:00:00Z")["stage"], "answered");
    assert_eq!(read("as_known_at=2026-06-12T12:00:00Z")["stage"], "received");
    assert_eq!(read("as_of=2026-06-01T08:00:00Z")["opened_at"], Value::Null);
    assert_eq!(read("as_of=2026-06-12T12:00:00Z")["version"], Value::Null);
    for query in [
        "as_of=x",
        "as_of=2026-06-12",
        "as_of=2026-06-12T12:00:00Z&as_known_at=2026-06-12T12:00:00Z",
        "when=1",
        "as_of=%ff",
        "as_of=%0",
    ] {
        let answer = served.get(&lasting, &format!("/v1/cases/{id}?{query}")).is(400);
        assert_eq!(answer.problem(), "bad-parameter", "{query}");
    }
}

#[test]
fn a_deadline_shows_its_working_and_a_case_what_it_takes() {
    let served = Served::start();
    let (id, ..) = served.open("anna");
    let ledger =
        served.get(&served.all, &format!("/v1/cases/{id}/deadlines/answer/ledger")).is(200).json();
    assert_eq!(ledger["due"], "2026-06-12T16:30:00Z");
    let counted = ledger["lines"].as_array().unwrap().iter().filter(|it| it["what"] == "counted");
    assert_eq!(counted.count(), 10);
    let none = served.get(&served.all, &format!("/v1/cases/{id}/deadlines/other/ledger")).is(404);
    assert_eq!(none.problem(), "not-found");

    let clerk = served.as_role("clerk");
    let allowed = served.get(&clerk, &format!("/v1/cases/{id}/allowed")).is(200).json();
    let event = |name: &str| {
        let all = allowed["events"].as_array().unwrap();
        all.iter().find(|it| it["event"] == name).unwrap().clone()
    };
    assert_eq!(event("answered")["yours"], true);
    assert_eq!(event("withdrawn")["yours"], false);
    assert_eq!(event("withdrawn")["entered_by"], json!(["clerk"]));
    assert!(event("overruled")["refusal"]["against"][0]["says"].is_string());

    let timeline = served.get(&clerk, &format!("/v1/cases/{id}/timeline")).is(200).json();
    assert_eq!(timeline["decisions"][0]["event"]["event"], "opened");
    assert_eq!(timeline["decisions"][0]["recorded_at"], "2026-06-01T09:00:00Z");
}

#[test]
fn many_events_are_answered_each_as_if_it_had_come_alone() {
    let served = Served::start();
    let (one, ..) = served.open("anna");
    let (two, ..) = served.open("bert");
    let answered = json!({ "event": "answered", "by": "clerk", "data": { "outcome": "upheld" } });
    let overruled = json!({ "event": "overruled", "by": "manager" });
    let nobody = "00000000-0000-7000-8000-000000000000";
    let events = json!({ "events": [
        { "key": "1", "case": one, "report": answered },
        { "key": "2", "case": two, "report": overruled },
        { "key": "3", "case": one, "report": overruled },
        { "key": "4", "case": nobody, "report": answered },
    ] });
    let send = || served.send(&served.all, "POST", "/v1/events:batch", &[], &events).is(200).json();
    let statuses = |answers: &Value| -> Vec<u64> {
        answers["answers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["status"].as_u64().unwrap())
            .collect()
    };
    let first = send();
    assert_eq!(statuses(&first), [200, 409, 200, 404], "{first}");
    assert_eq!(first["answers"][0]["reported"]["case"]["stage"], "answered");
    assert_eq!(first["answers"][1]["problem"]["type"], "/problems/refused");
    let again = send();
    assert_eq!(again["answers"][0]["replayed"], true);
    assert_eq!(again["answers"][0]["reported"], first["answers"][0]["reported"]);
    // What has the wrong form is said before what does not go together.
    let wrong = |first: &str, pointers: &[&str]| {
        let twice = json!({ "events": [
            { "key": "1", "case": first, "report": answered },
            { "key": "1", "case": one, "report": answered },
        ] });
        let wrong = served.send(&served.all, "POST", "/v1/events:batch", &[], &twice).is(422);
        assert_eq!(wrong.pointers(), pointers);
    };
    wrong(&"x".repeat(36), &["/events/0/case"]);
    wrong(&two, &["/events/1/key"]);
}
