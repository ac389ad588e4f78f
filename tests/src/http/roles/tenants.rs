//! Tenants: what is another tenant's is to a token exactly what does not exist.

use crate::http::client::{Answer, send};
use crate::http::roles::every::{Filling, Route, routes};
use crate::http::served::{PROTOCOL, Served, add};
use crate::http::stream;
use serde_json::{Value, json};
use server::access::Allowance;
use server::running::Limits;
use std::collections::BTreeMap;
use store::cases::{Scope, Tenant};

const ROLES: [&str; 5] = ["clerk", "manager", "counsellor", "complainant", "respondent"];

/// A server with two tenants that use the same protocol: `main`, which has a case, a token, a
/// receiver and a protocol that the other one has not, and the other one.
struct Two {
    served: Served,
    other: Tenant,
    /// With every role of the other tenant, and for its administration.
    roles: String,
    admin: String,
    /// What is of `main`.
    of_main: Filling,
    ticket: String,
    secret: String,
}

fn two() -> Two {
    let many = Allowance { burst: 10_000, per_second: 1_000 };
    let limits = Limits { per_ticket: many, per_status: many, ..Limits::default() };
    let served = Served::with(limits);
    let other = served.keeper.place().tenant("other").unwrap();
    add(&served.keeper, other, PROTOCOL);
    let (case, ticket, secret) = served.open("anna");
    let text = PROTOCOL.replace("id          = \"shop\"", "id          = \"stall\"");
    add(&served.keeper, served.tenant, &text);
    let post = |path: &str, body: &Value| served.post(&served.admin, path, body).is(201).json();
    let token = post("/v1/tokens", &json!({ "label": "till", "roles": ["clerk"] }));
    let webhook = post("/v1/webhooks", &json!({ "url": "file:x" }));
    let listed = served.get(&served.admin, "/v1/protocols").is(200).json();
    let all = listed["protocols"].as_array().unwrap();
    let hash = all.iter().find(|it| it["id"] == "stall").unwrap()["hash"].clone();
    let of_main = Filling {
        case,
        token: token["token"]["id"].as_str().unwrap().to_owned(),
        webhook: webhook["webhook"]["id"].to_string(),
        hash: hash.as_str().unwrap().to_owned(),
    };
    let roles = served.token(other, &ROLES, None);
    let admin = served.token_of(other, Scope::Admin, None);
    Two { served, other, roles, admin, of_main, ticket, secret }
}

/// What is of nobody, in the same form.
fn of_nobody() -> Filling {
    Filling {
        case: "019e8000-0000-7000-8000-000000000001".to_owned(),
        token: "019e8000-0000-7000-8000-000000000002".to_owned(),
        webhook: "77".to_owned(),
        hash: "ab".repeat(32),
    }
}

/// All of an answer but what names the request, the instant, and what was asked for.
fn told(answer: &Answer, filling: &Filling) -> (u16, BTreeMap<String, String>, String) {
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in &answer.headers {
        let name = name.to_ascii_lowercase();
        if !["date", "x-request-id"].contains(&name.as_str()) {
            headers.insert(name, value.clone());
        }
    }
    let mut body = String::from_utf8(answer.body.clone()).unwrap();
    if let Ok(Value::Object(mut object)) = serde_json::from_slice(&answer.body) {
        object.remove("instance");
        body = Value::Object(object).to_string();
    }
    for own in [&filling.case, &filling.token, &filling.hash] {
        body = body.replace(own.as_str(), "…");
    }
    (answer.status, headers, body)
}

#[test]
fn on_every_route_what_is_of_another_tenant_is_what_there_is_not() {
    let two = two();
    let foreign = routes(&two.of_main);
    let mut n_asked = 0;
    for (theirs, nobodys) in foreign.iter().zip(routes(&of_nobody())) {
        if theirs.is_stream() {
            continue;
        }
        let token = if theirs.is_administration() { &two.admin } else { &two.roles };
        let ask = |route: &Route, key: &str| {
            let Route { method, path, body, .. } = route;
            two.served.send(token, method, path, &[("Idempotency-Key", key)], body)
        };
        if theirs.path == nobodys.path && theirs.body == nobodys.body {
            continue;
        }
        n_asked += 1;
        let (foreign, unknown) = (ask(theirs, "one"), ask(&nobodys, "other"));
        let route = format!("{} {}", theirs.method, theirs.template);
        assert!(foreign.status == 404 || theirs.template == "/v1/events:batch", "{route}");
        assert_eq!(told(&foreign, &two.of_main), told(&unknown, &of_nobody()), "{route}");
    }
    assert!(n_asked >= 11, "{n_asked} routes name something");
    // Nothing of it was changed.
    let main = |path: &str| two.served.get(&two.served.admin, path).is(200).json();
    assert_eq!(main("/v1/webhooks")["webhooks"][0]["active"], true);
    let tokens = main("/v1/tokens");
    let all = tokens["tokens"].as_array().unwrap();
    assert!(all.iter().all(|it| it.get("revoked_at").is_none_or(Value::is_null)), "{tokens}");
    let case = two.served.get(&two.served.all, &format!("/v1/cases/{}", two.of_main.case));
    assert_eq!(case.is(200).json()["version"], 1);
}

