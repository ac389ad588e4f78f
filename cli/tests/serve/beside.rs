//! Commands write to a store while a server runs on it: to the same case and to many.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use store::postgres::test_cluster;

use crate::process::{Served, between, folder, get, post_as};

const HTTP_THREADS: u32 = 3;
const COMMAND_THREADS: u32 = 3;
const ROUNDS: u32 = 6;

/// Everything is there once, in order, at once, and told to whoever listens.
struct Beside {
    folder: PathBuf,
    words: Vec<String>,
    at: String,
    token: String,
}

impl Beside {
    fn protocol(&self, words: &[&str]) -> (i32, Value) {
        let made = Command::new(env!("CARGO_BIN_EXE_protocol"))
            .args(words)
            .args(["--format", "json"])
            .args(&self.words)
            .current_dir(&self.folder)
            .output()
            .unwrap();
        let code = made.status.code().unwrap();
        let said = String::from_utf8(made.stdout).unwrap();
        let why = String::from_utf8_lossy(&made.stderr).into_owned();
        let json = serde_json::from_str(&said);
        (code, json.unwrap_or_else(|_| panic!("exit {code}: {said}{why}")))
    }

    fn listened(&self, case: &str, key: &str) -> u64 {
        let words =
            ["case", "event", case, "listened", "heard=yes", "--by", "agent:bea", "--key", key];
        let (code, body) = self.protocol(&words);
        assert_eq!(code, 0, "{body}");
        body["case"]["version"].as_u64().unwrap()
    }

    fn opened(&self, key: &str) -> (String, String) {
        let words = ["case", "open", "desk", "summary=late", "--by", "complainant", "--key", key];
        let (code, body) = self.protocol(&words);
        assert_eq!(code, 0, "{body}");
        let text = |name: &str| body["case"][name].as_str().unwrap().to_owned();
        (text("id"), text("ticket"))
    }

    fn post(&self, path: &str, key: &str, body: &Value) -> Value {
        let answer = post_as(&self.at, path, &self.token, key, &body.to_string());
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 20"), "{answer}");
        serde_json::from_str(body).unwrap()
    }

    fn posted(&self, case: &str, key: &str) -> u64 {
        let body = json!({ "event": "listened", "by": "agent:hal", "data": { "heard": true } });
        let body = self.post(&format!("/v1/cases/{case}/events"), key, &body);
        body["case"]["version"].as_u64().unwrap()
    }

    fn read(&self, path: &str) -> Value {
        let answer = get(&self.at, path, &self.token);
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    /// Whoever listens to the facts: the case and the version of each.
    fn listen(&self) -> Receiver<(String, u64)> {
        let mut stream = TcpStream::connect(&self.at).unwrap();
        let head = format!(
            "GET /v1/facts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\r\n",
            self.token
        );
        stream.write_all(head.as_bytes()).unwrap();
        let (tell, told) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines() {
                let Ok(line) = line else { return };
                let Some(data) = line.strip_prefix("data: ") else { continue };
                let fact: Value = serde_json::from_str(data).unwrap();
                let case = fact["case"].as_str().unwrap().to_owned();
                if tell.send((case, fact["version"].as_u64().unwrap())).is_err() {
                    return;
                }
            }
        });
        told
    }
}

