//! Servers as processes of their own, ours and the bare one.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

/// A server. It is killed when this is dropped.
pub(crate) struct Served {
    child: Child,
    /// Its address.
    pub(crate) at: String,
    /// From its start until it answered for the first time.
    pub(crate) first_answer: Duration,
}

/// The command that was built with the same profile as this benchmark.
pub(crate) fn program() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).context("this program lies nowhere")?;
    let found = folder.join(format!("protocol{}", std::env::consts::EXE_SUFFIX));
    ensure!(found.is_file(), "`protocol` is not built beside this benchmark");
    Ok(found)
}

impl Served {
    /// Starts our server on a store: the words after `serve`.
    pub(crate) fn ours(folder: &Path, words: &[&str]) -> Result<Self> {
        let mut command = Command::new(program()?);
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(words).current_dir(folder);
        Self::start(command)
    }

    /// Starts the bare server.
    pub(crate) fn bare(words: &[&str]) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("bare").args(words);
        Self::start(command)
    }

    fn start(mut command: Command) -> Result<Self> {
        let begin = Instant::now();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let child = child.spawn().context("the server cannot be started")?;
        let mut served = Self { child, at: String::new(), first_answer: Duration::ZERO };
        let said = served.child.stderr.take().context("the server says nothing")?;
        let mut said = BufReader::new(said);
        let mut all = String::new();
        served.at = loop {
            let is_over = said.read_line(&mut all)? == 0;
            if let Some((_, rest)) = all.split_once("listens on http://") {
                break rest.split_whitespace().next().unwrap_or_default().to_owned();
            }
            ensure!(!is_over, "the server did not start: {all}");
        };
        // Whoever stops reading stops whoever writes. Of what is said, only the log is shown.
        std::thread::spawn(move || {
            for line in said.lines().map_while(Result::ok).filter(|it| it.starts_with('{')) {
                let _lost = writeln!(std::io::stderr(), "{line}");
            }
        });
        served.get("/healthz")?;
        served.first_answer = begin.elapsed();
        Ok(served)
    }

    /// Asks for something, on a connection of its own.
    fn get(&self, path: &str) -> Result<()> {
        let mut stream = TcpStream::connect(&self.at)?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        match answer.starts_with("HTTP/1.1 200") {
            true => Ok(()),
            false => bail!("{path}: {answer}"),
        }
    }

    /// What the system tells of the process, in kibibytes: memory that it uses now.
    pub(crate) fn memory_kib(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
        let kib = line.and_then(|it| it.split_whitespace().next());
        kib.and_then(|it| it.parse().ok()).context("the system does not tell of its memory")
    }

    /// Ticks of a processor that it has used, and how often it has read something.
    pub(crate) fn used(&self) -> Result<(u64, u64)> {
        let id = self.child.id();
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
        let (_, fields) = stat.rsplit_once(')').context("no figures of the process")?;
        let field = |at: usize| fields.split_whitespace().nth(at).and_then(|it| it.parse().ok());
        let ticks: Option<(u64, u64)> = field(11).zip(field(12));
        let (user, system) = ticks.context("no figures of the process")?;
        let io = std::fs::read_to_string(format!("/proc/{id}/io"))?;
        let reads = io.lines().find_map(|it| it.strip_prefix("syscr: "));
        let reads = reads.and_then(|it| it.trim().parse().ok()).context("no count of reads")?;
        Ok((user + system, reads))
    }

    /// Tells it to stop, and waits until it has.
    pub(crate) fn stop(mut self) -> Result<()> {
        let id = self.child.id().to_string();
        ensure!(Command::new("kill").args(["-TERM", &id]).status()?.success(), "no signal");
        ensure!(self.child.wait()?.success(), "the server did not end well");
        Ok(())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _known = self.child.wait();
    }
}
