//! The status of a complaint: for whoever has the number and the code, and nobody else.

use crate::http::client::{Answer, send};
use crate::http::served::Served;
use serde_json::json;
use server::access::Allowance;
use server::running::Limits;

fn ask(served: &Served, ticket: &str, secret: &str) -> Answer {
    send(served.at, "GET", &format!("/v1/status/{ticket}"), &[("X-Status-Secret", secret)], b"")
}

fn form(served: &Served, ticket: &str, secret: &str) -> Answer {
    let body = format!("ticket={ticket}&secret={secret}");
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    send(served.at, "POST", "/status", &headers, body.as_bytes())
}

#[test]
fn the_number_and_the_code_show_how_it_stands() {
    let served = Served::start();
    let (case, ticket, secret) = served.open("anna");
    let status = ask(&served, &ticket, &secret).is(200);
    assert_eq!(status.header("cache-control"), Some("no-store"));
    let status = status.json();
    assert_eq!(
        status["theirs"],
        json!([{ "what": "Answer the complaint", "until": "2026-06-12", "missed": false }])
    );
    assert_eq!((&status["closed"], &status["received_on"]), (&json!(false), &json!("2026-06-01")));
    let page = form(&served, &ticket, &secret).is(200);
    let text = String::from_utf8(page.body.clone()).unwrap();
    assert!(text.contains("Answer the complaint</span> until 2026-06-12"), "{text}");
    assert!(text.contains("Complaints of a &lt;hardware&gt; shop") && !text.contains("<hardware>"));
    assert!(!text.contains("drill"), "nothing of the complaint itself is shown");
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'"));

    let answered = json!({ "event": "answered", "by": "clerk", "data": { "outcome": "upheld" } });
    served.post(&served.all, &format!("/v1/cases/{case}/events"), &answered).is(200);
    assert_eq!(ask(&served, &ticket, &secret).is(200).json()["closed"], true);
    served.set("2026-08-30T08:59:00Z");
    ask(&served, &ticket, &secret).is(200);
    served.set("2026-08-30T09:00:01Z");
    ask(&served, &ticket, &secret).is(404);
}

#[test]
fn a_number_alone_tells_nothing() {
    let limits =
        Limits { per_ticket: Allowance { burst: 100, per_second: 1 }, ..Limits::default() };
    let served = Served::with(limits);
    let (_, ticket, secret) = served.open("anna");
    let (_, _, other) = served.open("bert");
    let neutral = |answer: Answer| {
        let mut body = answer.is(404).json();
        body["instance"] = json!(null);
        body
    };
    let expected = neutral(ask(&served, "S-9999", "x"));
    for (ticket, secret) in [
        (ticket.as_str(), ""),
        (&ticket, "x"),
        (&ticket, &other),
        ("S-9999", &secret),
        ("%00", "x"),
    ] {
        assert_eq!(neutral(ask(&served, ticket, secret)), expected);
    }
    // A token of ours is no code.
    assert_eq!(neutral(ask(&served, &ticket, &served.all)), expected);
    let page = |ticket: &str, secret: &str| form(&served, ticket, secret).is(404).body;
    assert_eq!(page(&ticket, "x"), page("S-9999", "x"));
    let elsewhere = format!("/v1/status/{ticket}?tenant=other");
    send(served.at, "GET", &elsewhere, &[("X-Status-Secret", &secret)], b"").is(404);
}

#[test]
fn whoever_tries_codes_has_to_wait() {
    let served = Served::start();
    let (_, ticket, secret) = served.open("anna");
    let tried: Vec<u16> =
        (0..8).map(|it| ask(&served, &ticket, &format!("guess-{it}")).status).collect();
    assert_eq!(tried[..5], [404; 5]);
    assert!(tried[5..].contains(&429), "{tried:?}");
    let waits = ask(&served, &ticket, &secret);
    assert!([200, 429].contains(&waits.status));
    // Trying one number after another comes to an end as well.
    let limits = Limits { per_status: Allowance { burst: 10, per_second: 1 }, ..Limits::default() };
    let served = Served::with(limits);
    let walked: Vec<u16> =
        (0..14).map(|it| ask(&served, &format!("S-{it:04}"), "x").status).collect();
    assert!(walked[10..].contains(&429), "{walked:?}");
}
