//! Those who use the servers: each opens cases and reports events, one request after the other,
//! keeps what was acknowledged, and asks again with the same key where nobody answered.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, SecondsFormat};
use serde_json::json;
use store::audit::Anchor;

use crate::world::{Answer, Client, Random, Request};

/// How often a request is sent again at most before its user gives up.
const TRIES_MAX: u32 = 600;

/// How long a user waits after a failure.
const PAUSE: Duration = Duration::from_millis(25);

/// How long something is waited for that should be acknowledged soon.
const PROMISED_WITHIN: Duration = Duration::from_secs(20);

/// From how many of the newest cases a user takes one.
const NEWEST: u64 = 12;

/// What a user asked for and was promised.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) case: String,
    /// The key, and so the id of the report.
    pub(crate) key: String,
    /// The version of the case with it.
    pub(crate) version: u64,
    pub(crate) answer: String,
    pub(crate) request: Request,
}

/// A case that was opened, as all users know it.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    pub(crate) case: String,
    /// When the complaint was received, in milliseconds since 1970.
    pub(crate) received_ms: i64,
}

/// What all users share.
pub(crate) struct Load {
    pub(crate) token: String,
    pub(crate) cases: Mutex<Vec<Open>>,
    /// What the store held when it was looked at last.
    pub(crate) anchors: Mutex<Vec<Anchor>>,
    n_promised: AtomicU64,
    enough: AtomicBool,
}

/// A user.
pub(crate) struct User {
    name: String,
    random: Random,
    n_asked: u64,
    /// Whether it opens cases.
    pub(crate) opens: bool,
    pub(crate) said: Vec<Said>,
    /// What was not answered yet, and when its case was received.
    pub(crate) pending: Option<(Request, i64)>,
    /// What stood against the last request that was not answered.
    last: String,
    /// Answers that there is none now: 503.
    pub(crate) n_away: u64,
    /// Requests that were sent again.
    pub(crate) n_again: u64,
}

impl Load {
    pub(crate) fn new(token: &str) -> Self {
        let cases = Mutex::new(Vec::new());
        let (token, anchors) = (token.to_owned(), Mutex::default());
        let n_promised = AtomicU64::new(0);
        Self { token, cases, anchors, n_promised, enough: AtomicBool::new(false) }
    }

    /// Lets users work until something has been done meanwhile.
    pub(crate) fn during<T>(
        &self,
        users: &mut [User],
        nodes: &[&str],
        meanwhile: impl FnOnce() -> T,
    ) -> T {
        self.enough.store(false, Ordering::SeqCst);
        std::thread::scope(|scope| {
            for (place, user) in users.iter_mut().enumerate() {
                let nodes: Vec<&str> = (0..nodes.len())
                    .filter_map(|it| nodes.get((it + place) % nodes.len()).copied())
                    .collect();
                scope.spawn(move || user.work(self, &nodes));
            }
            // The users end also where what is done meanwhile fails.
            let enough = Enough(&self.enough);
            let done = meanwhile();
            drop(enough);
            done
        })
    }

    /// Lets users repeat what nobody answered.
    pub(crate) fn repeat(&self, users: &mut [User], node: &str) {
        for user in users {
            let mut client = Client::impatient(node);
            for _ in 0..TRIES_MAX {
                let Some((request, received_ms)) = user.pending.take() else { break };
                if !user.ask(self, &mut client, request, received_ms) {
                    std::thread::sleep(PAUSE);
                }
            }
            assert!(user.pending.is_none(), "{}: {:?}", user.last, user.pending);
        }
    }

