//! Thousands of connections on which nothing is said.

use crate::folder::{Folder, repository};
use crate::python::{not_run, tool};
use crate::sent::{answer, connect};
use crate::served::{Served, bearer, shipped};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const CONNECTIONS: usize = 10_000;

/// How much memory they may take, in kB: 12 for each, of which 8 are what is read into.
const GROWTH_KB_MAX: u64 = 120_000;

/// The longest that somebody else may wait for an answer of a debug build meanwhile.
const ANSWER_MAX: Duration = Duration::from_secs(5);

#[test]
fn ten_thousand_idle_connections_keep_nobody_else_waiting() {
    let Some(python) = tool("python") else { return };
    let Some(limit) = open_files() else {
        return not_run("this user may not have 11,000 files open");
    };
    let folder = Folder::new("idle");
    let served = Served::spawn(
        within(&limit, env!("CARGO_BIN_EXE_protocol"), |it| {
            it.args(["serve", "--listen", "127.0.0.1:0", &shipped("small-business")]);
            it.current_dir(&*folder);
        }),
        folder.join("server.log"),
    );
    served.get(served.all(), "/v1/cases").is(200);
    let before_kb = memory_kb(served.child.id());
    let mut idle = within(&limit, &python.get_program().to_string_lossy(), |it| {
        it.arg(repository("tests/python/idle.py")).args([&served.at, &CONNECTIONS.to_string()]);
    });
    let mut idle = idle.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    let mut said = BufReader::new(idle.stdout.take().unwrap());
    said.read_line(&mut line).unwrap();
    assert_eq!(line.trim(), format!("open {CONNECTIONS}"));
    let slowest = (0..50).map(|_| {
        let began = Instant::now();
        served.get(served.all(), "/v1/worklist").is(200);
        began.elapsed()
    });
    let slowest = slowest.max().unwrap();
    let grown_kb = memory_kb(served.child.id()).saturating_sub(before_kb);
    drop(idle.stdin.take());
    assert!(idle.wait().unwrap().success());
    assert!(slowest < ANSWER_MAX, "somebody waited {slowest:?}");
    assert!(grown_kb < GROWTH_KB_MAX, "{grown_kb} kB for {CONNECTIONS} connections");
    served.get(served.all(), "/v1/cases").is(200);
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn a_connection_more_than_there_may_be_is_told_so_at_once() {
    let folder = Folder::new("full");
    std::fs::write(folder.join("c.toml"), "connections_max = 10\n").unwrap();
    let served = Served::start(&folder, &["--config", "c.toml", &shipped("small-business")]);
    let idle: Vec<TcpStream> = (0..10).map(|_| connect(&served.at)).collect();
    let head = format!(
        "GET /v1/cases HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {}\r\n\r\n",
        bearer(served.all())
    );
    let ask = || {
        let mut stream = connect(&served.at);
        stream.write_all(head.as_bytes()).unwrap();
        answer(&mut stream)
    };
    let began = Instant::now();
    let told = ask().is(503);
    assert!(began.elapsed() < ANSWER_MAX, "{:?}", began.elapsed());
    assert!(told.head.contains("\r\nRetry-After: 1\r\n"), "{}", told.head);
    assert_eq!(told.json()["type"], "/problems/busy");
    // There is room again as soon as somebody leaves.
    drop(idle);
    let again = (0..50).find(|_| {
        std::thread::sleep(Duration::from_millis(100));
        ask().status == 200
    });
    assert!(again.is_some(), "there is no room any more");
    assert_eq!(served.stop(), Some(0));
}

/// A program that may have so many files open.
fn within(limit: &str, program: &str, words: impl FnOnce(&mut Command)) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -n \"$0\" && exec \"$@\"", limit, program]);
    words(&mut command);
    command
}

/// How many files a process may have open here; nothing where that is too few.
fn open_files() -> Option<String> {
    let hard = Command::new("sh").args(["-c", "ulimit -Hn"]).output().unwrap();
    let hard = String::from_utf8(hard.stdout).unwrap();
    let is_enough = hard.trim() == "unlimited"
        || hard.trim().parse::<usize>().is_ok_and(|it| it >= CONNECTIONS + 1_000);
    is_enough.then(|| (CONNECTIONS + 1_000).to_string())
}

/// How much of the memory a process has, in kB.
fn memory_kb(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|it| it.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
