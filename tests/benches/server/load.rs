//! The second process: sends requests over connections that stay open, and times the answers.

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What is to be sent.
#[derive(Serialize, Deserialize)]
pub(crate) struct Plan {
    /// Where to, one connection after the other.
    pub(crate) at: Vec<String>,
    /// The tokens that are shown in turn, so that none asks more often than it may.
    pub(crate) tokens: Vec<String>,
    /// How many connections.
    pub(crate) connections: usize,
    /// For how long nothing is counted, in milliseconds.
    pub(crate) warm_ms: u64,
    /// For how long it is counted, in milliseconds.
    pub(crate) count_ms: u64,
    pub(crate) what: What,
}

/// What is sent.
#[derive(Serialize, Deserialize)]
pub(crate) enum What {
    /// Every event of each case, one case after the other; a connection has cases of its own.
    Events { cases: Vec<String>, bodies: Vec<String> },
    /// The paths in turn, each connection from another place.
    Gets { paths: Vec<String> },
    /// Cases that are opened here and live through every event. The person of the opening is
    /// `PERSON`; each gets a name of its own that begins with this one.
    Stories { name: String, opening: String, bodies: Vec<String> },
}

/// What came of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Answered {
    pub(crate) n: u64,
    pub(crate) per_second: f64,
    pub(crate) p50_us: u64,
    pub(crate) p99_us: u64,
    /// How many were sent in all, those included that were not counted.
    pub(crate) sent: u64,
    /// Microseconds of a processor that the server has used for each; filled in by who starts it.
    pub(crate) used_us: f64,
    /// Whether there was nothing more to send before the time was over.
    pub(crate) ran_out: bool,
}

/// Runs a plan in a process of its own.
pub(crate) fn run(plan: &Plan) -> Result<Answered> {
    let own = std::env::current_exe().context("where this program lies")?;
    let mut command = Command::new(own);
    command.arg("load").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().context("the load cannot be started")?;
    let mut words = child.stdin.take().context("no pipe")?;
    words.write_all(&serde_json::to_vec(plan)?)?;
    drop(words);
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "the load failed");
    let answered: Answered = serde_json::from_slice(&output.stdout)?;
    ensure!(!answered.ran_out, "the load had too few cases: {answered:?}");
    Ok(answered)
}

/// The work of that process.
pub(crate) fn main() -> Result<()> {
    let mut words = Vec::new();
    std::io::stdin().read_to_end(&mut words)?;
    let plan: Plan = serde_json::from_slice(&words)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let answered = runtime.block_on(send_all(plan))?;
    std::io::stdout().write_all(&serde_json::to_vec(&answered)?)?;
    Ok(())
}

async fn send_all(plan: Plan) -> Result<Answered> {
    let n = plan.connections;
    let plan: &'static Plan = Box::leak(Box::new(plan));
    let mut streams = Vec::new();
    for at in 0..n {
        let address = plan.at.get(at % plan.at.len().max(1)).context("no address")?;
        let stream = TcpStream::connect(address).await.context("the server takes no connection")?;
        stream.set_nodelay(true)?;
        streams.push(stream);
    }
    let begin = Instant::now() + Duration::from_millis(plan.warm_ms);
    let end = begin + Duration::from_millis(plan.count_ms);
    let mut tasks = tokio::task::JoinSet::new();
    for (at, stream) in streams.into_iter().enumerate() {
        tasks.spawn(one(plan, at, stream, begin, end));
    }
    let (mut took, mut sent, mut ran_out) = (Vec::new(), 0, false);
    while let Some(done) = tasks.join_next().await {
        let done = done??;
        took.extend(done.took);
        sent += done.sent;
        ran_out |= done.ran_out;
    }
    took.sort_unstable();
    let share = |percent: usize| {
        let at = (took.len() * percent / 100).min(took.len().saturating_sub(1));
        took.get(at).copied().unwrap_or(0).into()
    };
    Ok(Answered {
        n: took.len() as u64,
        per_second: took.len() as f64 / (plan.count_ms as f64 / 1e3),
        p50_us: share(50),
        p99_us: share(99),
        sent,
        used_us: 0.0,
        ran_out,
    })
}

struct Done {
    took: Vec<u32>,
    sent: u64,
    ran_out: bool,
}

