//! The past of a case: as it was, as it was known, in every part that has a past.

use crate::http::served::Served;
use serde_json::{Value, json};

/// A token that lasts: the one of the first start works for a day.
fn token(served: &Served) -> String {
    served.token(served.tenant, &["clerk", "manager", "complainant"], None)
}

/// Answered on the 3rd, and entered on the 4th.
fn answered_late(served: &Served) -> String {
    let (case, ..) = served.open("anna");
    served.set("2026-06-04T09:00:00Z");
    let answered = json!({ "event": "answered", "at": "2026-06-03T10:00:00Z", "by": "clerk",
        "reason": "the post was late", "data": { "outcome": "upheld" } });
    served.post(&token(served), &format!("/v1/cases/{case}/events"), &answered).is(200);
    case
}

fn get(served: &Served, case: &str, part: &str) -> Value {
    served.get(&token(served), &format!("/v1/cases/{case}{part}")).is(200).json()
}

#[test]
fn what_a_case_took_is_read_as_it_was_and_as_it_was_known() {
    let served = Served::start();
    let case = answered_late(&served);
    let takes = |query: &str| -> Vec<String> {
        let all = get(&served, &case, &format!("/allowed{query}"));
        let open = all["events"].as_array().unwrap().iter().filter(|it| it["by"] != json!([]));
        open.map(|it| it["event"].as_str().unwrap().to_owned()).collect()
    };
    assert!(takes("").contains(&"overruled".to_owned()));
    assert!(!takes("").contains(&"answered".to_owned()));
    // It was answered on the 3rd; until the 4th nobody knew.
    assert!(takes("?as_of=2026-06-03T12:00:00Z").contains(&"overruled".to_owned()));
    assert!(takes("?as_known_at=2026-06-03T12:00:00Z").contains(&"answered".to_owned()));
    assert!(takes("?as_of=2026-06-02T12:00:00Z").contains(&"answered".to_owned()));
}

#[test]
fn a_deadline_is_read_as_it_ran() {
    let served = Served::start();
    let case = answered_late(&served);
    for query in ["", "?as_of=2026-06-02T09:00:00Z", "?as_known_at=2026-06-02T09:00:00Z"] {
        let ledger = get(&served, &case, &format!("/deadlines/answer/ledger{query}"));
        assert_eq!(ledger["due"], "2026-06-12T16:30:00Z", "{query}: {ledger}");
    }
    // Before it was opened there was none.
    let path = format!("/v1/cases/{case}/deadlines/answer/ledger?as_of=2026-05-01T09:00:00Z");
    served.get(&token(&served), &path).is(404);
}

#[test]
fn a_timeline_and_the_letters_end_where_they_were_known() {
    let served = Served::start();
    let case = answered_late(&served);
    let n_decisions = |query: &str| {
        get(&served, &case, &format!("/timeline{query}"))["decisions"].as_array().unwrap().len()
    };
    assert_eq!(n_decisions(""), 2);
    assert_eq!(n_decisions("?as_known_at=2026-06-04T08:59:59.999Z"), 1);
    assert_eq!(n_decisions("?as_known_at=2026-06-04T09:00:00Z"), 2);
    assert_eq!(n_decisions("?as_known_at=2026-05-31T09:00:00Z"), 0);
    let letter = |query: &str| {
        served.get(&token(&served), &format!("/v1/cases/{case}/letters/answer{query}")).status
    };
    assert_eq!(letter("?as_known_at=2026-06-04T08:59:59.999Z"), 404);
    assert!([200, 404].contains(&letter("")), "without a text there is no letter");
}

#[test]
fn one_reading_at_a_time_and_no_other_words() {
    let served = Served::start();
    let (case, ..) = served.open("anna");
    let both = "as_of=2026-06-01T09:00:00Z&as_known_at=2026-06-01T09:00:00Z";
    for part in ["", "/allowed", "/deadlines/answer/ledger"] {
        let path = format!("/v1/cases/{case}{part}?");
        assert_eq!(
            served.get(&served.all, &format!("{path}{both}")).is(400).problem(),
            "bad-parameter"
        );
        let wrong = served.get(&served.all, &format!("{path}as_of=yesterday")).is(400);
        assert_eq!(wrong.pointers(), ["/query/as_of"]);
    }
    for part in ["/timeline", "/letters/answer"] {
        let path = format!("/v1/cases/{case}{part}?as_of=2026-06-01T09:00:00Z");
        assert_eq!(served.get(&served.all, &path).is(400).pointers(), ["/query/as_of"]);
    }
}

#[test]
fn what_is_to_come_is_not_told_as_if_it_were_known() {
    let served = Served::start();
    let (case, ..) = served.open("anna");
    for (part, name) in [
        ("", "as_of"),
        ("", "as_known_at"),
        ("/allowed", "as_of"),
        ("/deadlines/answer/ledger", "as_known_at"),
        ("/timeline", "as_known_at"),
        ("/letters/answer", "as_known_at"),
    ] {
        for at in ["2026-09-01T09:00:00Z", "9999-12-31T23:59:59Z"] {
            let path = format!("/v1/cases/{case}{part}?{name}={at}");
            let refused = served.get(&served.all, &path).is(400);
            assert_eq!(refused.pointers(), [format!("/query/{name}")], "{path}");
        }
    }
    let path = "/v1/register.csv?protocol=shop&as_of=2026-09-01T09:00:00Z";
    assert_eq!(served.get(&served.all, path).is(400).pointers(), ["/query/as_of"]);
    // The clock of another node is a little ahead.
    let path = format!("/v1/cases/{case}?as_of=2026-06-01T09:00:04Z");
    let read = served.get(&served.all, &path).is(200).json();
    assert_eq!(read["breached"], false);
}
