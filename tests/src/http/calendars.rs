//! Calendars are amended while cases are open.

use std::time::Duration;

use crate::http::client::Answer;
use crate::http::served::Served;
use serde_json::{Value, json};

/// Wednesday, 10 June 2026: a day of mourning.
pub(crate) fn amendment() -> Value {
    json!({
        "calendar": "england-and-wales",
        "add": ["2026-06-10"],
        "reason": "Day of mourning",
        "source": "Proclamation of 2 June 2026",
    })
}

const ROUTE: &str = "/v1/calendars/amendments";

/// When the answer is due, as the worklist says it: what is kept, without looking at the case.
fn due(served: &Served, case: &str) -> String {
    let list = served.get(&served.all, "/v1/worklist?limit=200").is(200).json();
    let mut all = list["duties"].as_array().unwrap().iter();
    let own = all.rfind(|it| it.to_string().contains(case));
    own.unwrap_or_else(|| panic!("{list}")).to_string()
}

fn read(served: &Served, case: &str, when: &str) -> Answer {
    served.get(&served.all, &format!("/v1/cases/{case}{when}")).is(200)
}

fn wait(served: &Served) {
    for _ in 0..5_000 {
        let all = served.get(&served.admin, ROUTE).is(200).json();
        if all["amendments"].as_array().unwrap().iter().all(|it| it["done"] == true) {
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    panic!("the cases were not counted again");
}

/// Opened on 1 June, ten working days end on 12 June, a Friday, and on Saturday with a day of
/// mourning: the shop is open then.
#[test]
fn e12_a_holiday_is_proclaimed_and_what_is_owed_moves_once() {
    let mut served = Served::start();
    let cases: Vec<String> = (0..40).map(|n| served.open(&format!("p{n}")).0).collect();
    served.set("2026-06-01T15:00:00Z");
    let made = served.post(&served.admin, ROUTE, &amendment()).is(201).json();
    assert_eq!((made["number"].as_u64(), made["by"].as_str()), (Some(1), Some("admin")));
    assert_eq!(made["recorded_at"], "2026-06-01T15:00:00Z");
    // Read before its turn or after it, a case says the same.
    let first = String::from_utf8(read(&served, &cases[0], "").body).unwrap();
    wait(&served);
    let old = due_of(&read(&served, &cases[0], "?as_known_at=2026-06-01T12:00:00Z").json());
    let new = due_of(&read(&served, &cases[0], "").json());
    assert_eq!(due_of(&serde_json::from_str(&first).unwrap()), new);
    assert_ne!(old, new);
    for case in &cases {
        assert!(due(&served, case).contains(&new), "{}", due(&served, case));
        let timeline = served.get(&served.all, &format!("/v1/cases/{case}/timeline")).is(200);
        let told = String::from_utf8(timeline.body).unwrap();
        assert_eq!(told.matches("deadline-moved").count(), 1, "{told}");
        assert!(told.contains(made["hash"].as_str().unwrap()), "{told}");
    }
    let path = format!("/v1/cases/{}/deadlines/answer/ledger", cases[0]);
    let ledger = String::from_utf8(served.get(&served.all, &path).is(200).body).unwrap();
    assert!(ledger.contains("Day of mourning (calendar amended on 2026-06-01)"), "{ledger}");
    // The same again would change nothing.
    let again = served.post(&served.admin, ROUTE, &amendment()).is(422);
    assert_eq!(again.pointers(), ["/add"]);
    let later = served.open("late").0;
    assert_eq!(due_of(&read(&served, &later, "").json()), new_after_a_day(&served, &later));
    served.stop();
}

/// A new case counts by the amended calendar from its beginning: nothing of it ever moved.
fn new_after_a_day(served: &Served, case: &str) -> String {
    let timeline = served.get(&served.all, &format!("/v1/cases/{case}/timeline")).is(200);
    let told = String::from_utf8(timeline.body).unwrap();
    assert!(!told.contains("deadline-moved") && told.contains("calendars-amended"), "{told}");
    due_of(&read(served, case, "").json())
}

/// The first due instant that a case tells of.
fn due_of(case: &Value) -> String {
    let text = case.to_string();
    let (_, rest) = text.split_once("\"due\":\"").unwrap_or_else(|| panic!("{text}"));
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn who_answers_for_the_protocol_may_amend_and_nobody_else() {
    let served = Served::start();
    let clerk = served.as_role("clerk");
    assert_eq!(served.post(&clerk, ROUTE, &amendment()).is(403).problem(), "forbidden");
    let manager = served.token(served.tenant, &["manager"], Some("max"));
    let made = served.post(&manager, ROUTE, &amendment()).is(201).json();
    assert_eq!((made["by"].as_str(), made["person"].as_str()), (Some("manager"), Some("max")));
    let mut own = amendment();
    own["calendar"] = json!("shop/shop");
    own["add"] = json!(["2026-06-11"]);
    served.post(&manager, ROUTE, &own).is(201);
    let all = served.get(&clerk, ROUTE).is(200).json();
    assert_eq!(all["amendments"].as_array().unwrap().len(), 2);
}

#[test]
fn an_amendment_that_makes_no_sense_is_not_recorded() {
    let served = Served::start();
    let check = |change: Value, pointers: &[&str]| {
        let mut body = amendment();
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let answer = served.post(&served.admin, ROUTE, &body).is(422);
        assert_eq!(answer.pointers(), pointers, "{body}");
    };
    check(json!({ "calendar": "atlantis" }), &["/calendar"]);
    check(json!({ "calendar": "" }), &["/calendar"]);
    check(json!({ "add": ["10 June"] }), &["/add/0"]);
    check(json!({ "add": [], "remove": ["2026-06-31"] }), &["/remove/0"]);
    check(json!({ "add": [] }), &["/add"]);
    check(json!({ "add": ["2026-06-07"] }), &["/add"]);
    check(json!({ "remove": ["2026-06-12"] }), &["/remove"]);
    check(json!({ "remove": ["2026-06-10"] }), &["/remove"]);
    check(json!({ "reason": "" }), &["/reason"]);
    check(json!({ "source": "a\u{7}" }), &["/source"]);
    check(json!({ "reason": "x".repeat(9_000) }), &["/reason"]);
    check(json!({ "more": 1 }), &["/more"]);
    let all = served.get(&served.admin, ROUTE).is(200).json();
    assert_eq!(all["amendments"], json!([]));
}