/// Both write, and nothing is lost or twice.
fn both_write(name: &str, words: &[&str], config: &str) {
    let folder = folder(name);
    std::fs::write(folder.join("c.toml"), config).unwrap();
    let desk = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/suite/cli/protocols/desk");
    let desk = desk.to_string_lossy();
    let all = [words, &[&*desk]].concat();
    let mut served = Served::start(&folder, &all);
    let said = served.until("token with every role");
    let beside = Beside {
        folder: folder.clone(),
        words: words.iter().map(|it| (*it).to_owned()).collect(),
        at: between(&said, "http://", " ").to_owned(),
        token: between(&said, "for a day, shown once: ", "\n").to_owned(),
    };
    let facts = beside.listen();
    let (case, ticket) = beside.opened("first");
    let versions = Mutex::new(BTreeSet::new());
    let opened = Mutex::new(BTreeMap::from([(case.clone(), ticket.clone())]));
    let add = |version: u64| assert!(versions.lock().unwrap().insert(version), "{version} twice");
    std::thread::scope(|scope| {
        for thread in 0..HTTP_THREADS {
            let (beside, case, opened) = (&beside, &case, &opened);
            scope.spawn(move || {
                for n in 0..ROUNDS * 3 {
                    add(beside.posted(case, &format!("h{thread}-{n}")));
                    let open = json!({
                        "protocol": "desk", "by": "complainant", "data": { "summary": "late" },
                    });
                    let body = beside.post("/v1/cases", &format!("o{thread}-{n}"), &open);
                    let text = |name: &str| body["case"][name].as_str().unwrap().to_owned();
                    opened.lock().unwrap().insert(text("id"), text("ticket"));
                }
            });
        }
        for thread in 0..COMMAND_THREADS {
            let (beside, case, ticket, opened) = (&beside, &case, &ticket, &opened);
            scope.spawn(move || {
                for n in 0..ROUNDS {
                    let version = beside.listened(ticket, &format!("c{thread}-{n}"));
                    add(version);
                    // The server has it at once.
                    let now = beside.read(&format!("/v1/cases/{case}"));
                    assert!(now["version"].as_u64().unwrap() >= version, "{now}");
                    let (id, ticket) = beside.opened(&format!("p{thread}-{n}"));
                    // What was opened beside is gone on with by the server, and the other way round.
                    assert_eq!(beside.posted(&id, &format!("g{thread}-{n}")), 2);
                    assert_eq!(beside.listened(&ticket, &format!("d{thread}-{n}")), 3);
                    opened.lock().unwrap().insert(id, ticket);
                }
            });
        }
    });
    // The same again is no other event, whoever is asked.
    let n_events = u64::from(HTTP_THREADS * ROUNDS * 3 + COMMAND_THREADS * ROUNDS);
    assert_eq!(*versions.lock().unwrap(), (2..=n_events + 1).collect());
    assert_eq!(beside.posted(&case, "h0-0"), beside.posted(&case, "h0-0"));
    beside.listened(&ticket, "c0-0");
    let now = beside.read(&format!("/v1/cases/{case}"));
    assert_eq!(now["version"], n_events + 1);
    let opened = opened.into_inner().unwrap();
    let tickets: BTreeSet<&String> = opened.values().collect();
    let n_cases = HTTP_THREADS * ROUNDS * 3 + COMMAND_THREADS * ROUNDS + 1;
    assert_eq!((opened.len(), tickets.len()), (n_cases as usize, n_cases as usize));
    let timeline = beside.read(&format!("/v1/cases/{case}/timeline"));
    let ids = timeline["decisions"].as_array().unwrap().iter().map(|it| &it["event"]["id"]);
    let ids: BTreeSet<&str> = ids.map(|it| it.as_str().unwrap()).collect();
    assert_eq!(u64::try_from(ids.len()).unwrap(), n_events + 1);
    told_in_order(&facts, &opened, (&case, n_events + 1));
    let (code, _) = served.stop();
    assert_eq!(code, Some(0));
    // Deciding on a case checks its chain.
    assert_eq!(beside.listened(&ticket, "last"), n_events + 2);
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Every decision of every case was told, those of one case by version.
fn told_in_order(
    facts: &Receiver<(String, u64)>,
    opened: &BTreeMap<String, String>,
    (case, last): (&str, u64),
) {
    let mut told = BTreeMap::<String, u64>::new();
    let until = Instant::now() + Duration::from_secs(20);
    while told.get(case) != Some(&last) || told.len() < opened.len() {
        let left = until.saturating_duration_since(Instant::now());
        let (of, version) =
            facts.recv_timeout(left).unwrap_or_else(|why| panic!("{why}: {told:?}"));
        let before = told.insert(of.clone(), version).unwrap_or(0);
        assert!(version == before || version == before + 1, "{of}: {version} after {before}");
    }
}

#[test]
fn commands_write_beside_a_server_on_sqlite() {
    both_write("beside-sqlite", &[], "");
}

#[test]
fn commands_write_beside_a_server_on_postgresql() {
    match test_cluster::binaries() {
        Err(why) => test_cluster::not_run(&why),
        Ok(_) => {
            let database = test_cluster::database().unwrap();
            let words = ["--store", &*database.url, "--config", "c.toml"];
            both_write("beside-postgres", &words, "key = 'store.key'\n");
        }
    }
}

/// Whoever holds the file for a moment is waited for; a file that is held on and on is said.
#[test]
fn a_file_that_is_held_is_waited_for_and_then_said() {
    let folder = folder("beside-held");
    let desk = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/suite/cli/protocols/desk");
    let desk = desk.to_string_lossy().into_owned();
    let run = |words: &[&str]| {
        let made = Command::new(env!("CARGO_BIN_EXE_protocol"))
            .args(words)
            .current_dir(&folder)
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (made.status.code(), text(made.stdout), text(made.stderr))
    };
    let open = ["case", "open", &desk, "summary=late", "--by", "complainant"];
    assert_eq!(run(&open).0, Some(0));
    let hold = |seconds: &str| {
        let script = "import sqlite3, sys, time\n\
            db = sqlite3.connect('redress.db', isolation_level=None)\n\
            db.execute('BEGIN IMMEDIATE')\nprint('held', flush=True)\n\
            time.sleep(float(sys.argv[1]))\ndb.execute('COMMIT')\n";
        let holder = Command::new("python3")
            .args(["-c", script, seconds])
            .current_dir(&folder)
            .stdout(std::process::Stdio::piped())
            .spawn();
        // Not every machine has it.
        let mut holder = holder.ok()?;
        let mut line = String::new();
        BufReader::new(holder.stdout.take()?).read_line(&mut line).ok()?;
        (line == "held\n").then_some(holder)
    };
    let Some(mut holder) = hold("1") else { return };
    let (code, said, why) = run(&open);
    assert_eq!((code, why.as_str()), (Some(0), ""), "{said}");
    holder.wait().unwrap();
    let mut holder = hold("60").unwrap();
    let begin = Instant::now();
    let (code, said, why) = run(&open);
    let took = begin.elapsed();
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert_eq!((code, said.as_str()), (Some(2), ""), "{why}");
    assert!(why.contains("another process"), "{why}");
    assert!(took < Duration::from_secs(30), "{took:?}");
    let (code, list, _) = run(&["case", "list"]);
    assert_eq!(code, Some(0));
    assert!(list.ends_with("2 cases\n"), "{list}");
    std::fs::remove_dir_all(&folder).unwrap();
}
