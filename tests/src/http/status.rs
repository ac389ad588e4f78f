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

/// What a stranger learns by trying numbers: nothing, in the same words and under the same headers.
#[test]
fn h1_numbers_that_exist_and_numbers_that_do_not_are_answered_alike() {
    let many = Allowance { burst: 1_000, per_second: 1 };
    let limits = Limits { per_ticket: many, per_status: many, ..Limits::default() };
    let served = Served::with(limits);
    let opened: Vec<_> = (0..5).map(|it| served.open(&format!("c{it}"))).collect();
    let shape = |answer: &Answer| {
        let names: Vec<String> = answer.headers.iter().map(|it| it.0.clone()).collect();
        let mut body = answer.json();
        body["instance"] = json!(null);
        (answer.status, names, body)
    };
    let unknown = shape(&ask(&served, "S-9999", "0".repeat(32).as_str()));
    assert_eq!(unknown.0, 404);
    // A small generator of numbers, the same in every run.
    let mut random = 20_261_122_u64;
    let mut next = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        random >> 33
    };
    for _ in 0..100 {
        let ticket = format!("S-{:04}", next() % 12);
        let (low, high) = (next(), next());
        let secret = format!("{low:016x}{high:016x}");
        assert_eq!(shape(&ask(&served, &ticket, &secret)), unknown, "{ticket}");
    }
    // The code of one complaint opens no other, and a code is no token.
    for (place, (case, ticket, _)) in opened.iter().enumerate() {
        let (_, _, other) = &opened[(place + 1) % opened.len()];
        assert_eq!(shape(&ask(&served, ticket, other)), unknown);
        for path in [format!("/v1/cases/{case}"), "/v1/facts".to_owned()] {
            served.get(other, &path).is(401);
        }
    }
    // It reads and does nothing else.
    let (case, ticket, secret) = &opened[0];
    let headers = [("X-Status-Secret", secret.as_str()), ("Content-Type", "application/json")];
    for (method, path) in [
        ("POST", format!("/v1/status/{ticket}")),
        ("DELETE", format!("/v1/status/{ticket}")),
        ("POST", format!("/v1/cases/{case}/events")),
    ] {
        let answer = send(served.at, method, &path, &headers, b"{}");
        assert!([401, 405].contains(&answer.status), "{method} {path}: {}", answer.status);
    }
    ask(&served, ticket, secret).is(200);
}

/// Whoever is slowed down is slowed down alike, whether there is such a complaint or not.
#[test]
fn h1_the_limit_does_not_tell_which_numbers_exist() {
    let few = Allowance { burst: 3, per_second: 1 };
    let limits = Limits { per_ticket: few, ..Limits::default() };
    let served = Served::with(limits);
    let (_, ticket, _) = served.open("anna");
    let tried = |ticket: &str| -> Vec<u16> {
        (0..6).map(|it| ask(&served, ticket, &format!("guess-{it}")).status).collect()
    };
    let (real, made_up) = (tried(&ticket), tried("S-9999"));
    assert_eq!(real[..3], [404; 3]);
    assert_eq!(made_up[..3], [404; 3]);
    assert!(real[3..].contains(&429) && made_up[3..].contains(&429), "{real:?} {made_up:?}");
}
