//! Lists: page by page, nothing twice and nothing left out.

use crate::http::served::Served;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[test]
fn a_list_is_read_page_by_page() {
    let served = Served::start();
    let opened: Vec<String> = (0..7).map(|it| served.open(&format!("c{it}")).0).collect();
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    for _ in 0..10 {
        let page = served.get(&served.all, &format!("/v1/cases?limit=3{cursor}")).is(200).json();
        let cases = page["cases"].as_array().unwrap();
        assert!(cases.len() <= 3);
        ids.extend(cases.iter().map(|it| it["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(ids, opened, "in the order of opening");
}

#[test]
fn a_list_is_of_what_was_asked_for() {
    let served = Served::start();
    let (one, ..) = served.open("anna");
    served.open("bert");
    let answered = json!({ "event": "answered", "by": "clerk", "data": { "outcome": "upheld" } });
    served.post(&served.all, &format!("/v1/cases/{one}/events"), &answered).is(200);
    let count = |query: &str| {
        let found = served.get(&served.all, &format!("/v1/cases?{query}")).is(200).json();
        found["cases"].as_array().unwrap().len()
    };
    assert_eq!(count("stage=answered"), 1);
    assert_eq!(count("closed=false"), 1);
    assert_eq!(count("complainant=bert"), 1);
    assert_eq!(count("protocol=shop"), 2);
    assert_eq!(count("protocol=other"), 0);
    assert_eq!(count("due_before=2026-06-12T16:30:00.001Z"), 1);
    assert_eq!(count("due_before=2026-06-12T16:30:00Z"), 0);
    assert_eq!(count("breached=true"), 0);
    assert_eq!(count("stage=%3Cscript%3E"), 0);
}

#[test]
fn a_worklist_is_of_the_roles_of_the_token() {
    let served = Served::start();
    let cases: BTreeSet<String> = (0..5).map(|it| served.open(&format!("c{it}")).0).collect();
    let clerk = served.as_role("clerk");
    let mut found = BTreeSet::new();
    let mut cursor = String::new();
    for _ in 0..10 {
        let page = served.get(&clerk, &format!("/v1/worklist?limit=2{cursor}")).is(200).json();
        for duty in page["duties"].as_array().unwrap() {
            assert_eq!((&duty["deadline"], &duty["party"]), (&json!("answer"), &json!("clerk")));
            assert_eq!(duty["due"], "2026-06-12T16:30:00Z");
            found.insert(duty["case"]["id"].as_str().unwrap().to_owned());
        }
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(found, cases);
    let manager = served.as_role("manager");
    assert_eq!(served.get(&manager, "/v1/worklist").is(200).json()["duties"], json!([]));
    served.get(&manager, "/v1/worklist?role=clerk").is(403);
    assert_eq!(
        served.get(&served.all, "/v1/worklist?role=clerk").is(200).json()["duties"]
            .as_array()
            .map(Vec::len),
        Some(5)
    );
    assert_eq!(served.get(&clerk, "/v1/worklist?role=clerk").json()["next"], Value::Null);
}