    /// Waits until so much more was acknowledged, or nothing is for long.
    pub(crate) fn until_promised(&self, n: u64) {
        let wanted = self.n_promised.load(Ordering::SeqCst) + n;
        let begun = Instant::now();
        while self.n_promised.load(Ordering::SeqCst) < wanted && begun.elapsed() < PROMISED_WITHIN {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Tells everybody of a case.
    pub(crate) fn know(&self, open: Open) {
        self.cases.lock().unwrap_or_else(PoisonError::into_inner).push(open);
    }

    pub(crate) fn cases(&self) -> Vec<Open> {
        self.cases.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

struct Enough<'a>(&'a AtomicBool);

impl Drop for Enough<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl User {
    pub(crate) fn some(n: u64, seed: u64) -> Vec<Self> {
        let user = |number| Self {
            name: format!("u{number}"),
            random: Random::new(seed.wrapping_mul(1_000).wrapping_add(number)),
            n_asked: 0,
            opens: true,
            said: Vec::new(),
            pending: None,
            last: String::new(),
            n_away: 0,
            n_again: 0,
        };
        (0..n).map(user).collect()
    }

    fn work(&mut self, load: &Load, nodes: &[&str]) {
        let mut clients: Vec<Client> = nodes.iter().map(|it| Client::impatient(it)).collect();
        let mut turn = 0;
        while !load.enough.load(Ordering::SeqCst) {
            let is_again = self.pending.is_some();
            let (request, received_ms) = match self.pending.take() {
                Some(pending) => pending,
                None => self.next(load),
            };
            self.n_again += u64::from(is_again);
            let Some(client) = clients.get_mut(turn) else { return };
            if !self.ask(load, client, request, received_ms) {
                turn = (turn + 1) % nodes.len();
                std::thread::sleep(PAUSE);
            }
        }
    }

    /// Opens a case that was received at an instant.
    pub(crate) fn open(&mut self, load: &Load, node: &str, received_ms: i64) {
        self.n_asked += 1;
        let key = format!("{}-{}", self.name, self.n_asked);
        let body = json!({ "protocol": "desk", "by": "clerk", "at": instant(received_ms) });
        let request = Request::post("/v1/cases", &load.token, &key, &body);
        self.ask(load, &mut Client::new(node), request, received_ms);
        assert!(self.pending.is_none(), "{}", self.last);
    }

    /// Sends a request. Where it is not answered it is pending, and the answer is `false`.
    fn ask(&mut self, load: &Load, client: &mut Client, request: Request, received: i64) -> bool {
        match client.send(&request) {
            Ok(answer) if matches!(answer.status, 200 | 201) => {
                self.promised(load, request, &answer, received);
                true
            }
            Ok(answer) if answer.status == 503 => {
                assert!(answer.headers.contains_key("retry-after"), "{answer:?}");
                self.n_away += 1;
                self.last = format!("{answer:?}");
                self.pending = Some((request, received));
                false
            }
            // It is being answered to somebody who did not wait: to ourselves.
            Ok(answer) if answer.status == 409 && answer.problem() == "in-progress" => {
                self.pending = Some((request, received));
                false
            }
            Ok(answer) => panic!("{request:?} was answered {answer:?}"),
            Err(why) => {
                self.last = why.to_string();
                self.pending = Some((request, received));
                false
            }
        }
    }

    fn promised(&mut self, load: &Load, request: Request, answer: &Answer, received_ms: i64) {
        let body = answer.json();
        let case = body["case"]["id"].as_str().unwrap().to_owned();
        let version = body["case"]["version"].as_u64().unwrap();
        if request.path == "/v1/cases" {
            let open = Open { case: case.clone(), received_ms };
            load.know(open);
        }
        let key = request.key.clone().unwrap();
        load.n_promised.fetch_add(1, Ordering::SeqCst);
        self.said.push(Said { case, key, version, answer: answer.body.clone(), request });
    }

    /// Something new to ask for. A complaint is entered one or two minutes after it was received,
    /// so that a deadline passes within seconds.
    fn next(&mut self, load: &Load) -> (Request, i64) {
        self.n_asked += 1;
        let key = format!("{}-{}", self.name, self.n_asked);
        let known = load.cases.lock().unwrap_or_else(PoisonError::into_inner);
        if self.opens && (known.is_empty() || self.random.one_in(6)) {
            drop(known);
            return self.opening(load, &key);
        }
        let back = self.random.between(1, NEWEST.min(known.len() as u64));
        let place = known.len() - usize::try_from(back).unwrap();
        let Open { case, received_ms } = known[place].clone();
        drop(known);
        let body = match self.random.one_in(20) {
            true => json!({ "event": "settled", "by": "clerk" }),
            false => json!({ "event": "noted", "by": "clerk", "data": { "mark": key } }),
        };
        let path = format!("/v1/cases/{case}/events");
        (Request::post(&path, &load.token, &key, &body), received_ms)
    }

    fn opening(&mut self, load: &Load, key: &str) -> (Request, i64) {
        let minutes = if self.random.one_in(2) { 1 } else { 2 };
        let lead_ms = i64::try_from(self.random.between(0, 1_500)).unwrap();
        let received_ms = store::clock::now().timestamp_millis() - minutes * 60_000 + lead_ms;
        let at = instant(received_ms);
        let mut body = json!({ "protocol": "desk", "by": "clerk", "at": at });
        if self.random.one_in(3) {
            // Some people complain several times: their cases are decided together.
            body["complainant"] = json!(format!("{}-person-{}", self.name, self.n_asked / 16));
        }
        (Request::post("/v1/cases", &load.token, key, &body), received_ms)
    }
}

/// An instant as requests have it.
pub(crate) fn instant(ms: i64) -> String {
    DateTime::from_timestamp_millis(ms).unwrap().to_rfc3339_opts(SecondsFormat::Millis, true)
}