#[test]
fn no_list_shows_what_is_of_another_tenant() {
    let two = two();
    let none = |token: &str, path: &str, list: &str| {
        let found = two.served.get(token, path).is(200).json();
        assert_eq!(found[list], json!([]), "{path}");
        assert_eq!(found.get("next"), None, "{path}");
    };
    none(&two.roles, "/v1/cases", "cases");
    none(&two.roles, "/v1/cases?complainant=anna", "cases");
    none(&two.roles, "/v1/cases?stage=received", "cases");
    none(&two.roles, "/v1/worklist", "duties");
    none(&two.admin, "/v1/webhooks", "webhooks");
    none(&two.admin, "/v1/webhooks/dead", "dead");
    let tokens = two.served.get(&two.admin, "/v1/tokens").is(200).json();
    assert_eq!(tokens["tokens"].as_array().unwrap().len(), 2);
    let protocols = two.served.get(&two.roles, "/v1/protocols").is(200).json();
    let ids: Vec<&Value> =
        protocols["protocols"].as_array().unwrap().iter().map(|it| &it["id"]).collect();
    assert_eq!(ids, ["shop"]);
}

#[test]
fn a_cursor_of_another_tenant_shows_nothing_of_it() {
    let two = two();
    let Two { served, roles, of_main, .. } = &two;
    (0..3).for_each(|it| drop(served.open(&format!("c{it}"))));
    let next = served.get(&served.all, "/v1/cases?limit=2").is(200).json()["next"].clone();
    let path = format!("/v1/cases?cursor={}", next.as_str().unwrap());
    assert_eq!(served.get(roles, &path).is(200).json(), json!({ "cases": [] }));
    let next = served.get(&served.all, "/v1/worklist?limit=2").is(200).json()["next"].clone();
    let path = format!("/v1/worklist?cursor={}", next.as_str().unwrap());
    assert_eq!(served.get(roles, &path).is(200).json(), json!({ "duties": [] }));
    // That of a stream of facts is no id of this stream, as any other text is none.
    let of_theirs = stream::take(&mut stream::open(served, &served.all, None), 20);
    let theirs = of_theirs.iter().rev().find_map(|(id, _)| id.clone()).unwrap();
    let asked = |id: &str| {
        served.send(roles, "GET", "/v1/facts", &[("Last-Event-ID", id)], &Value::Null).is(400)
    };
    assert_eq!(told(&asked(&theirs), of_main), told(&asked("MTk6MSAxIDA"), of_main));
    let body = json!({ "protocol": "shop", "by": "clerk", "data": { "complaint": "mine" } });
    let mine = served.post(roles, "/v1/cases", &body).is(201).json()["case"]["id"].clone();
    let first = stream::take(&mut stream::open(served, roles, None), 1).remove(0).1;
    assert_eq!((&first["case"], &first["fact"]["kind"]), (&mine, &json!("opened")));
}

#[test]
fn a_key_a_number_and_a_person_are_of_their_tenant() {
    let two = two();
    let Two { served, roles, .. } = &two;
    let body = json!({ "protocol": "shop", "by": "clerk", "complainant": "anna",
        "data": { "complaint": "x" } });
    let open = |token: &str| {
        let answer = served.send(token, "POST", "/v1/cases", &[("Idempotency-Key", "same")], &body);
        assert_eq!(answer.header("idempotency-replayed"), None);
        answer.is(201).json()
    };
    let (ours, theirs) = (open(&served.all), open(roles));
    assert_ne!(ours["case"]["id"], theirs["case"]["id"]);
    assert_eq!(theirs["case"]["ticket"], two.ticket.as_str(), "numbers begin anew");
    let of_anna = served.token(two.other, &["complainant"], Some("anna"));
    let listed = served.get(&of_anna, "/v1/cases").is(200).json();
    let ids: Vec<&Value> = listed["cases"].as_array().unwrap().iter().map(|it| &it["id"]).collect();
    assert_eq!(ids, [&theirs["case"]["id"]]);
    // One number, two complaints: each code opens its own, in its own tenant.
    let status = |tenant: &str, secret: &str| {
        let path = format!("/v1/status/{}{tenant}", two.ticket);
        send(served.at, "GET", &path, &[("X-Status-Secret", secret)], b"")
    };
    let their_secret = theirs["secret"].as_str().unwrap();
    status("", &two.secret).is(200);
    status("?tenant=main", &two.secret).is(200);
    status("?tenant=other", their_secret).is(200);
    let wrong = [
        status("", their_secret),
        status("?tenant=other", &two.secret),
        status("?tenant=nobody", &two.secret),
    ];
    let unknown = {
        let path = "/v1/status/S-9999";
        send(served.at, "GET", path, &[("X-Status-Secret", &two.secret)], b"").is(404)
    };
    for answer in wrong {
        assert_eq!(told(&answer, &of_nobody()), told(&unknown, &of_nobody()));
    }
}
