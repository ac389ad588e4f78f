//! Administration: tokens, receivers, protocols, and what is said about the server itself.

use crate::http::client::send;
use crate::http::served::{PROTOCOL, Served};
use serde_json::{Value, json};

#[test]
fn a_token_is_made_shown_once_used_and_taken_back() {
    let served = Served::start();
    let new = json!({ "label": "till", "roles": ["clerk"], "expires": "2026-06-02T09:00:00Z" });
    let made = served.post(&served.admin, "/v1/tokens", &new).is(201).json();
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("redress_"));
    served.get(secret, "/v1/cases").is(200);
    let listed = served.get(&served.admin, "/v1/tokens").is(200);
    assert!(!String::from_utf8_lossy(&listed.body).contains(secret));
    assert_eq!(listed.json()["tokens"].as_array().unwrap().len(), 3);
    served.set("2026-06-02T08:59:59.999Z");
    served.get(secret, "/v1/cases").is(200);
    served.set("2026-06-02T09:00:00Z");
    served.get(secret, "/v1/cases").is(401);

    let lasting = json!({ "label": "till", "roles": ["clerk"] });
    let made = served.post(&served.admin, "/v1/tokens", &lasting).is(201).json();
    let (secret, id) = (made["secret"].as_str().unwrap(), made["token"]["id"].as_str().unwrap());
    served.get(secret, "/v1/cases").is(200);
    let revoke =
        || served.send(&served.admin, "DELETE", &format!("/v1/tokens/{id}"), &[], &json!({}));
    revoke().is(204);
    served.get(secret, "/v1/cases").is(401);
    revoke().is(404);
}

#[test]
fn a_token_that_makes_no_sense_is_not_made() {
    let served = Served::start();
    let check = |new: Value, pointers: &[&str]| {
        let answer = served.post(&served.admin, "/v1/tokens", &new).is(422);
        assert_eq!(answer.pointers(), pointers, "{new}");
    };
    check(json!({ "label": "x" }), &["/roles"]);
    check(json!({ "label": "x", "roles": ["a"], "admin": true }), &["/roles"]);
    check(json!({ "label": "", "roles": ["a"] }), &["/label"]);
    check(json!({ "label": "x", "roles": ["a:b"] }), &["/roles/0"]);
    check(
        json!({ "label": "x", "roles": ["a"], "expires": "2026-06-01T09:00:00Z" }),
        &["/expires"],
    );
}

#[test]
fn a_receiver_is_kept_listed_and_switched() {
    let served = Served::start();
    let made = served
        .post(&served.admin, "/v1/webhooks", &json!({ "url": "https://example.org/x" }))
        .is(201)
        .json();
    assert!(made["secret"].as_str().unwrap().starts_with("whsec_"));
    let id = made["webhook"]["id"].as_i64().unwrap();
    let path = format!("/v1/webhooks/{id}/active");
    served.send(&served.admin, "PUT", &path, &[], &json!({ "active": false })).is(204);
    let listed = served.get(&served.admin, "/v1/webhooks").is(200).json();
    assert_eq!(listed["webhooks"][0]["active"], false);
    assert!(!listed.to_string().contains("whsec_"));
    assert_eq!(served.get(&served.admin, "/v1/webhooks/dead").is(200).json()["dead"], json!([]));
    served
        .send(&served.admin, "POST", &format!("/v1/webhooks/{id}/resend"), &[], &json!({}))
        .is(200);
    served
        .send(&served.admin, "PUT", "/v1/webhooks/99/active", &[], &json!({ "active": true }))
        .is(404);
    for url in ["ftp://x", "https://", "file:../../x", "x"] {
        served.post(&served.admin, "/v1/webhooks", &json!({ "url": url })).is(422);
    }
}

#[test]
fn a_protocol_is_checked_kept_and_taken_into_use() {
    let served = Served::start();
    let text = PROTOCOL.replace("\"shop\"\ntitle", "\"stall\"\ntitle");
    let upload = |text: &str| {
        let files = json!({ "files": [{ "path": "protocol.toml", "text": text }] });
        served.send(&served.admin, "POST", "/v1/protocols", &[], &files)
    };
    let kept = upload(&text).is(201).json();
    assert_eq!((&kept["id"], &kept["active_from"]), (&json!("stall"), &Value::Null));
    let open = json!({ "protocol": "stall", "by": "clerk", "data": { "complaint": "x" } });
    served.post(&served.all, "/v1/cases", &open).is(422);
    let path = format!("/v1/protocols/{}/active", kept["hash"].as_str().unwrap());
    served.send(&served.admin, "PUT", &path, &[], &json!({})).is(200);
    served.post(&served.all, "/v1/cases", &open).is(201);
    assert_eq!(
        served.get(&served.all, "/v1/protocols").is(200).json()["protocols"]
            .as_array()
            .unwrap()
            .len(),
        2
    );

    let wrong = upload(&text.replace("to    = \"answered\"", "to    = \"answerd\"")).is(409);
    assert_eq!(wrong.problem(), "unusable-protocol");
    let first = wrong.json()["errors"][0].clone();
    assert_eq!(first["code"], "unknown-stage");
    assert!(first["detail"].as_str().unwrap().starts_with("protocol.toml:"), "{first}");
    let outside = json!({ "files": [{ "path": "../protocol.toml", "text": text }] });
    served.send(&served.admin, "POST", "/v1/protocols", &[], &outside).is(422);
    upload("").is(409);
}

#[test]
fn the_server_describes_itself() {
    let served = Served::start();
    let get = |path: &str| send(served.at, "GET", path, &[], b"").is(200);
    assert_eq!(get("/openapi.json").json()["openapi"], "3.1.0");
    let docs = String::from_utf8(get("/docs").body).unwrap();
    assert!(docs.contains("POST /v1/cases/{id}/events") && !docs.contains("<script"));
    served.open("anna");
    send(served.at, "GET", "/v1/cases", &[], b"").is(401);
    let metrics = String::from_utf8(get("/metrics").body).unwrap();
    let wanted = [
        "redress_http_requests_total{method=\"POST\",route=\"/v1/cases\",status=\"201\"} 1",
        "redress_decisions_total 1",
        "redress_outbox_depth 0",
        "redress_outbox_oldest_age_seconds 0",
        "redress_batch_decisions_bucket{le=\"1\"} 1",
        "redress_batch_decisions_count 1",
        "redress_problems_total{problem=\"no-token\"} 1",
        "redress_timer_behind_seconds 0",
    ];
    for line in wanted {
        assert!(metrics.lines().any(|it| it == line), "no `{line}` in\n{metrics}");
    }
}
