//! What `protocol` says, run in this process.

use std::io::{BufReader, Cursor};

use cli::{Io, Place};

/// What a command wrote, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// Its exit code.
    pub(crate) exit: u8,
    /// Its data, without how long it took.
    pub(crate) stdout: String,
    /// All else.
    pub(crate) stderr: String,
}

/// Runs a command, on so many threads or on as many as there are processors.
pub(crate) fn said(words: &[&str], n_threads: Option<usize>) -> Said {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let mut stdin = BufReader::new(Cursor::new(Vec::new()));
    let place = Place { is_ci: true, columns: Some(100), n_threads, ..Place::default() };
    let mut io = Io { stdin: &mut stdin, stdout: &mut stdout, stderr: &mut stderr, place };
    let words = std::iter::once("protocol").chain(words.iter().copied());
    let exit = cli::run(words.map(Into::into), &mut io).code();
    let stdout = String::from_utf8(stdout).unwrap_or_default();
    let stdout = stdout.lines().map(|it| timeless(it).to_owned() + "\n").collect();
    Said { exit, stdout, stderr: String::from_utf8(stderr).unwrap_or_default() }
}

fn timeless(line: &str) -> &str {
    match line.rsplit_once("   in ") {
        Some((before, took)) if took.ends_with(" s") => before,
        _ => line,
    }
}
