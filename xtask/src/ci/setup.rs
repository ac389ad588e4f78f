//! `cargo xtask setup`: what the tests need and cargo does not bring.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::ci::steps::{self, Outcome};
use crate::{output, tree};

/// Where Debian has the server's programs, a folder a version.
const SERVERS: &str = "/usr/lib/postgresql";
/// The Python tools, with their hashes.
const LOCKED: &str = "tests/python/requirements.txt";
/// Where they are installed, and the list that was installed there.
const TOOLS: &str = "target/python";
const INSTALLED: &str = "target/python/installed.txt";

/// Where one program of the package of Prometheus is put. The package is not installed: it would
/// start a server.
const PROMTOOL: &str = "target/promtool";

/// How pip is called. Without a network it gives up soon.
const PIP: [&str; 12] = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--timeout=20",
    "--retries=1",
    "--require-hashes",
    "--only-binary=:all:",
    "--no-deps",
    "--requirement",
    LOCKED,
];

struct Need {
    name: &'static str,
    /// Which tests are not run without it.
    tests: &'static str,
    is_there: fn(&Path) -> bool,
    install: fn(&Path) -> Result<Outcome>,
}

const NEEDS: [Need; 4] = [
    Need {
        name: "PostgreSQL server",
        tests: "the tests on PostgreSQL",
        is_there: |_| has_server(Path::new(SERVERS)),
        install: |root| packages(root, "postgresql"),
    },
    Need {
        name: "Python with venv",
        tests: "the tests with Python tools",
        is_there: |root| {
            let words = ["-c", "import ensurepip, venv"];
            steps::program(root, "python3", &words, &[]).is_ok_and(|it| it.passed)
        },
        install: |root| packages(root, "python3-venv"),
    },
    Need {
        name: "Python tools",
        tests: "the tests with Python tools",
        is_there: tools_are_there,
        install: tools,
    },
    Need {
        name: "promtool",
        tests: "the test of the metrics with promtool",
        is_there: |root| root.join(PROMTOOL).join("usr/bin/promtool").exists(),
        install: promtool,
    },
];

/// Installs what is missing and says what it does. Answers whether all is there then.
///
/// # Errors
///
/// Standard output is closed.
pub(crate) fn run() -> Result<bool> {
    Ok(missing(&tree::root()?)?.is_empty())
}

/// Installs what is missing and says what it does. Answers with a sentence for each thing that
/// cannot be had.
///
/// # Errors
///
/// Standard output is closed.
pub(crate) fn missing(root: &Path) -> Result<Vec<String>> {
    let mut missing = Vec::new();
    for need in &NEEDS {
        if (need.is_there)(root) {
            output::say(&format!("there     {}", need.name))?;
            continue;
        }
        output::say(&format!("missing   {}: installing it", need.name))?;
        let why = match (need.install)(root) {
            Ok(outcome) if outcome.passed && (need.is_there)(root) => {
                output::say(&format!("installed {}", need.name))?;
                continue;
            }
            Ok(outcome) => last_line(&outcome.output),
            Err(fault) => format!("{fault:#}"),
        };
        let (name, tests) = (need.name, need.tests);
        let line = format!("NOT RUN   {tests}. Missing: {name}, which cannot be installed: {why}");
        output::say(&line)?;
        missing.push(line);
    }
    Ok(missing)
}

fn has_server(versions: &Path) -> bool {
    let versions = std::fs::read_dir(versions).into_iter().flatten().flatten();
    versions.into_iter().any(|it| it.path().join("bin/initdb").exists())
}

/// Installs a package of the system; the lists of packages are fetched where they are too old.
fn packages(root: &Path, package: &str) -> Result<Outcome> {
    let limits = ["-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20"];
    let install = [&limits[..], &["install", "--yes", "--no-install-recommends", package]].concat();
    let first = apt(root, &install)?;
    if first.passed {
        return Ok(first);
    }
    apt(root, &[&limits[..], &["update"]].concat())?;
    apt(root, &install)
}

/// Only root may install; somebody else is asked for no password here.
fn apt(root: &Path, words: &[&str]) -> Result<Outcome> {
    let quiet = [("DEBIAN_FRONTEND", "noninteractive")];
    if is_root() {
        return steps::program(root, "apt-get", words, &quiet);
    }
    let words = [&["--non-interactive", "apt-get"], words].concat();
    steps::program(root, "sudo", &words, &quiet)
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|it| it.stdout.trim_ascii() == b"0")
}

fn tools_are_there(root: &Path) -> bool {
    let (locked, installed) =
        (std::fs::read(root.join(LOCKED)), std::fs::read(root.join(INSTALLED)));
    matches!((locked, installed), (Ok(locked), Ok(installed)) if locked == installed)
}

/// Begins anew: what is there may be half of it, or of another version.
fn tools(root: &Path) -> Result<Outcome> {
    let folder = root.join(TOOLS);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("cannot clear `{TOOLS}`"))?;
    }
    let made = steps::program(root, "python3", &["-m", "venv", TOOLS], &[])?;
    if !made.passed {
        return Ok(made);
    }
    let python = folder.join("bin/python");
    let done = steps::program(root, &python.to_string_lossy(), &PIP, &[])?;
    if done.passed {
        std::fs::copy(root.join(LOCKED), root.join(INSTALLED))
            .with_context(|| format!("cannot write `{INSTALLED}`"))?;
    }
    Ok(done)
}

/// Takes `promtool` out of the package in which Debian has it.
fn promtool(root: &Path) -> Result<Outcome> {
    let folder = root.join(PROMTOOL);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("cannot clear `{PROMTOOL}`"))?;
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make `{PROMTOOL}`"))?;
    let fetch = "apt-get download -o Acquire::Retries=1 -o Acquire::http::Timeout=20 prometheus \
                 && dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x ./usr/bin/promtool \
                 && rm prometheus_*.deb";
    let first = steps::program(&folder, "sh", &["-ec", fetch], &[])?;
    if first.passed {
        return Ok(first);
    }
    apt(root, &["-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20", "update"])?;
    steps::program(&folder, "sh", &["-ec", fetch], &[])
}

/// What programs end with tells most; package managers warn after it, which does not.
fn last_line(said: &str) -> String {
    let lines = || said.lines().map(str::trim).filter(|it| !it.is_empty());
    let error = lines().rfind(|it| it.starts_with("E: ") || it.to_lowercase().starts_with("error"));
    error.or_else(|| lines().next_back()).unwrap_or("it says nothing").to_owned()
}

#[cfg(test)]
mod tests {
    use super::{has_server, last_line};
    use std::path::Path;

    #[test]
    fn the_last_error_is_told() {
        let said = "Reading lists\nE: Unable to locate package postgresql\nW: some are old\n\n";
        assert_eq!(last_line(said), "E: Unable to locate package postgresql");
        assert_eq!(last_line("a\n b \n\n"), "b");
        assert_eq!(last_line(""), "it says nothing");
    }

    #[test]
    fn no_folder_is_no_server() {
        assert!(!has_server(Path::new("/nowhere")));
    }
}
