//! Stops over HTTP: what happened to them stands with the case on which they were proposed.

use crate::http::client::Answer;
use crate::http::roles::play::Stage;
use crate::http::stream;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

const FOLDER: &str = "../protocols/conduct";

/// A case on which a stop was warned of, decided, appealed against, reviewed, and has ended.
fn staged() -> (Stage, String) {
    let mut stage = Stage::new(Path::new(FOLDER));
    let sink = json!({ "url": "file:everything" });
    stage.served.send(&stage.served.admin, "POST", "/v1/webhooks", &[], &sink).is(201);
    stage.play_one(Path::new(FOLDER), "only-with-one-person");
    let case = stage.cases[0].id.clone();
    (stage, case)
}

fn get(stage: &Stage, path: &str) -> Answer {
    stage.served.get(&stage.all, path)
}

#[test]
fn a_timeline_holds_what_happened_to_the_stops_of_the_case() {
    let (stage, case) = staged();
    let told = get(&stage, &format!("/v1/cases/{case}/timeline")).is(200).json();
    let decisions = told["decisions"].as_array().unwrap();
    let of_stop: Vec<&Value> = decisions.iter().filter(|it| it.get("stop").is_some()).collect();
    let ids: BTreeSet<&str> = of_stop.iter().map(|it| it["stop"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 1, "{ids:?}");
    let events: Vec<&str> = of_stop.iter().filter_map(|it| it["event"]["event"].as_str()).collect();
    let expected =
        ["stop_proposed", "stop_decided", "stop_appealed", "stop_appeal_decided", "stop_reviewed"];
    assert_eq!(events, expected);
    for fact in of_stop.iter().flat_map(|it| it["facts"].as_array().unwrap()) {
        assert_eq!(fact["of_stop"], "named_contact");
    }
    assert!(of_stop.last().unwrap().get("event").is_none(), "it lapsed by itself");
    let recorded: Vec<&str> =
        decisions.iter().map(|it| it["recorded_at"].as_str().unwrap()).collect();
    assert!(recorded.is_sorted(), "{recorded:?}");
    // As it was known a day after the warning.
    let path = format!("/v1/cases/{case}/timeline?as_known_at=2026-03-03T12:00:00Z");
    let known = get(&stage, &path).is(200).json();
    let n_known = known["decisions"].as_array().unwrap().len();
    assert_eq!(known["decisions"].as_array().unwrap(), &decisions[..n_known]);
    assert!(n_known < decisions.len());
    // A stop has no address of its own.
    get(&stage, &format!("/v1/cases/{}", ids.first().unwrap())).is(404);
}

#[test]
fn letters_of_a_stop_are_read_as_those_of_the_case() {
    let (stage, case) = staged();
    let path = |letter: &str, query: &str| format!("/v1/cases/{case}/letters/{letter}{query}");
    let warning = get(&stage, &path("conduct_warning", "")).is(200).json();
    assert_eq!(warning["recipient"], "complainant");
    assert!(warning["at"].as_str().unwrap().starts_with("2026-03-02"), "{warning}");
    let decision = get(&stage, &path("conduct_decision", "")).is(200).json();
    let text = decision["text"].as_str().unwrap();
    // Its end and the last day for an appeal stand in it.
    assert!(text.contains("2027") && text.contains("14 April 2026"), "{text}");
    get(&stage, &path("conduct_decision", "?as_known_at=2026-03-16T12:00:00Z")).is(404);
    get(&stage, &path("conduct_decision", "?as_known_at=2026-03-17T12:00:00Z")).is(200);
    get(&stage, &path("conduct_decision", "?number=2")).is(404);
    let person = stage.cases[0].complainant.clone().unwrap();
    let served = &stage.served;
    let own = served.token(served.tenant, &["complainant"], Some(&person));
    served.get(&own, &path("conduct_decision", "")).is(200);
    let other = served.token(served.tenant, &["complainant"], Some("x"));
    served.get(&other, &path("conduct_decision", "")).is(404);
}

#[test]
fn the_stream_of_facts_and_what_receivers_are_sent_hold_those_of_stops() {
    let (stage, case) = staged();
    let timeline = get(&stage, &format!("/v1/cases/{case}/timeline")).json();
    let facts = |is_stop: bool| -> usize {
        let all = timeline["decisions"].as_array().unwrap().iter();
        let those = all.filter(|it| it.get("stop").is_some() == is_stop);
        those.map(|it| it["facts"].as_array().unwrap().len()).sum()
    };
    let n_facts = facts(true) + facts(false);
    let sent = stream::take(&mut stream::open(&stage.served, &stage.all, None), n_facts);
    let of_stop: Vec<&Value> =
        sent.iter().map(|(_, it)| it).filter(|it| it.get("stop").is_some()).collect();
    assert_eq!(of_stop.len(), facts(true));
    assert!(of_stop.iter().all(|it| it["case"] == case.as_str()));
    let sequences: Vec<u64> =
        of_stop.iter().map(|it| it["fact"]["sequence"].as_u64().unwrap()).collect();
    assert!(sequences.is_sorted());
    let place = stage.served.keeper.place();
    let waiting = store::cases::MessageState::Waiting;
    let messages = place.messages(stage.served.tenant, waiting, 10_000).unwrap();
    let bodies = messages.iter().map(|it| serde_json::from_slice(&it.message.body).unwrap());
    let bodies: Vec<Value> = bodies.filter(|it: &Value| it.get("stop").is_some()).collect();
    assert_eq!(bodies.len(), of_stop.len());
    for body in bodies {
        assert_eq!((&body["case"], &body["stop"]), (&json!(case), &of_stop[0]["stop"]));
    }
}

#[test]
fn a_worklist_names_the_case_of_a_stop() {
    let mut stage = Stage::new(Path::new(FOLDER));
    stage.play_one(Path::new(FOLDER), "warned-and-heard-no-more-of");
    let case = stage.cases[0].id.clone();
    let body = json!({ "event": "stop_proposed", "stop": "named_contact", "by": "officer:olga",
        "reason": "once more" });
    let officer = stage.token("officer");
    let path = format!("/v1/cases/{case}/events");
    stage.served.post(&officer, &path, &body).is(200);
    let now = store::clock::Clock::now(&*stage.served.clock);
    stage.served.clock.set(now.plus_ms(20 * 86_400_000).unwrap());
    let decided = json!({ "event": "stop_decided", "stop": "named_contact", "by": "manager:mark",
        "reason": "it has not changed" });
    stage.served.post(&stage.token("manager"), &path, &decided).is(200);
    let duties = get(&stage, "/v1/worklist").is(200).json()["duties"].clone();
    let of_stop = duties.as_array().unwrap().iter().find(|it| it.get("stop").is_some()).cloned();
    let of_stop = of_stop.unwrap_or_else(|| panic!("{duties}"));
    assert_eq!((&of_stop["stop"], &of_stop["case"]["id"]), (&json!("named_contact"), &json!(case)));
}
