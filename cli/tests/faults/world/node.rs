//! A server as a process of its own. It ends when it is dropped, also where a test fails.

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::time::{Duration, Instant};

use crate::world::{Answer, Client, Request};

/// How long a server may take to start.
const START_MAX: Duration = Duration::from_secs(60);

/// A server.
pub(crate) struct Node {
    child: Child,
    /// Where it listens.
    pub(crate) at: String,
    /// What it said when it had started.
    pub(crate) said: String,
    log: PathBuf,
}

impl Node {
    /// Starts `protocol serve` with these words, and waits until it takes requests.
    pub(crate) fn start(folder: &Path, words: &[&str]) -> Self {
        let server = [env!("CARGO_BIN_EXE_protocol"), "serve", "--listen", "127.0.0.1:0"];
        Self::run(folder, &[&server, words].concat())
    }

    /// Starts a command that is a server, or becomes one. It ends with the test, however that ends.
    pub(crate) fn run(folder: &Path, words: &[&str]) -> Self {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL"]).args(words);
        let log = (0..).map(|n| folder.join(format!("log-{n}"))).find(|it| !it.exists()).unwrap();
        let file = std::fs::File::create(&log).unwrap();
        command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(file);
        let child = command.spawn().unwrap();
        let mut node = Self { child, at: String::new(), said: String::new(), log };
        let begun = Instant::now();
        while !node.said.contains("/status\n") {
            assert!(begun.elapsed() < START_MAX, "it does not start: {}", node.log());
            let ended = node.child.try_wait().unwrap();
            assert!(ended.is_none(), "it ended: {}", node.log());
            std::thread::sleep(Duration::from_millis(5));
            node.said = node.log();
        }
        // What comes after that line was written in the same call.
        node.at = between(&node.said, "listens on http://", " ").to_owned();
        node
    }

    /// Everything that it has said.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once: nothing that it holds in memory is written any more.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Tells it to end, and waits until it has.
    pub(crate) fn stop(mut self) {
        self.signal("TERM");
        let code = self.child.wait().unwrap().code();
        assert_eq!(code, Some(0), "{}", self.log());
    }

    /// Lets it stand still: it does nothing, and knows nothing of it.
    pub(crate) fn pause(&self) {
        self.signal("STOP");
    }

    /// Lets it go on.
    pub(crate) fn go_on(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([&format!("-{name}"), &id]).status().unwrap().success());
    }

    /// Sends one request on a connection of its own.
    pub(crate) fn ask(&self, request: &Request) -> Answer {
        Client::new(&self.at).send(request).unwrap()
    }

    /// A figure of `/metrics`.
    pub(crate) fn figure<T: FromStr<Err: Debug>>(&self, name: &str) -> T {
        let all = self.ask(&Request::get("/metrics", "")).body;
        let line = all.lines().find_map(|it| it.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("no {name} in {all}")).parse().unwrap()
    }

    /// Waits until something holds.
    pub(crate) fn until(&self, what: &str, limit: Duration, mut holds: impl FnMut(&Self) -> bool) {
        let begun = Instant::now();
        while !holds(self) {
            assert!(begun.elapsed() < limit, "{what}: not within {limit:?}; {}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It may have ended long ago.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no `{before}` in {text}"));
    rest.split_once(after).unwrap().0
}
