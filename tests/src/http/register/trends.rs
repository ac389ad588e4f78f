//! Trends over HTTP: to those whom they tell, in both readings of the past.

use crate::http::served::{PROTOCOL, Served, sources};
use serde_json::{Value, json};
use server::running::Limits;

const TRENDS: &str = r#"
[trends.alike]
title    = "Several people say the same"
group_by = ["complaint", "outcome"]
count    = 3
distinct = "complainant"
within   = "10 calendar days"
tells    = ["manager"]
source   = "house rule 16"

[trends.urgent]
group_by = ["complaint"]
count    = 2
within   = "10 calendar days"
tells    = ["clerk"]
"#;

/// A shop that watches; its outcomes are for the counsellor alone to read.
fn served() -> Served {
    let outcome = "outcome   = { type = \"choice\", of = [\"upheld\", \"not_upheld\"]";
    let secret = format!("{outcome}, default = \"upheld\", read_by = [\"counsellor\"]");
    let text = PROTOCOL.replace(outcome, &secret).replace(", carries = [\"outcome\"]", "");
    let text = text.replace(", states = [\"outcome\"]", "");
    Served::of(&sources(&(text + TRENDS)), Limits::default())
}

fn names(list: &Value) -> Vec<&str> {
    let all = list["trends"].as_array().unwrap();
    all.iter().map(|it| it["name"].as_str().unwrap()).collect()
}

const PATH: &str = "/v1/trends?protocol=shop";

#[test]
fn those_are_told_whom_a_trend_names() {
    let served = served();
    let (manager, clerk) = (served.as_role("manager"), served.as_role("clerk"));
    assert_eq!(served.get(&manager, PATH).is(200).json()["trends"][0]["signals"], json!([]));
    let cases = ["anna", "bert", "cleo"].map(|it| served.open(it));
    let read = served.get(&manager, PATH).is(200);
    let read: server::wire::TrendList = serde_json::from_slice(&read.body).unwrap();
    let [trend] = read.trends.as_slice() else { panic!("{read:?}") };
    assert_eq!((trend.name.as_str(), trend.count, trend.distinct), ("alike", 3, true));
    assert_eq!(
        (trend.tells.as_slice(), trend.signals_total),
        (["manager".to_owned()].as_slice(), 1)
    );
    assert_eq!(trend.rule.source.as_deref(), Some("house rule 16"));
    let signal = &trend.signals[0];
    assert_eq!((signal.since.as_str(), signal.most), ("2026-06-01T09:00:00Z", 3));
    let mut ids: Vec<&str> =
        signal.cases.as_ref().unwrap().iter().map(|it| it.id.as_str()).collect();
    let mut opened: Vec<&str> = cases.iter().map(|it| it.0.as_str()).collect();
    ids.sort_unstable();
    opened.sort_unstable();
    assert_eq!(ids, opened);
    // The manager does not read outcomes, whatever is counted by them.
    let common = served.get(&manager, PATH).json()["trends"][0]["signals"][0]["common"].clone();
    assert_eq!(common[0]["value"], "The drill smokes");
    assert_eq!(common[1], json!({ "field": "outcome" }));

    assert_eq!(names(&served.get(&clerk, PATH).is(200).json()), ["urgent"]);
    assert_eq!(names(&served.get(&served.all, PATH).is(200).json()), ["alike", "urgent"]);
    assert_eq!(names(&served.get(&served.as_role("counsellor"), PATH).is(200).json()), [""; 0]);
    let all = served.get(&served.admin, PATH).is(200).json();
    assert_eq!(names(&all), ["alike", "urgent"]);
    let signal = &all["trends"][0]["signals"][0];
    assert_eq!((&signal["most"], signal.get("cases")), (&json!(3), None));
    assert_eq!(signal["common"][1], json!({ "field": "outcome" }));
    for text in [cases[0].0.as_str(), "upheld"] {
        assert!(!all.to_string().contains(text), "{text} in {all}");
    }
}

#[test]
fn nobody_else_finds_any() {
    let served = served();
    let other = served.keeper.place().tenant("other").unwrap();
    let (clerk, stranger) = (served.token(other, &["clerk"], None), served.as_role("astronaut"));
    let anna = served.token(served.tenant, &["complainant"], Some("anna"));
    for token in [clerk, stranger, anna] {
        assert_eq!(served.get(&token, PATH).is(404).problem(), "not-found");
    }
    served.get("redress_x", PATH).is(401);
    for token in [&served.all, &served.admin] {
        served.get(token, "/v1/trends?protocol=shoe").is(404);
    }
}

#[test]
fn the_past_is_read_as_it_was() {
    let served = served();
    served.open("anna");
    served.set("2026-06-01T12:00:00Z");
    served.open("bert");
    let clerk = served.as_role("clerk");
    let total = |more: &str| {
        let read = served.get(&clerk, &format!("{PATH}{more}")).is(200).json();
        read["trends"][0]["signals_total"].clone()
    };
    assert_eq!(total(""), 1);
    assert_eq!(total("&limit=1"), 1);
    for word in ["as_of", "as_known_at"] {
        assert_eq!(total(&format!("&{word}=2026-06-01T11:59:59Z")), 0, "{word}");
        assert_eq!(total(&format!("&{word}=2026-06-01T12:00:00Z")), 1, "{word}");
    }
}

#[test]
fn what_is_asked_for_is_understood_or_refused() {
    let served = served();
    let long = format!("?protocol=shop&as_of={}", "9".repeat(2_000));
    let twice = "?protocol=shop&as_of=2026-06-01T12:00:00Z&as_known_at=2026-06-01T12:00:00Z";
    for wrong in [
        "",
        twice,
        &long,
        "?protocol=shop&as_of=2026-06-01",
        "?protocol=shop&as_of=2026-06-01T25:00:00Z",
        "?protocol=shop&limit=0",
        "?protocol=shop&limit=501",
        "?protocol=shop&limit=-1",
        "?protocol=shop&role=manager",
        "?protocol=shop&%00=1",
    ] {
        let path = format!("/v1/trends{wrong}");
        let answer = served.get(&served.all, &path).is(400);
        assert_eq!(answer.problem(), "bad-parameter", "{path}");
    }
    for id in ["..%2F..", "%27%20OR%201%3D1", "%E2%80%AE", &"x".repeat(1_000)] {
        served.get(&served.all, &format!("/v1/trends?protocol={id}")).is(404);
    }
}
