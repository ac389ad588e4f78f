//! Somebody who is told: over HTTP on this machine, or through a file.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;

use crate::world::{Random, Seen};

/// How a receiver answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answering {
    /// With this status and these header lines.
    Status(u16, String),
    /// With 204, after a while.
    Late(Duration),
    /// With 204, now and then with 500, and now and then not at all.
    Moody(u64),
    /// Not at all; the connection stays open.
    Hangs,
    /// Not at all; the connection is closed.
    Closes,
}

/// An event as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Arrived {
    pub(crate) id: String,
    pub(crate) body: Value,
    pub(crate) at_ms: i64,
}

struct Shared {
    answering: Mutex<Answering>,
    arrived: Mutex<Vec<Arrived>>,
    is_over: AtomicBool,
    random: Mutex<Random>,
}

/// A receiver on this machine. It ends when it is dropped.
pub(crate) struct Receiver {
    pub(crate) url: String,
    at: std::net::SocketAddr,
    shared: Arc<Shared>,
}

impl Receiver {
    pub(crate) fn start(answering: Answering) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap();
        let seed = if let Answering::Moody(seed) = answering { seed } else { 0 };
        let shared = Arc::new(Shared {
            answering: Mutex::new(answering),
            arrived: Mutex::default(),
            is_over: AtomicBool::new(false),
            random: Mutex::new(Random::new(seed)),
        });
        let its = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if its.is_over.load(Ordering::SeqCst) {
                    return;
                }
                let its = Arc::clone(&its);
                // A sender that dies in the middle of a request is no news here.
                std::thread::spawn(move || its.take(stream));
            }
        });
        Self { url: format!("http://{at}/in"), at, shared }
    }

    pub(crate) fn answer(&self, answering: Answering) {
        *self.shared.answering.lock().unwrap_or_else(PoisonError::into_inner) = answering;
    }

    /// What arrived, in order, also what was not answered.
    pub(crate) fn arrived(&self) -> Vec<Arrived> {
        self.shared.arrived.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        // It looks when somebody comes.
        drop(TcpStream::connect(self.at));
    }
}

impl Shared {
    fn take(&self, stream: TcpStream) -> Option<()> {
        stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
        let mut stream = BufReader::new(stream);
        let (mut id, mut length) = (String::new(), 0u64);
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(": ") else {
                if line == "\r\n" {
                    break;
                }
                // The first line has no name.
                continue;
            };
            match name.to_ascii_lowercase().as_str() {
                "webhook-id" => value.clone_into(&mut id),
                "content-length" => length = value.parse().ok()?,
                _ => {}
            }
        }
        let mut body = Vec::new();
        (&mut stream).take(length).read_to_end(&mut body).ok()?;
        let body = serde_json::from_slice(&body).ok()?;
        let at_ms = store::clock::now().timestamp_millis();
        let arrived = Arrived { id, body, at_ms };
        self.arrived.lock().unwrap_or_else(PoisonError::into_inner).push(arrived);
        self.reply(stream.get_mut())
    }

    fn reply(&self, stream: &mut TcpStream) -> Option<()> {
        let answering = self.answering.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (status, lines) = match answering {
            Answering::Status(status, lines) => (status, lines),
            Answering::Late(wait) => {
                std::thread::sleep(wait);
                (204, String::new())
            }
            Answering::Moody(_) => {
                let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
                match random.between(0, 19) {
                    0 => (500, String::new()),
                    1 => return None,
                    _ => (204, String::new()),
                }
            }
            Answering::Hangs => {
                while !self.is_over.load(Ordering::SeqCst) {
                    std::thread::sleep(Duration::from_millis(50));
                }
                return None;
            }
            Answering::Closes => return None,
        };
        let answer =
            format!("HTTP/1.1 {status} x\r\nContent-Length: 0\r\nConnection: close\r\n{lines}\r\n");
        stream.write_all(answer.as_bytes()).ok()
    }
}

/// What arrived in a file. A line that a crash cut off is none.
pub(crate) fn arrived_in(file: &Path) -> Vec<Arrived> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let lines = text.lines().filter_map(|it| serde_json::from_str::<Value>(it).ok());
    let one = |body: Value| Arrived { id: body["id"].as_str().unwrap().to_owned(), body, at_ms: 0 };
    lines.map(one).collect()
}

/// Each fact of these kinds arrived at least once under its id, nothing else did, and those of a
/// case came in order. How many arrived, and how many of them again.
pub(crate) fn check_arrived(arrived: &[Arrived], seen: &Seen, kinds: &[&str]) -> (u64, u64) {
    let mut missing: BTreeSet<&(String, u32)> = seen
        .facts
        .iter()
        .filter(|(_, kind)| kinds.contains(&kind.as_str()))
        .map(|it| it.0)
        .collect();
    let mut last = BTreeMap::<String, u32>::new();
    let mut n_again = 0;
    for it in arrived {
        let (case, sequence) = it.id.split_once('/').unwrap();
        let key = (case.to_owned(), sequence.parse().unwrap());
        let kind = seen.facts.get(&key).unwrap_or_else(|| panic!("{} is no fact", it.id));
        assert_eq!(it.body["type"], format!("redress.fact.{kind}"), "{}", it.id);
        assert_eq!(it.body["id"], it.id);
        n_again += u64::from(!missing.remove(&key));
        let before = last.insert(key.0, key.1).unwrap_or(0);
        assert!(before <= key.1, "{} came after {before}", it.id);
    }
    assert!(missing.is_empty(), "{} facts never arrived: {missing:?}", missing.len());
    (arrived.len() as u64, n_again)
}
