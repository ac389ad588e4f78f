//! Garbage, huge, deep, slow and broken requests: a clear answer, and nothing changes.

use crate::http::client::{connect, read, send};
use crate::http::served::{Served, bearer};
use serde_json::{Value, json};
use server::running::Limits;
use std::io::{Read as _, Write as _};
use std::time::Duration;

#[track_caller]
fn check(served: &Served, body: &[u8], kind: &str) {
    let bearer = bearer(&served.all);
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
        ("Idempotency-Key", "k"),
    ];
    let answer = send(served.at, "POST", "/v1/cases", &headers, body);
    assert_eq!(
        answer.problem(),
        kind,
        "{:?}",
        String::from_utf8_lossy(&body[..body.len().min(80)])
    );
}

#[test]
fn a_body_that_is_no_json_of_ours_is_said_to_be_none() {
    let served = Served::start();
    check(&served, b"", "unreadable");
    check(&served, b"{", "unreadable");
    check(&served, b"{\"protocol\": \"shop\xff\"}", "unreadable");
    check(&served, br#"{"protocol": "shop", "protocol": "shop", "by": "clerk"}"#, "unreadable");
    check(
        &served,
        br#"{"protocol": "shop", "by": "clerk", "data": {"a": "1", "a": "2"}}"#,
        "unreadable",
    );
    check(&served, br#"{"protocol": "shop\u0000", "by": "clerk"}"#, "invalid");
    check(&served, &[vec![b'['; 10_000], vec![b']'; 10_000]].concat(), "unreadable");
    check(&served, b"\0\0\0\0", "unreadable");
    check(&served, b"null", "invalid");
    check(&served, br#"{"protocol": "nowhere", "by": "clerk"}"#, "invalid");
    check(
        &served,
        format!("{{\"protocol\": \"{}\", \"by\": \"clerk\"}}", "x".repeat(1_000)).as_bytes(),
        "invalid",
    );
    check(&served, &vec![b' '; 300 * 1024], "too-large");
    assert_eq!(served.get(&served.all, "/v1/cases").json()["cases"], json!([]));
}

#[test]
fn a_body_of_another_kind_is_not_taken() {
    let served = Served::start();
    let bearer = bearer(&served.all);
    let kinds: [&[(&str, &str)]; 5] = [
        &[],
        &[("Content-Type", "text/plain")],
        &[("Content-Type", "application/json; charset=latin1")],
        &[("Content-Type", "application/jsonp")],
        &[("Content-Type", "application/json"), ("Content-Encoding", "gzip")],
    ];
    for kind in kinds {
        let headers =
            [&[("Authorization", bearer.as_str()), ("Idempotency-Key", "k")], kind].concat();
        let answer = send(served.at, "POST", "/v1/cases", &headers, b"{}");
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (415, "wrong-media-type"),
            "{kind:?}"
        );
    }
}

#[test]
fn addresses_that_mean_nothing_are_not_found() {
    let served = Served::start();
    let upper = "0197A1B2-0000-7000-8000-000000000000";
    let paths = [
        "/v1/cases/x",
        "/v1/cases/../x",
        "/v1/cases/%00",
        "/v1/cases/%ff",
        &format!("/v1/cases/{upper}"),
        "/v1/cases/00000000-0000-7000-8000-000000000000",
        "/v1/nothing",
        "/",
        "/v1/cases/",
        "/problems/none",
        "/v1/cases/x/deadlines/%00/ledger",
    ];
    for path in paths {
        let answer = served.get(&served.all, path);
        assert_eq!((answer.status, answer.problem().as_str()), (404, "not-found"), "{path}");
    }
    assert_eq!(
        served.send(&served.all, "DELETE", "/v1/cases", &[], &json!({})).problem(),
        "wrong-method"
    );
    let long = served.get(&served.all, &format!("/v1/cases?stage={}", "x".repeat(5_000)));
    assert_eq!(long.problem(), "bad-parameter");
    for query in [
        "limit=0",
        "limit=501",
        "limit=-1",
        "limit=1e3",
        "limit=+5",
        "cursor=x",
        "cursor=",
        "breached=yes",
        "limit=1&limit=2",
        "nothing=1",
    ] {
        let answer = served.get(&served.all, &format!("/v1/cases?{query}"));
        assert_eq!(answer.problem(), "bad-parameter", "{query}");
    }
}

#[test]
fn whoever_is_slow_is_not_waited_for() {
    let limits = Limits {
        body_wait: Duration::from_millis(200),
        head_wait: Duration::from_millis(200),
        ..Limits::default()
    };
    let served = Served::with(limits);
    let mut slow = connect(served.at);
    let bearer = bearer(&served.all);
    let head = format!(
        "POST /v1/cases HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {bearer}\r\n\
         Content-Type: application/json\r\nIdempotency-Key: k\r\nContent-Length: 100\r\n\r\n{{"
    );
    slow.write_all(head.as_bytes()).unwrap();
    assert_eq!(read(&mut slow).problem(), "too-slow");
    let mut silent = connect(served.at);
    silent.write_all(b"GET /v1/cases HTTP/1.1\r\n").unwrap();
    let mut rest = Vec::new();
    // The connection is closed, with or without a word.
    let _ = silent.read_to_end(&mut rest);
    served.get(&served.all, "/v1/cases").is(200);
}

#[test]
fn whoever_asks_too_often_waits() {
    let per_token = server::access::Allowance { burst: 5, per_second: 1 };
    let served = Served::with(Limits { per_token, ..Limits::default() });
    let token = served.as_role("clerk");
    let statuses: Vec<u16> = (0..7).map(|_| served.get(&token, "/v1/cases").status).collect();
    assert_eq!(statuses[..5], [200; 5]);
    let last = served.get(&token, "/v1/cases");
    assert_eq!(last.problem(), "too-many");
    assert!(last.header("retry-after").unwrap().parse::<u32>().unwrap() >= 1);
    served.get(&served.all, "/v1/cases").is(200);
}

#[test]
fn more_requests_than_there_is_room_for_are_told_so_and_health_still_answers() {
    let served = Served::with(Limits { requests_max: 0, ..Limits::default() });
    let busy = served.get(&served.all, "/v1/cases");
    assert_eq!((busy.status, busy.problem().as_str()), (503, "busy"));
    assert_eq!(busy.header("retry-after"), Some("1"));
    let health = |path: &str| send(served.at, "GET", path, &[], b"").status;
    assert_eq!((health("/healthz"), health("/readyz"), health("/metrics")), (200, 200, 200));
}

#[test]
fn every_problem_names_its_request() {
    let served = Served::start();
    let answer = served.get("redress_x", "/v1/cases").is(401);
    let id = answer.header("x-request-id").unwrap();
    assert_eq!(answer.json()["instance"], format!("urn:uuid:{id}"));
    let page = send(served.at, "GET", answer.json()["type"].as_str().unwrap(), &[], b"").is(200);
    assert!(page.body.starts_with(b"# no-token\n"));
}

/// Every text of every body with U+0000 in it, at its own place.
fn with_nul(value: &Value, at: &str) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    match value {
        Value::String(text) => all.push((at.to_owned(), json!(format!("{text}\0")))),
        Value::Array(values) => {
            for (place, inner) in values.iter().enumerate() {
                for (pointer, changed) in with_nul(inner, &format!("{at}/{place}")) {
                    let mut whole = values.clone();
                    whole[place] = changed;
                    all.push((pointer, Value::Array(whole)));
                }
            }
        }
        Value::Object(values) => {
            for (name, inner) in values {
                for (pointer, changed) in with_nul(inner, &format!("{at}/{name}")) {
                    let mut whole = values.clone();
                    whole.insert(name.clone(), changed);
                    all.push((pointer, Value::Object(whole)));
                }
            }
        }
        _ => {}
    }
    all
}

#[test]
fn no_text_of_any_body_holds_nul() {
    let served = Served::start();
    let (case, ..) = served.open("anna");
    let report = json!({ "event": "answered", "id": "1", "at": "2026-06-01T09:00:00Z",
        "by": "clerk", "entered_by": "clerk", "channel": "email", "data": { "outcome": "upheld" },
        "entry": "e", "reason": "r", "stop": "s", "case": "c", "letter": "l", "complainant": "a",
        "revision": { "of": "1", "happened_at": "2026-06-01" } });
    let open = json!({ "protocol": "shop", "id": "1", "by": "clerk", "channel": "email",
        "intake": "i", "complainant": "a", "respondent": "b", "reason": "r",
        "data": { "complaint": "x" } });
    let events = json!({ "events": [{ "key": "k", "case": case, "report": report }] });
    let bodies = [
        (&served.all, "/v1/cases".to_owned(), open),
        (&served.all, format!("/v1/cases/{case}/events"), report),
        (&served.all, "/v1/events:batch".to_owned(), events),
        (
            &served.admin,
            "/v1/tokens".to_owned(),
            json!({ "label": "x", "roles": ["a"], "person": "p", "expires": "2027-01-01T00:00:00Z" }),
        ),
        (&served.admin, "/v1/webhooks".to_owned(), json!({ "url": "file:x", "kinds": ["told"] })),
        (
            &served.admin,
            "/v1/protocols".to_owned(),
            json!({ "files": [{ "path": "protocol.toml", "text": "x" }] }),
        ),
    ];
    let mut n_tried = 0;
    for (token, path, body) in &bodies {
        for (pointer, changed) in with_nul(body, "") {
            let answer = served.post(token, path, &changed).is(422);
            assert!(answer.pointers().contains(&pointer), "{path} {pointer}: {answer:?}");
            n_tried += 1;
        }
    }
    assert!(n_tried > 40, "{n_tried}");
    let named = json!({ "event": "answered", "by": "clerk", "data": { "outcome\0": "upheld" } });
    served.post(&served.all, &format!("/v1/cases/{case}/events"), &named).is(422);
    // In an address it leads nowhere.
    for path in ["letters/a%00", "deadlines/a%00/ledger"] {
        served.get(&served.all, &format!("/v1/cases/{case}/{path}")).is(404);
    }
    served.get(&served.all, "/v1/cases/%00").is(404);
    served.get(&served.all, "/v1/cases?stage=%00").is(400);
    assert_eq!(served.get(&served.all, &format!("/v1/cases/{case}")).json()["version"], 1);
}
