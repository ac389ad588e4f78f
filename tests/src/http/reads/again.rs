//! What is read again and has not changed is not sent again.

use crate::http::served::Served;
use serde_json::{Value, json};

/// Every route that reads JSON for a role.
fn reads(case: &str) -> Vec<String> {
    let of_case = ["", "/timeline", "/allowed", "/deadlines/answer/ledger"];
    let mut all: Vec<String> = of_case.iter().map(|it| format!("/v1/cases/{case}{it}")).collect();
    all.extend(["/v1/cases", "/v1/worklist", "/v1/protocols"].map(str::to_owned));
    all
}

#[test]
fn every_read_has_a_tag_and_is_not_sent_again_while_it_is_the_same() {
    let served = Served::start();
    let (case, ..) = served.open("anna");
    served.open("bert");
    let answered = json!({ "event": "answered", "by": "clerk", "data": { "outcome": "upheld" } });
    let path = format!("/v1/cases/{case}/events");
    served.post(&served.all, &path, &answered).is(200);
    let again = |path: &str, tag: &str| {
        served.send(&served.all, "GET", path, &[("If-None-Match", tag)], &Value::Null)
    };
    for path in reads(&case) {
        let first = served.get(&served.all, &path).is(200);
        let tag = first.header("etag").unwrap_or_else(|| panic!("{path} has no tag")).to_owned();
        assert_eq!(first.header("cache-control"), Some("private, no-cache"), "{path}");
        let same = again(&path, &tag).is(304);
        assert_eq!((same.body.len(), same.header("etag")), (0, Some(tag.as_str())), "{path}");
        again(&path, &format!("\"x\", W/{tag}")).is(304);
        assert_eq!(again(&path, "\"x\"").is(200).body, first.body, "{path}");
    }
    // Whoever may not read it is not told that it is the same.
    let stranger = served.token(served.tenant, &["complainant"], Some("bert"));
    let read = format!("/v1/cases/{case}");
    let tag = served.get(&served.all, &read).header("etag").unwrap().to_owned();
    let theirs = [("If-None-Match", tag.as_str())];
    served.send(&stranger, "GET", &read, &theirs, &Value::Null).is(404);
    // What somebody else reads of it is something else.
    let other = served.get(&served.as_role("counsellor"), "/v1/worklist");
    assert_ne!(other.header("etag"), served.get(&served.all, "/v1/worklist").header("etag"));
}

#[test]
fn a_tag_changes_with_what_is_left_and_guards_against_what_was_recorded() {
    let served = Served::start();
    let (case, ..) = served.open("anna");
    let path = format!("/v1/cases/{case}");
    let tag = || served.get(&served.all, &path).is(200).header("etag").unwrap().to_owned();
    let first = tag();
    // The token of the first start works for a day.
    served.set("2026-06-02T08:00:00Z");
    // Nothing was recorded; a day less is left.
    let second = tag();
    assert_ne!(first, second);
    let known = [("If-None-Match", first.as_str())];
    served.send(&served.all, "GET", &path, &known, &Value::Null).is(200);
    // Both are of the same version, so that either guards the next event.
    let report = |key: &str, tag: &str| {
        let body =
            json!({ "event": "talk", "by": "counsellor", "entry": key, "data": {"note": "n"} });
        let headers = [("Idempotency-Key", key), ("If-Match", tag)];
        served.send(&served.all, "POST", &format!("{path}/events"), &headers, &body)
    };
    report("one", &first).is(200);
    assert_eq!(report("two", &second).is(412).problem(), "stale");
    report("three", &tag()).is(200);
}
