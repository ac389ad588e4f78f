//! Facts as they are recorded: all of them, in order, taken up where it broke off.

use crate::http::client::connect;
use crate::http::served::{Served, bearer};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// An event of the stream: its id, if it has one, and its data.
pub(crate) type Sent = (Option<String>, Value);

pub(crate) fn open(served: &Served, token: &str, after: Option<&str>) -> BufReader<TcpStream> {
    let mut stream = connect(served.at);
    let after = after.map_or(String::new(), |it| format!("Last-Event-ID: {it}\r\n"));
    let bearer = bearer(token);
    let head =
        format!("GET /v1/facts HTTP/1.1\r\nHost: x\r\nAuthorization: {bearer}\r\n{after}\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    BufReader::new(stream)
}

/// Reads until so many events came.
pub(crate) fn take(stream: &mut BufReader<TcpStream>, n: usize) -> Vec<Sent> {
    let (mut found, mut id) = (Vec::new(), None);
    let until = Instant::now() + Duration::from_secs(20);
    while found.len() < n {
        assert!(Instant::now() < until, "{found:?}");
        let mut line = String::new();
        assert_ne!(stream.read_line(&mut line).unwrap(), 0, "the stream ended: {found:?}");
        if let Some(text) = line.trim_end().strip_prefix("id: ") {
            id = Some(text.to_owned());
        }
        if let Some(text) = line.trim_end().strip_prefix("data: ") {
            found.push((id.take(), serde_json::from_str(text).unwrap()));
        }
    }
    found
}

fn kinds(sent: &[Sent]) -> Vec<String> {
    sent.iter().map(|(_, it)| it["fact"]["kind"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_stream_is_taken_up_where_it_broke_off() {
    let served = Served::start();
    let (case, ..) = served.open("anna");
    let n_facts = {
        let timeline = served.get(&served.all, &format!("/v1/cases/{case}/timeline")).json();
        timeline["decisions"][0]["facts"].as_array().unwrap().len()
    };
    let first = take(&mut open(&served, &served.all, None), n_facts);
    assert_eq!(kinds(&first)[0], "opened");
    assert!(first.iter().all(|(_, it)| it["case"] == case.as_str()));
    let sequences: Vec<u64> =
        first.iter().map(|(_, it)| it["fact"]["sequence"].as_u64().unwrap()).collect();
    assert!(sequences.is_sorted());
    let id = first.last().unwrap().0.clone().expect("the last fact of a decision has the id");
    let mut again = open(&served, &served.all, Some(&id));
    let answered = json!({ "event": "answered", "by": "clerk", "data": { "outcome": "upheld" } });
    served.post(&served.all, &format!("/v1/cases/{case}/events"), &answered).is(200);
    let next = take(&mut again, 1);
    assert_eq!(kinds(&next), ["event-reported"]);
    let wrong = [("Last-Event-ID", "x")];
    let answer = served.send(&served.all, "GET", "/v1/facts", &wrong, &json!({}));
    assert_eq!(answer.is(400).pointers(), ["/header/Last-Event-ID"]);
}

#[test]
fn a_stream_tells_nobody_what_is_confidential() {
    let served = Served::start();
    let (case, ..) = served.open("anna");
    let talk =
        json!({ "event": "talk", "by": "counsellor", "entry": "t1", "data": { "note": "SECRET" } });
    served.post(&served.all, &format!("/v1/cases/{case}/events"), &talk).is(200);
    let answered = json!({ "event": "answered", "by": "clerk", "data": { "outcome": "upheld" } });
    served.post(&served.all, &format!("/v1/cases/{case}/events"), &answered).is(200);
    let until_closed = |token: &str| {
        let mut stream = open(&served, token, None);
        let mut all = Vec::new();
        for _ in 0..100 {
            all.extend(take(&mut stream, 1));
            if all.last().unwrap().1["fact"]["kind"] == "closed" {
                return all.iter().map(|(_, it)| it.to_string()).collect::<String>();
            }
        }
        panic!("the case was not closed: {all:?}");
    };
    assert!(until_closed(&served.as_role("counsellor")).contains("SECRET"));
    assert!(!until_closed(&served.as_role("clerk")).contains("SECRET"));
}

#[test]
fn a_server_that_is_stopped_ends_its_streams_and_keeps_what_it_answered() {
    let mut served = Served::start();
    let (case, ..) = served.open("anna");
    let mut stream = open(&served, &served.all, None);
    take(&mut stream, 1);
    let began = Instant::now();
    served.stop();
    assert!(began.elapsed() < Duration::from_secs(5), "an open stream holds nobody up");
    let mut rest = String::new();
    while stream.read_line(&mut rest).unwrap_or(0) > 0 {}
    assert_eq!(
        served
            .keeper
            .place()
            .list(served.tenant, &store::cases::Find { limit: 9, ..<_>::default() })
            .unwrap()
            .cases[0]
            .stream
            .to_string(),
        case
    );
}