/// One connection.
async fn one(
    plan: &'static Plan,
    at: usize,
    mut stream: TcpStream,
    begin: Instant,
    end: Instant,
) -> Result<Done> {
    let mut requests = Requests { plan, at, n: 0, case: String::new() };
    let (mut out, mut answer) = (Vec::with_capacity(2_048), Vec::with_capacity(8_192));
    let mut done = Done { took: Vec::new(), sent: 0, ran_out: false };
    loop {
        out.clear();
        if !requests.next(&mut out) {
            done.ran_out = true;
            return Ok(done);
        }
        let sent = Instant::now();
        if sent >= end {
            return Ok(done);
        }
        stream.write_all(&out).await?;
        read(&mut stream, &mut answer).await?;
        let now = Instant::now();
        done.sent += 1;
        requests.answered(&answer);
        if now >= begin && now < end {
            done.took.push(u32::try_from((now - sent).as_micros()).unwrap_or(u32::MAX));
        }
        if !answer.starts_with(b"HTTP/1.1 20") {
            let (request, answer) =
                (String::from_utf8_lossy(&out), String::from_utf8_lossy(&answer));
            bail!("an answer that was not wanted:\n{request}\n{answer}");
        }
    }
}

/// Reads one answer.
async fn read(stream: &mut TcpStream, answer: &mut Vec<u8>) -> Result<()> {
    answer.clear();
    let mut whole = None;
    while whole.is_none_or(|whole| answer.len() < whole) {
        ensure!(stream.read_buf(answer).await? > 0, "the connection was closed");
        if whole.is_none() {
            whole = length(answer);
        }
    }
    Ok(())
}

/// The length of an answer with its head, once the head is there.
fn length(answer: &[u8]) -> Option<usize> {
    const NAME: &[u8] = b"content-length: ";
    let head = answer.windows(4).position(|it| it == b"\r\n\r\n")? + 4;
    let name = answer.get(..head)?.windows(NAME.len()).position(|it| it == NAME)?;
    let digits = answer.get(name + NAME.len()..head)?.iter().take_while(|it| it.is_ascii_digit());
    let length = digits.fold(0usize, |sum, it| sum * 10 + usize::from(it - b'0'));
    Some(head + length)
}

/// The requests of one connection.
struct Requests {
    plan: &'static Plan,
    at: usize,
    n: usize,
    /// The case that was opened here.
    case: String,
}

impl Requests {
    /// The token of this request: each connection begins with another one.
    fn token(&self) -> &'static str {
        let place = (self.at + self.n) % self.plan.tokens.len().max(1);
        self.plan.tokens.get(place).map_or("", String::as_str)
    }

    /// Writes the next request; whether there is one.
    fn next(&mut self, out: &mut Vec<u8>) -> bool {
        let n = self.n;
        self.n += 1;
        match &self.plan.what {
            What::Gets { paths } => {
                let place = (self.at * 7_919 + n * self.plan.connections) % paths.len().max(1);
                let (Some(path), token) = (paths.get(place), self.token()) else { return false };
                let head = "HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer";
                write!(out, "GET {path} {head} {token}\r\n\r\n").is_ok()
            }
            What::Events { cases, bodies } => {
                let (place, step) = (n / bodies.len().max(1), n % bodies.len().max(1));
                let case = cases.get(place * self.plan.connections + self.at);
                let (Some(case), Some(body)) = (case, bodies.get(step)) else { return false };
                self.event(out, case, step, body)
            }
            What::Stories { name, opening, bodies } => {
                let (place, step) = (n / (bodies.len() + 1), n % (bodies.len() + 1));
                if let Some(body) = step.checked_sub(1).and_then(|it| bodies.get(it)) {
                    return self.event(out, &self.case, step, body);
                }
                let person = format!("{name}-{}-{place:06}", self.at);
                let body = opening.replace("PERSON", &person);
                self.post(out, "/v1/cases", &format!("open-{person}"), &body)
            }
        }
    }

    fn event(&self, out: &mut Vec<u8>, case: &str, step: usize, body: &str) -> bool {
        self.post(out, &format!("/v1/cases/{case}/events"), &format!("{case}-{step:02}"), body)
    }

    fn post(&self, out: &mut Vec<u8>, path: &str, key: &str, body: &str) -> bool {
        let (token, length) = (self.token(), body.len());
        write!(
            out,
            "POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nIdempotency-Key: {key}\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        )
        .is_ok()
    }

    /// Looks which case was opened.
    fn answered(&mut self, answer: &[u8]) {
        const NAME: &[u8] = b"location: /v1/cases/";
        let is_opening = matches!(self.plan.what, What::Stories { .. });
        let head = answer.get(..answer.len().min(1_024)).unwrap_or_default();
        let at = head.windows(NAME.len()).position(|it| it == NAME).filter(|_| is_opening);
        let id = at.and_then(|at| head.get(at + NAME.len()..at + NAME.len() + 36));
        if let Some(id) = id {
            self.case = String::from_utf8_lossy(id).into_owned();
        }
    }
}
