//! Whole processes, from start to end, as somebody at a terminal waits for them.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant as Stopwatch};

/// The best of several runs, for the machine is shared.
pub(crate) fn processes(rounds: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let Some(program) = program() else {
        println!("whole processes: not measured, `protocol` is not built beside this benchmark");
        return;
    };
    let best = |words: &[&str], wanted: &str| {
        let whole = (0..rounds).map(|_| run(&program, &root, words, false)).min();
        let first = (0..rounds).map(|_| run(&program, &root, words, true)).min();
        let ms = |it: Option<Duration>| it.unwrap_or_default().as_secs_f64() * 1e3;
        let name = format!("protocol {}", words.join(" "));
        let (whole, first) = (ms(whole), ms(first));
        println!("{name:<44} {whole:>9.1} ms  first output after {first:.1} ms ({wanted})");
    };
    best(&["check", "protocols"], "wanted 100 and 20");
    best(&["test", "protocols"], "wanted 1000 and 20");
    best(&["--version"], "the start alone");
}

/// The command that was built with the same profile as this benchmark.
fn program() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let found = own.parent()?.parent()?.join(format!("protocol{}", std::env::consts::EXE_SUFFIX));
    found.is_file().then_some(found)
}

fn run(program: &Path, root: &Path, words: &[&str], until_first: bool) -> Duration {
    let (mut output, said) = std::io::pipe().expect("a pipe");
    let mut command = Command::new(program);
    command.args(words).current_dir(root).stdin(Stdio::null());
    command.stdout(said.try_clone().expect("a pipe")).stderr(said);
    let begin = Stopwatch::now();
    let mut child = command.spawn().expect("the command starts");
    // The writing ends live in `command`; while they do, the reading end sees no end.
    drop(command);
    let mut first = [0];
    output.read_exact(&mut first).expect("some output");
    let to_first = begin.elapsed();
    let mut rest = Vec::new();
    output.read_to_end(&mut rest).expect("its output ends");
    let status = child.wait().expect("the command ends");
    let whole = begin.elapsed();
    assert!(status.success(), "{words:?} succeeds");
    if until_first { to_first } else { whole }
}
