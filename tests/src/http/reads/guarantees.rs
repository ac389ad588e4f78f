//! A guarantee that is broken is told like anything else that happens to a case.

use crate::http::served::{PROTOCOL, Served, sources};
use serde_json::{Value, json};
use server::running::Limits;
use store::cases::MessageState;

/// Five working days after Monday, 1 June 2026 end on Saturday the 6th at 17:30 in London.
const ANSWERED: &str = r#"

[[guarantees]]
id     = "answered-in-a-week"
says   = "Whoever complains is answered within five working days."
source = "notice at the counter"
from   = ["opened"]
within = "5 working days"
expect = ["letter:answer"]
"#;

/// The facts of a case that say something of a guarantee, and the one after each that is broken.
fn of_guarantees(served: &Served, token: &str, case: &str) -> Vec<Value> {
    let path = format!("/v1/cases/{case}/timeline");
    let told = served.get(token, &path).is(200).json();
    let decisions = told["decisions"].as_array().unwrap();
    let facts = decisions.iter().flat_map(|it| it["facts"].as_array().unwrap().clone());
    let kind = |it: &Value| it["kind"].as_str().unwrap().to_owned();
    let mut broken = false;
    let mut found = Vec::new();
    for fact in facts {
        if broken || kind(&fact).starts_with("guarantee-") {
            found.push(fact.clone());
        }
        broken = kind(&fact) == "guarantee-broken";
    }
    found
}

#[test]
fn a_broken_guarantee_is_a_fact_and_goes_out_like_any_other() {
    let text = format!("{PROTOCOL}{ANSWERED}");
    let served = Served::of(&sources(&text), Limits::default());
    let sink = |kinds: Value| json!({ "url": "https://example.org/x", "kinds": kinds });
    let made = served.post(&served.admin, "/v1/webhooks", &sink(json!(["guarantee-broken"])));
    let only = made.is(201).json()["webhook"]["id"].as_i64().unwrap();
    let made = served.post(&served.admin, "/v1/webhooks", &sink(json!(["told"])));
    let told = made.is(201).json()["webhook"]["id"].as_i64().unwrap();

    let token = served.token(served.tenant, &["clerk", "complainant"], None);
    let of_guarantees = |case: &str| of_guarantees(&served, &token, case);
    let (open, ..) = served.open("anna");
    let (closed, ..) = served.open("ben");
    let (answered, ..) = served.open("carla");
    served.set("2026-06-02T09:00:00Z");
    let say = |case: &str, event: &str, body: Value| {
        let mut body = body;
        body["event"] = json!(event);
        served.post(&token, &format!("/v1/cases/{case}/events"), &body).is(200);
    };
    say(&closed, "withdrawn", json!({ "by": "complainant" }));
    say(&answered, "answered", json!({ "by": "clerk", "data": { "outcome": "upheld" } }));
    served.set("2026-06-06T16:30:00Z");
    served.settle();
    assert_eq!(of_guarantees(&open).len(), 1, "the last instant is within the term");
    served.set("2026-06-08T09:00:00Z");
    served.settle();

    for case in [&open, &closed] {
        let [begun, broken, after] = of_guarantees(case).try_into().unwrap();
        assert_eq!((&begun["kind"], &begun["due"]), (&json!("guarantee-begun"), &broken["at"]));
        assert_eq!(broken["kind"], "guarantee-broken");
        assert_eq!(broken["guarantee"], "answered-in-a-week");
        assert_eq!(broken["at"], "2026-06-06T16:30:00Z");
        assert_eq!((&after["kind"], &after["party"]), (&json!("told"), &json!("manager")));
    }
    let of_answered = of_guarantees(&answered);
    let kinds: Vec<&str> = of_answered.iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["guarantee-begun", "guarantee-kept"]);

    let place = served.keeper.place();
    let waiting = place.messages(served.tenant, MessageState::Waiting, 1_000).unwrap();
    let of = |id: i64| waiting.iter().filter(move |it| i64::from(it.message.webhook.0) == id);
    assert_eq!(of(only).count(), 2);
    for it in of(only) {
        let body: Value = serde_json::from_slice(&it.message.body).unwrap();
        assert_eq!(body["fact"]["kind"], "guarantee-broken", "{body}");
        assert_eq!(body["fact"]["guarantee"], "answered-in-a-week", "{body}");
        assert_eq!((it.message.kind.as_str(), &it.message.tells), ("guarantee-broken", &None));
    }
    assert_eq!(of(told).filter(|it| it.message.tells.as_deref() == Some("manager")).count(), 2);
}
