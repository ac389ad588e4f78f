//! A client that keeps its connection, as programs do, and gives up on it when something is wrong.

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// How long an answer may take.
const WAIT: Duration = Duration::from_secs(30);

/// How long those wait who then ask somebody else.
const IMPATIENT: Duration = Duration::from_secs(3);

/// A request, the same however often it is sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) token: String,
    pub(crate) key: Option<String>,
    pub(crate) if_match: Option<String>,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn get(path: &str, token: &str) -> Self {
        let (path, token) = (path.to_owned(), token.to_owned());
        Self { method: "GET", path, token, ..Self::default() }
    }

    pub(crate) fn post(path: &str, token: &str, key: &str, body: &Value) -> Self {
        let key = Some(key.to_owned());
        Self { method: "POST", key, body: body.to_string(), ..Self::get(path, token) }
    }

    fn text(&self, at: &str) -> String {
        let Self { method, path, token, body, .. } = self;
        let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {at}\r\n");
        if !token.is_empty() {
            text.push_str(&format!("Authorization: Bearer {token}\r\n"));
        }
        let optional = [("Idempotency-Key", &self.key), ("If-Match", &self.if_match)];
        for (name, value) in optional {
            value.iter().for_each(|it| text.push_str(&format!("{name}: {it}\r\n")));
        }
        if *method == "POST" {
            let n = body.len();
            text.push_str(&format!("Content-Type: application/json\r\nContent-Length: {n}\r\n"));
        }
        text.push_str("\r\n");
        text.push_str(body);
        text
    }
}

/// An answer that came whole.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|why| panic!("{why}: {}", self.body))
    }

    /// The end of the type of a problem.
    pub(crate) fn problem(&self) -> String {
        let body = self.json();
        body["type"].as_str().unwrap_or_default().trim_start_matches("/problems/").to_owned()
    }
}

/// A client of one server.
pub(crate) struct Client {
    at: String,
    wait: Duration,
    stream: Option<BufReader<TcpStream>>,
}

impl Client {
    pub(crate) fn new(at: &str) -> Self {
        Self { at: at.to_owned(), wait: WAIT, stream: None }
    }

    /// A client that does not wait for long.
    pub(crate) fn impatient(at: &str) -> Self {
        Self { wait: IMPATIENT, ..Self::new(at) }
    }

    /// Sends a request and reads the answer. After an error nobody knows what became of it.
    pub(crate) fn send(&mut self, request: &Request) -> io::Result<Answer> {
        let answered = self.exchange(request);
        if answered.is_err() {
            self.stream = None;
        }
        answered
    }

    fn exchange(&mut self, request: &Request) -> io::Result<Answer> {
        let stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(&self.at, self.wait)?,
        };
        let stream = self.stream.insert(stream);
        stream.get_mut().write_all(request.text(&self.at).as_bytes())?;
        let answer = read(stream)?;
        if answer.headers.get("connection").is_some_and(|it| it == "close") {
            self.stream = None;
        }
        Ok(answer)
    }
}

fn connect(at: &str, wait: Duration) -> io::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(at)?;
    stream.set_read_timeout(Some(wait))?;
    stream.set_write_timeout(Some(wait))?;
    stream.set_nodelay(true)?;
    Ok(BufReader::new(stream))
}

fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Answer> {
    let first = line(stream)?;
    let status = first.split(' ').nth(1).and_then(|it| it.parse().ok()).ok_or_else(cut_off)?;
    let mut headers = BTreeMap::new();
    loop {
        let line = line(stream)?;
        let Some((name, value)) = line.split_once(": ") else { break };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length").and_then(|it| it.parse::<u64>().ok());
    let mut body = Vec::new();
    let length = length.unwrap_or(0);
    stream.take(length).read_to_end(&mut body)?;
    if body.len() as u64 != length {
        return Err(cut_off());
    }
    let body = String::from_utf8(body).map_err(io::Error::other)?;
    Ok(Answer { status, headers, body })
}

fn line(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    line.strip_suffix("\r\n").map(str::to_owned).ok_or_else(cut_off)
}

fn cut_off() -> io::Error {
    io::Error::other("the answer was cut off")
}
