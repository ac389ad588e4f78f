//! `protocol serve` as a process of its own. It is killed when its owner is dropped.

use crate::folder::repository;
use crate::sent::{Answer, send};
use serde_json::Value;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server of a debug build may take until it takes requests, on a busy machine.
const START_MAX: Duration = Duration::from_secs(60);

pub(crate) struct Served {
    pub(crate) child: Child,
    /// Where it listens: an address and a port.
    pub(crate) at: String,
    /// What it said until it took requests.
    pub(crate) said: String,
    log: PathBuf,
}

/// The word for the folder of a protocol that ships.
pub(crate) fn shipped(name: &str) -> String {
    repository("protocols").join(name).to_string_lossy().into_owned()
}

impl Served {
    /// Starts it in a folder, on a free port.
    pub(crate) fn start(folder: &Path, words: &[&str]) -> Self {
        Self::listen(folder, "127.0.0.1:0", words)
    }

    /// Starts it on a port of which somebody knows.
    pub(crate) fn listen(folder: &Path, listen: &str, words: &[&str]) -> Self {
        let log = folder.join("server.log");
        let mut command = Command::new(env!("CARGO_BIN_EXE_protocol"));
        command.args(["serve", "--listen", listen]).args(words).current_dir(folder);
        Self::spawn(command, log)
    }

    /// Starts it by a command that comes to be it.
    pub(crate) fn spawn(mut command: Command, log: PathBuf) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(&log).unwrap());
        let child = command.spawn().unwrap();
        let mut served = Self { child, at: String::new(), said: String::new(), log };
        let began = Instant::now();
        // The status page is named by the last line of a start that is not the first.
        while !served.said.contains("status page: ") {
            assert!(served.child.try_wait().unwrap().is_none(), "it ended:\n{}", served.log());
            assert!(began.elapsed() < START_MAX, "it does not start:\n{}", served.log());
            std::thread::sleep(Duration::from_millis(20));
            served.said = served.log();
        }
        served.at = between(&served.said, "http://", " ").to_owned();
        // What is said is written at once; only a reader may have seen half of it.
        std::thread::sleep(Duration::from_millis(50));
        served.said = served.log();
        served
    }

    /// What it has said up to now.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// The token for administration, at the first start.
    pub(crate) fn admin(&self) -> &str {
        between(&self.said, "for administration, shown once: ", "\n")
    }

    /// The token with every role, at the first start.
    pub(crate) fn all(&self) -> &str {
        between(&self.said, "TOKEN=", "\n")
    }

    pub(crate) fn get(&self, token: &str, path: &str) -> Answer {
        send(&self.at, "GET", path, &[("Authorization", &bearer(token))], b"")
    }

    /// Posts JSON under an idempotency key.
    pub(crate) fn post(&self, token: &str, path: &str, key: &str, body: &Value) -> Answer {
        let bearer = bearer(token);
        let headers = [
            ("Authorization", bearer.as_str()),
            ("Content-Type", "application/json"),
            ("Idempotency-Key", key),
        ];
        send(&self.at, "POST", path, &headers, body.to_string().as_bytes())
    }

    /// Tells it to stop, and returns the exit code.
    pub(crate) fn stop(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }

    /// Ends it as if the power had failed.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

/// What stands between two texts.
#[track_caller]
pub(crate) fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no `{before}` in\n{text}"));
    rest.split_once(after).unwrap_or_else(|| panic!("no `{after}` in\n{rest}")).0
}
