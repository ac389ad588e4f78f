//! Who may do what: nobody without a token, and nobody more than the protocol lets them.

use crate::http::client::send;
use crate::http::roles::every::{Filling, Route, routes};
use crate::http::served::Served;
use serde_json::json;

#[test]
fn no_route_answers_without_a_token_that_works() {
    let served = Served::start();
    let (case, ..) = served.open("anna");
    let unknown = server::access::Secret::new().unwrap();
    let headers: [&[(&str, &str)]; 6] = [
        &[],
        &[("Authorization", "Basic YTpi")],
        &[("Authorization", "Bearer")],
        &[("Authorization", "Bearer redress_short")],
        &[("Authorization", &format!("Bearer {}", unknown.shown()))],
        &[
            ("Authorization", &format!("Bearer {}", served.all)),
            ("Authorization", &format!("Bearer {}", served.admin)),
        ],
    ];
    for Route { method, path, .. } in routes(&Filling::of_case(&case)) {
        for headers in headers {
            let answer = send(served.at, &method, &path, headers, b"");
            assert_eq!(answer.status, 401, "{method} {path} {headers:?}");
            assert_eq!(answer.problem(), "no-token");
            assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        }
    }
}

#[test]
fn administration_reads_no_case_and_roles_manage_nothing() {
    let served = Served::start();
    let (case, ..) = served.open("anna");
    for route in routes(&Filling::of_case(&case)) {
        let Route { method, path, body, .. } = &route;
        // Administration sees trends and no case of them: `tests/src/http/register/trends.rs`.
        if ["/v1/protocols", "/v1/calendars", "/v1/trends"]
            .iter()
            .any(|it| route.template.starts_with(it))
            && method == "GET"
        {
            continue;
        }
        let token = if route.is_administration() { &served.all } else { &served.admin };
        let key = [("Idempotency-Key", "k")];
        let answer = served.send(token, method, path, &key, body);
        assert_eq!(answer.status, 403, "{method} {path}: {answer:?}");
        assert_eq!(answer.problem(), "forbidden");
    }
}

#[test]
fn a_role_that_the_protocol_does_not_have_finds_nothing() {
    let served = Served::start();
    let (case, ..) = served.open("anna");
    let token = served.as_role("astronaut");
    for path in ["", "/timeline", "/allowed", "/deadlines/answer/ledger"] {
        served.get(&token, &format!("/v1/cases/{case}{path}")).is(404);
    }
    assert_eq!(served.get(&token, "/v1/cases").is(200).json()["cases"], json!([]));
    let report = json!({ "event": "answered", "by": "astronaut", "data": { "outcome": "upheld" } });
    served.post(&token, &format!("/v1/cases/{case}/events"), &report).is(404);
}

#[test]
fn a_token_reports_as_its_roles_and_enters_what_the_protocol_lets_it() {
    let served = Served::start();
    let (case, ..) = served.open("anna");
    let path = format!("/v1/cases/{case}/events?dry_run=true");
    let clerk = served.as_role("clerk");
    let report = |token: &str, by: &str, entered_by: Option<&str>, event: &str| {
        let data = if event == "answered" { json!({ "outcome": "upheld" }) } else { json!({}) };
        let body = json!({ "event": event, "by": by, "entered_by": entered_by, "data": data });
        served.send(token, "POST", &path, &[], &body).status
    };
    assert_eq!(report(&clerk, "clerk", None, "answered"), 200);
    assert_eq!(report(&clerk, "manager", None, "answered"), 403);
    assert_eq!(report(&clerk, "complainant", None, "withdrawn"), 403);
    assert_eq!(report(&clerk, "complainant", Some("clerk"), "withdrawn"), 200);
    assert_eq!(report(&clerk, "complainant", Some("manager"), "withdrawn"), 403);
    // The token may say so, and the protocol does not let a clerk enter this for somebody else.
    assert_eq!(report(&clerk, "manager", Some("clerk"), "answered"), 409);
    let mia = served.token(served.tenant, &["clerk"], Some("mia"));
    assert_eq!(report(&mia, "clerk", None, "answered"), 200);
    assert_eq!(report(&mia, "clerk:mia", None, "answered"), 200);
    assert_eq!(report(&mia, "clerk:zoe", None, "answered"), 403);
}

