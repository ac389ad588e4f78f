//! One step of `ci`: a program that is run, with what it said.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

/// What a step said and whether it passed.
pub(crate) struct Outcome {
    /// Whether the next step may start.
    pub(crate) passed: bool,
    /// Both streams, in the order they were written.
    pub(crate) output: String,
}

impl Outcome {
    /// The outcome of a check that lists faults.
    pub(crate) fn of_faults(faults: &[String]) -> Self {
        Self { passed: faults.is_empty(), output: faults.join("\n") }
    }
}

/// Runs cargo in the root of the workspace.
///
/// # Errors
///
/// Cargo cannot be started.
pub(crate) fn cargo(root: &Path, words: &[&str], variables: &[(&str, &str)]) -> Result<Outcome> {
    program(root, "cargo", words, variables)
}

/// Runs a program in the root of the workspace.
///
/// # Errors
///
/// It cannot be started.
pub(crate) fn program(
    root: &Path,
    name: &str,
    words: &[&str],
    variables: &[(&str, &str)],
) -> Result<Outcome> {
    let (mut reader, writer) = std::io::pipe().context("no pipe")?;
    let mut command = Command::new(name);
    command
        .args(words)
        .current_dir(root)
        .envs(variables.iter().copied())
        // No test may rewrite what it compares with.
        .env_remove("UPDATE")
        .env("INSTA_UPDATE", "no")
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null())
        .stdout(writer.try_clone().context("no pipe")?)
        .stderr(writer);
    let mut child = command.spawn().with_context(|| format!("`{name}` cannot be started"))?;
    // The writing ends live in `command`; while they do, the reading end sees no end.
    drop(command);
    let mut bytes = Vec::new();
    reader
        .read_to_end(&mut bytes)
        .with_context(|| format!("the output of `{name}` cannot be read"))?;
    let passed = child.wait().with_context(|| format!("`{name}` is lost"))?.success();
    Ok(Outcome { passed, output: String::from_utf8_lossy(&bytes).into_owned() })
}

/// Whether `cargo nextest` is installed.
pub(crate) fn has_nextest(root: &Path) -> bool {
    cargo(root, &["nextest", "--version"], &[]).is_ok_and(|it| it.passed)
}

/// The lines with which a test runner closes: those of nextest or of `cargo test`.
pub(crate) fn closing_lines(output: &str) -> Vec<&str> {
    let closes = |it: &&str| it.starts_with("Summary [") || it.starts_with("test result: ");
    output.lines().map(str::trim).filter(closes).collect()
}

/// One line for a whole run: nextest's own, or the sum of those of `cargo test`.
pub(crate) fn summary(output: &str) -> Option<String> {
    let lines = closing_lines(output);
    if let Some(line) = lines.iter().rfind(|it| it.starts_with("Summary [")) {
        return Some((*line).to_owned());
    }
    let verdict = if lines.iter().any(|it| it.contains("FAILED")) { "FAILED" } else { "ok" };
    let sum = |what: &str| lines.iter().map(|it| count(it, what)).sum::<u32>();
    let (passed, failed, ignored) = (sum("passed"), sum("failed"), sum("ignored"));
    let line =
        format!("test result: {verdict}. {passed} passed; {failed} failed; {ignored} ignored");
    (!lines.is_empty()).then_some(line)
}

/// The number before a word: 3 in `3 passed`.
fn count(line: &str, what: &str) -> u32 {
    let parts = line.split([';', '.']).map(str::trim);
    let number = parts.filter_map(|it| it.strip_suffix(what)).find_map(|it| it.trim().parse().ok());
    number.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[track_caller]
    fn check(output: &str, expected: Option<&str>) {
        assert_eq!(summary(output).as_deref(), expected);
    }

    #[test]
    fn the_summary_of_nextest_is_kept_as_it_is() {
        let line = "Summary [   0.100s] 3 tests run: 2 passed, 1 failed, 0 skipped";
        check(
            &format!("    PASS a\n     {line}\n    FAIL b\nerror: test run failed\n"),
            Some(line),
        );
    }

    #[test]
    fn the_results_of_cargo_test_are_added_up() {
        check(
            "test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
             test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\n",
            Some("test result: FAILED. 5 passed; 1 failed; 1 ignored"),
        );
    }

    #[test]
    fn a_run_that_did_not_start_has_no_summary() {
        check("error: could not compile\n", None);
    }
}
