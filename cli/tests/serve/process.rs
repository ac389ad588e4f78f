//! A server as a process of its own, and requests to it by hand.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};

pub(crate) struct Served {
    pub(crate) child: Child,
    pub(crate) said: BufReader<ChildStderr>,
}

impl Served {
    pub(crate) fn start(folder: &Path, words: &[&str]) -> Self {
        Self::run(folder, words, &[])
    }

    /// Starts it with these variables.
    pub(crate) fn run(folder: &Path, words: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_protocol"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(words)
            .envs(variables.iter().copied())
            .current_dir(folder)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stderr.take().unwrap());
        Self { child, said }
    }

    /// Reads what is said up to a line that holds this text.
    pub(crate) fn until(&mut self, text: &str) -> String {
        let mut all = String::new();
        while !all.contains(text) {
            assert_ne!(self.said.read_line(&mut all).unwrap(), 0, "no `{text}` in\n{all}");
        }
        all
    }

    /// Tells it to stop, and returns the exit code and what it said last.
    pub(crate) fn stop(mut self) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let mut rest = String::new();
        self.said.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("redress-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub(crate) fn get(at: &str, path: &str, token: &str) -> String {
    let mut stream = TcpStream::connect(at).unwrap();
    let head = format!(
        "GET {path} HTTP/1.1\r\nHost: {at}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

pub(crate) fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split_once(after).unwrap().0
}

/// Posts a body and returns the answer.
pub(crate) fn post(at: &str, path: &str, token: &str, body: &str) -> String {
    post_as(at, path, token, "k", body)
}

/// The same under a key.
pub(crate) fn post_as(at: &str, path: &str, token: &str, key: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(at).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {at}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nIdempotency-Key: {key}\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