#[test]
fn a_complainant_reads_and_reports_on_the_own_case_alone() {
    let served = Served::start();
    let (own, ..) = served.open("anna");
    let (other, ..) = served.open("bert");
    let anna = served.token(served.tenant, &["complainant"], Some("anna"));
    served.get(&anna, &format!("/v1/cases/{own}")).is(200);
    served.get(&anna, &format!("/v1/cases/{other}")).is(404);
    let cases = served.get(&anna, "/v1/cases").is(200).json()["cases"].clone();
    let ids: Vec<&str> =
        cases.as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [own.as_str()]);
    let withdrawn = json!({ "event": "withdrawn", "by": "complainant" });
    served.post(&anna, &format!("/v1/cases/{other}/events"), &withdrawn).is(404);
    served.post(&anna, &format!("/v1/cases/{own}/events"), &withdrawn).is(200);
    let of_bert = json!({ "protocol": "shop", "by": "complainant", "complainant": "bert", "data": { "complaint": "x" } });
    served.post(&anna, "/v1/cases", &of_bert).is(403);
    // Nobody is everybody: a token of complainants that names no person reads nothing.
    let nobody = served.as_role("complainant");
    served.get(&nobody, &format!("/v1/cases/{own}")).is(404);
    assert_eq!(served.get(&nobody, "/v1/cases").is(200).json()["cases"], json!([]));
}

#[test]
fn what_is_said_in_confidence_stays_with_its_role() {
    const SECRET: &str = "afraid-of-the-manager";
    let served = Served::start();
    let (case, ..) = served.open("anna");
    let counsellor = served.as_role("counsellor");
    let talk =
        json!({ "event": "talk", "by": "counsellor", "entry": "t1", "data": { "note": SECRET } });
    let told = served.post(&counsellor, &format!("/v1/cases/{case}/events"), &talk).is(200);
    assert!(String::from_utf8_lossy(&told.body).contains(SECRET));
    let paths = ["", "/timeline", "/allowed", "?as_of=2026-06-01T09:00:00Z"];
    for path in paths {
        let path = format!("/v1/cases/{case}{path}");
        for role in ["clerk", "manager"] {
            let read = served.get(&served.as_role(role), &path).is(200);
            assert!(!String::from_utf8_lossy(&read.body).contains(SECRET), "{role} {path}");
        }
    }
    let read = |role: &str| {
        let path = format!("/v1/cases/{case}");
        served.get(&served.as_role(role), &path).is(200).json()["entries"][0].clone()
    };
    assert_eq!(read("counsellor")["fields"]["note"], SECRET);
    // That there is one, everybody sees.
    assert_eq!((&read("clerk")["number"], &read("clerk")["fields"]), (&json!(1), &json!({})));
    // What others are answered when they change the case does not tell either.
    let answered = json!({ "event": "answered", "by": "clerk", "data": { "outcome": "upheld" } });
    let clerk = served.as_role("clerk");
    let answer = served.post(&clerk, &format!("/v1/cases/{case}/events"), &answered).is(200);
    assert!(!String::from_utf8_lossy(&answer.body).contains(SECRET));
}

#[test]
fn what_is_personal_is_read_by_those_who_read_the_case_and_sent_to_nobody() {
    const NAME: &str = "Zoe Quist";
    const REASON: &str = "she rang twice";
    let served = Served::start();
    let open = json!({ "protocol": "shop", "by": "clerk", "complainant": "anna", "reason": REASON,
        "data": { "complaint": "x", "name": NAME } });
    let opened = served.post(&served.all, "/v1/cases", &open).is(201);
    let shown = |body: &[u8]| String::from_utf8_lossy(body).into_owned();
    assert!(!shown(&opened.body).contains(NAME), "what is kept under a key holds nothing personal");
    let case = opened.json()["case"]["id"].as_str().unwrap().to_owned();
    let read = served.get(&served.as_role("clerk"), &format!("/v1/cases/{case}")).is(200).json();
    assert_eq!(read["fields"]["name"], NAME);
    let timeline = served.get(&served.all, &format!("/v1/cases/{case}/timeline")).is(200);
    assert!(!shown(&timeline.body).contains(NAME), "facts hold references");
    assert_eq!(timeline.json()["decisions"][0]["event"]["reason"], REASON);
}
