//! What is sent is judged by libraries of others: that of Standard Webhooks verifies it, the SDK of
//! CloudEvents parses it.

use crate::folder::{Folder, repository};
use crate::python::tool;
use crate::served::{Served, shipped};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use store::clock::{Clock as _, SystemClock};

/// How long is waited for everything to arrive: a try that failed is made again after 5 s.
const ARRIVE_MAX: Duration = Duration::from_secs(60);

/// What is waited for, and whether it has arrived.
type Wanted<'a> = (&'a str, fn(&[Value]) -> bool);

/// A receiver in Python. It ends when this is dropped.
struct Receiving {
    child: Child,
    secret: Option<ChildStdin>,
    lines: Receiver<Value>,
    port: u64,
}

impl Receiving {
    fn start(mut python: Command) -> Self {
        python.arg(repository("tests/python/receiver.py"));
        let mut child = python.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (said, secret) = (child.stdout.take().unwrap(), child.stdin.take());
        let (tell, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(said).lines() {
                let line = line.unwrap();
                let read =
                    serde_json::from_str(&line).unwrap_or_else(|why| panic!("{why}: {line}"));
                if tell.send(read).is_err() {
                    return;
                }
            }
        });
        let mut receiving = Self { child, secret, lines, port: 0 };
        receiving.port = receiving.next().unwrap()["port"].as_u64().unwrap();
        receiving
    }

    /// Hands it the secret with which it verifies.
    fn verify_by(&mut self, secret: &str) {
        writeln!(self.secret.take().unwrap(), "{secret}").unwrap();
    }

    /// What it says next; nothing where that takes too long.
    fn next(&self) -> Option<Value> {
        self.lines.recv_timeout(ARRIVE_MAX).ok()
    }

    /// Everything that arrives until all of these hold of it.
    fn until(&self, wanted: &[Wanted<'_>]) -> Vec<Value> {
        let (began, mut got) = (Instant::now(), Vec::new());
        loop {
            let missing = wanted.iter().filter(|(_, holds)| !holds(&got)).map(|(what, _)| *what);
            let missing: Vec<&str> = missing.collect();
            if missing.is_empty() {
                return got;
            }
            let next = self.next().filter(|_| began.elapsed() < ARRIVE_MAX);
            got.push(next.unwrap_or_else(|| panic!("{missing:?} did not arrive: {got:#?}")));
        }
    }
}

impl Drop for Receiving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn libraries_of_others_verify_and_parse_what_is_sent() {
    let Some(python) = tool("python") else { return };
    let folder = Folder::new("deliveries");
    let config = "[webhooks]\nallow_private = true\nallow_http = true\n";
    std::fs::write(folder.join("c.toml"), config).unwrap();
    let served = Served::start(&folder, &["--config", "c.toml", &shipped("small-business")]);
    let mut receiving = Receiving::start(python);
    let url = format!("http://127.0.0.1:{}/in", receiving.port);
    let made = served.post(served.admin(), "/v1/webhooks", "hook", &json!({ "url": url }));
    receiving.verify_by(made.is(201).json()["secret"].as_str().unwrap());

    let case = open(&served, "now", None);
    report(
        &served,
        &case,
        &json!({ "event": "put_in_writing", "by": "agent", "data": { "details": "Broken – déjà vu, 苦情" } }),
    );
    report(
        &served,
        &case,
        &json!({ "event": "stop_proposed", "by": "agent", "stop": "out_of_scope", "reason": "a car, too" }),
    );
    // Deadlines of this one were missed days ago, so that people are told of several at once.
    let days_ago = SystemClock.now().minus_ms(8 * 86_400_000).unwrap();
    let old = open(&served, "old", Some(&days_ago.to_string()));
    let got = receiving.until(&[
        ("a retry", |got| tries(got).values().any(|it| *it > 1)),
        ("a digest", |got| arrived(got).any(|it| it["type"] == "redress.digest")),
        ("a stop's fact", |got| arrived(got).any(|it| !it["data"]["fact"]["of_stop"].is_null())),
        ("an event", |got| arrived(got).any(|it| it["data"]["fact"]["event"] == "put_in_writing")),
        ("a breach", |got| arrived(got).any(|it| it["type"] == "redress.fact.deadline-breached")),
    ]);
    assert_eq!(served.stop(), Some(0));
    for it in &got {
        assert_eq!(it["verified"], true, "{it}");
        assert_eq!(it["forged"], json!([]), "what was changed passes: {it}");
        assert_eq!(it["n_forged"], 6, "{it}");
        assert_eq!(it["id"], it["webhook_id"], "{it}");
        assert_eq!(it["media_type"], "application/cloudevents+json", "{it}");
        assert_eq!(it["specversion"], "1.0", "{it}");
    }
    let facts = arrived(&got).filter(|it| it["type"] != "redress.digest");
    for it in facts {
        assert_eq!(it["time"], it["data"]["fact"]["at"], "{it}");
        let (of, subject) = (it["data"]["case"].as_str().unwrap(), it["subject"].as_str().unwrap());
        let stop = if subject == of { String::new() } else { format!("#stop-{subject}") };
        assert_eq!(it["source"], format!("/v1/cases/{of}{stop}"), "{it}");
        assert!([&case, &old].contains(&&of.to_owned()), "{it}");
    }
    in_order(&got);
    for digest in arrived(&got).filter(|it| it["type"] == "redress.digest") {
        let tells = &digest["data"]["tells"];
        assert_eq!(digest["subject"], *tells);
        let inside = digest["inside"].as_array().unwrap();
        assert!(!inside.is_empty(), "{digest}");
        for it in inside {
            assert_eq!((&it["type"], &it["party"]), (&json!("redress.fact.told"), tells));
        }
    }
}

fn open(served: &Served, key: &str, at: Option<&str>) -> String {
    let body = json!({
        "protocol": "small-business",
        "by": "complainant",
        "entered_by": "agent",
        "channel": "phone",
        "complainant": key,
        "at": at,
        "reason": "left on the desk",
        "data": { "category": "delivery", "received_by": "agent", "summary": "a parcel" },
    });
    let opened = served.post(served.all(), "/v1/cases", key, &body).is(201).json();
    opened["case"]["id"].as_str().unwrap().to_owned()
}

fn report(served: &Served, case: &str, body: &Value) {
    let key = body["event"].as_str().unwrap();
    served.post(served.all(), &format!("/v1/cases/{case}/events"), key, body).is(200);
}

/// What was answered with 200, first tries and later ones.
fn arrived(got: &[Value]) -> impl Iterator<Item = &Value> {
    got.iter().filter(|it| it["answered"] == 200)
}

/// How often each event came.
fn tries(got: &[Value]) -> BTreeMap<String, usize> {
    let mut tries = BTreeMap::new();
    for it in got {
        *tries.entry(it["id"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    tries
}

/// Of each stream, the facts arrive in order, and each once.
#[track_caller]
fn in_order(got: &[Value]) {
    let mut last: BTreeMap<&str, u64> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for it in arrived(got).filter(|it| it["type"] != "redress.digest") {
        let (stream, number) = it["id"].as_str().unwrap().split_once('/').unwrap();
        let number: u64 = number.parse().unwrap();
        assert!(seen.insert(it["id"].as_str().unwrap()), "twice: {it}");
        assert!(last.insert(stream, number).is_none_or(|it| it < number), "out of order: {it}");
    }
}
