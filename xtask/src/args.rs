//! What was asked for.

use crate::bench::Bench;
use crate::faults::{self, Faults};
use crate::rules::LAYERS;
use crate::verify_fuzz::{self, VerifyFuzz};

/// What works, one line each.
pub(crate) const HELP: &str = "\
usage: cargo xtask <command>

  ci                                everything a change must pass, in order; stops at the first failure
  setup                             installs what the tests need and is missing; `ci` begins with it
  tidy                              the house rules, one line a fault: `path:line: what`
  gen                               writes the generated files: the index of diagnostics, the pages of `--explain`
  bench                             every figure of speed and size beside its baseline; takes some minutes
  bench server [--quick | --soak MINUTES]
                                    the server beside its baselines: a quarter of an hour, two minutes, or a long load
  faults --minutes N [--seed S] [--only sqlite|postgres]
                                    servers are killed, databases stopped, disks filled, until the time is over
  verify-fuzz [--seeds N] [--seed FIRST] [--closely]
                                    what is proved of random protocols, against what is seen when cases are followed,
                                    from more dates and at more times of day if closely
  seeded-faults [--update]          every small fault of the protocols that ship, and whether their guarantees notice it
  new diagnostic CODE --layer LAYER [--warning]
                                    rule file, fixture and page of a new diagnostic
  help                              this text";

/// One command with its options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Print what works.
    Help,
    /// Run every check.
    Ci,
    /// Install what the tests need.
    Setup,
    /// Check the house rules.
    Tidy,
    /// Write the generated files.
    Generate,
    /// Measure.
    Bench(Bench),
    /// Try what goes wrong, for longer than the tests do.
    Faults(Faults),
    /// Compare proofs with what is seen, for more protocols than the tests do.
    VerifyFuzz(VerifyFuzz),
    /// Compare what becomes of the guarantees by every small fault with the lists, or write these.
    SeededFaults {
        /// The lists are written.
        update: bool,
    },
    /// Start a new diagnostic.
    New(NewDiagnostic),
}

/// A diagnostic that does not exist yet.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NewDiagnostic {
    /// Lower case words joined by hyphens.
    pub(crate) code: String,
    /// The layer of the engine that finds it.
    pub(crate) layer: &'static str,
    /// `error` or `warning`, as the constructor of `Code` is called.
    pub(crate) severity: &'static str,
}

/// Reads the words after `cargo xtask`.
///
/// # Errors
///
/// A sentence for the person who typed them.
pub(crate) fn read(words: &[String]) -> Result<Command, String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["help" | "-h" | "--help"] => Ok(Command::Help),
        ["ci"] => Ok(Command::Ci),
        ["setup"] => Ok(Command::Setup),
        ["tidy"] => Ok(Command::Tidy),
        ["bench"] => Ok(Command::Bench(Bench::Engine)),
        ["bench", "server", rest @ ..] => bench_server(rest).map(Command::Bench),
        ["faults", rest @ ..] => faults::read(rest).map(Command::Faults),
        ["verify-fuzz", rest @ ..] => verify_fuzz::read(rest).map(Command::VerifyFuzz),
        ["seeded-faults"] => Ok(Command::SeededFaults { update: false }),
        ["seeded-faults", "--update"] => Ok(Command::SeededFaults { update: true }),
        ["gen"] => Ok(Command::Generate),
        ["new", "diagnostic", rest @ ..] => new_diagnostic(rest).map(Command::New),
        [first, ..] => Err(format!("`{first}` with these words is no command")),
    }
}

fn bench_server(words: &[&str]) -> Result<Bench, String> {
    let is_part = |it: &&&str| it.strip_prefix("--only=").is_some_and(|it| !it.is_empty());
    let rest: Vec<&str> = words.iter().filter(|it| !is_part(it)).copied().collect();
    let is_known = match rest.as_slice() {
        [] | ["--quick"] => true,
        ["--soak", minutes] => minutes.parse::<u32>().is_ok(),
        _ => false,
    };
    match is_known {
        true => Ok(Bench::Server(words.iter().map(|it| (*it).to_owned()).collect())),
        false => Err("say `bench server`, with `--quick` or `--soak MINUTES`".to_owned()),
    }
}

fn new_diagnostic(words: &[&str]) -> Result<NewDiagnostic, String> {
    let (code, layer, severity) = match words {
        [code, "--layer", layer] | ["--layer", layer, code] => (*code, *layer, "error"),
        [code, "--layer", layer, "--warning"] | [code, "--warning", "--layer", layer] => {
            (*code, *layer, "warning")
        }
        _ => return Err("say `new diagnostic CODE --layer LAYER`".to_owned()),
    };
    let Some(layer) = LAYERS.into_iter().find(|it| *it == layer) else {
        return Err(format!("`{layer}` is no layer; they are {}", LAYERS.join(", ")));
    };
    if !is_code(code) {
        return Err(format!("`{code}` is no code; write lower case words joined by hyphens"));
    }
    Ok(NewDiagnostic { code: code.to_owned(), layer, severity })
}

fn is_code(word: &str) -> bool {
    word.split('-').all(|part| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::{Bench, Command, NewDiagnostic, read};

    #[track_caller]
    fn check(line: &str, expected: Result<Command, &str>) {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        assert_eq!(read(&words), expected.map_err(str::to_owned));
    }

    #[test]
    fn nothing_asks_for_help() {
        check("", Ok(Command::Help));
    }

    #[test]
    fn a_new_diagnostic_is_an_error_unless_said_otherwise() {
        let code = "unknown-stage".to_owned();
        let error = NewDiagnostic { code: code.clone(), layer: "check", severity: "error" };
        check("new diagnostic unknown-stage --layer check", Ok(Command::New(error)));
        let warning = NewDiagnostic { code, layer: "check", severity: "warning" };
        check("new diagnostic unknown-stage --layer check --warning", Ok(Command::New(warning)));
    }

    #[test]
    fn a_code_is_lower_case_words() {
        let fault = "`UnknownStage` is no code; write lower case words joined by hyphens";
        check("new diagnostic UnknownStage --layer check", Err(fault));
    }

    #[test]
    fn the_server_is_measured_in_three_ways() {
        for words in ["", " --quick", " --soak 60", " --quick --only=sqlite"] {
            let given = words.split_whitespace().map(str::to_owned).collect();
            check(&format!("bench server{words}"), Ok(Command::Bench(Bench::Server(given))));
        }
        let fault = "say `bench server`, with `--quick` or `--soak MINUTES`";
        check("bench server --soak", Err(fault));
        check("bench server --fast", Err(fault));
    }

    #[test]
    fn the_lists_of_faults_are_compared_or_written() {
        check("seeded-faults", Ok(Command::SeededFaults { update: false }));
        check("seeded-faults --update", Ok(Command::SeededFaults { update: true }));
    }

    #[test]
    fn an_unknown_command_is_named() {
        check("lint", Err("`lint` with these words is no command"));
    }
}
