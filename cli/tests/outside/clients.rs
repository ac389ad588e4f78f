//! The clients of `examples/`, against a server that is killed in the middle, and against one that
//! sends them away.

use crate::folder::{Folder, repository};
use crate::served::{Served, shipped};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long is waited for a line.
const LINE_MAX: Duration = Duration::from_secs(90);

/// A client that runs. It is killed when this is dropped.
struct Client {
    child: Child,
    say: ChildStdin,
    lines: Receiver<String>,
}

impl Client {
    fn start(words: [&str; 2], at: &str, token: &str) -> Self {
        let mut command = Command::new(words[0]);
        command.arg(repository("examples/clients").join(words[1]));
        command.env("REDRESS_AT", format!("http://{at}")).env("REDRESS_TOKEN", token);
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (say, said) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (tell, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(said).lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, say, lines }
    }

    fn say(&mut self, line: &str) {
        writeln!(self.say, "{line}").unwrap();
        self.say.flush().unwrap();
    }

    #[track_caller]
    fn line(&self) -> String {
        self.lines.recv_timeout(LINE_MAX).unwrap()
    }

    /// The status and the body of the next line.
    #[track_caller]
    fn answer(&self) -> (String, Value) {
        let line = self.line();
        let (status, body) = line.split_once(' ').unwrap();
        (status.to_owned(), serde_json::from_str(body).unwrap())
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_client_in_python_goes_on_after_the_server_was_killed() {
    goes_on("python", ["python3", "python/redress.py"]);
}

#[test]
fn the_client_in_shell_goes_on_after_the_server_was_killed() {
    goes_on("shell", ["sh", "shell/redress.sh"]);
}

fn goes_on(name: &str, words: [&str; 2]) {
    let folder = Folder::new(&format!("client-{name}"));
    let protocol = shipped("small-business");
    let served = Served::start(&folder, &[&protocol]);
    let (at, token) = (served.at.clone(), served.all().to_owned());
    let mut client = Client::start(words, &at, &token);
    let mut follower = Client::start(words, &at, &token);
    let open = json!({ "protocol": "small-business", "by": "complainant", "complainant": "person-1",
        "data": { "category": "delivery", "received_by": "agent", "summary": "a parcel" } });
    client.say(&format!("open letter-1 {open}"));
    let (status, opened) = client.answer();
    assert_eq!(status, "201", "{opened}");
    let case = opened["case"]["id"].as_str().unwrap();
    follower.say("facts 1000");
    let mut facts = vec![follower.line()];
    served.kill();
    // Reported while there is no server.
    let written =
        json!({ "event": "put_in_writing", "by": "agent", "data": { "details": "it is late" } });
    client.say(&format!("report call-1 {written}"));
    std::thread::sleep(Duration::from_millis(700));
    let served = Served::listen(&folder, &at, &[&protocol]);
    let (status, reported) = client.answer();
    assert_eq!((status.as_str(), &reported["case"]["id"]), ("200", &json!(case)), "{reported}");
    // The same again is the same, and another thing under that key is not taken.
    client.say(&format!("report call-1 {written}"));
    assert_eq!(client.answer(), (status, reported.clone()));
    client.say(&format!("report call-1 {}", json!({ "event": "copy_given", "by": "agent" })));
    assert_eq!(client.answer().0, "422");
    client.say("worklist");
    let owed = client.line();
    assert!(owed.contains(case) && owed.contains("agent"), "{owed}");
    // The facts go on where they broke off.
    let last = reported["facts"].as_array().unwrap().last().unwrap()["sequence"].as_u64().unwrap();
    let began = Instant::now();
    while number(facts.last().unwrap()) < last {
        assert!(began.elapsed() < LINE_MAX, "{facts:#?}");
        facts.push(follower.line());
    }
    // A fact may come twice, but none is left out.
    let by_number: BTreeMap<u64, String> = facts.into_iter().map(|it| (number(&it), it)).collect();
    assert!(by_number.keys().copied().eq(1..=last), "{by_number:#?}");
    assert!(by_number.values().any(|it| it.contains("put_in_writing")));
    assert_eq!(served.stop(), Some(0));
}

fn number(fact: &str) -> u64 {
    let fact: Value = serde_json::from_str(fact).unwrap();
    fact["fact"]["sequence"].as_u64().unwrap()
}

#[test]
fn the_client_in_python_comes_again_when_it_is_told_to() {
    comes_again(["python3", "python/redress.py"]);
}

#[test]
fn the_client_in_shell_comes_again_when_it_is_told_to() {
    comes_again(["sh", "shell/redress.sh"]);
}

/// Somebody who is busy, then has been asked too often, then hangs up, and then answers.
fn comes_again(words: [&str; 2]) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap().to_string();
    let answers = ["503 Service Unavailable", "429 Too Many Requests", "", "201 Created"];
    let (tell, asked) = channel();
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            // The body ends where its braces do.
            while !request.ends_with(b"{\"by\": 1}") && !request.ends_with(b"{\"by\":1}") {
                let mut some = [0; 1024];
                let n_bytes = stream.read(&mut some).unwrap();
                assert_ne!(n_bytes, 0);
                request.extend_from_slice(&some[..n_bytes]);
            }
            tell.send((Instant::now(), String::from_utf8(request).unwrap())).unwrap();
            if !answer.is_empty() {
                let wait = if answer.starts_with("201") { "" } else { "Retry-After: 2\r\n" };
                let body = "{\"case\":{\"id\":\"x\"}}";
                let n_bytes = body.len();
                let head = format!(
                    "HTTP/1.1 {answer}\r\n{wait}Connection: close\r\nContent-Length: {n_bytes}\r\n\r\n"
                );
                stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
            }
        }
    });
    let mut client = Client::start(words, &at, "redress_x");
    client.say("open letter-1 {\"by\": 1}");
    let (status, body) = client.answer();
    assert_eq!((status.as_str(), &body["case"]["id"]), ("201", &json!("x")));
    let asked: Vec<(Instant, String)> = asked.try_iter().collect();
    assert_eq!(asked.len(), 4);
    for (_, request) in &asked {
        let request = request.to_lowercase();
        assert!(request.contains("idempotency-key: letter-1\r\n"), "{request}");
        assert!(request.contains("authorization: bearer redress_x\r\n"), "{request}");
    }
    let waits: Vec<Duration> = asked.windows(2).map(|it| it[1].0 - it[0].0).collect();
    assert!(waits[0] >= Duration::from_secs(2) && waits[1] >= Duration::from_secs(2), "{waits:?}");
}
