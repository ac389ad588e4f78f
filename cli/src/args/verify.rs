//! The words of `protocol verify`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgGroup, Args as Words, ValueEnum, ValueHint};
use engine::time::NaiveDate;

const OF_VERIFY: &str = "Exit codes: 0 every guarantee is proved, 1 one is not true, a protocol has \
                         errors, or what is certified is no proof, 2 no guarantee has that name, a \
                         file or folder cannot be read or written, or a certificate is none of \
                         this protocol, 3 none is untrue, but one is undecided, 70 a fault of \
                         Redress, 130 interrupted.";

#[derive(Words)]
#[command(after_help = OF_VERIFY, group = ArgGroup::new("written").multiple(true))]
pub(crate) struct Verify {
    /// Folders that hold protocols, at any depth.
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub paths: Vec<PathBuf>,
    /// Only this guarantee; may be given several times.
    #[arg(long = "guarantee", value_name = "ID", value_hint = ValueHint::Other)]
    pub guarantees: Vec<String>,
    /// How much is looked at for each guarantee before it is left undecided: so many situations, or
    /// for so long: `500000`, `10s`.
    #[arg(long, value_name = "LIMIT", value_parser = budget, value_hint = ValueHint::Other)]
    pub budget: Option<Budget>,
    /// The first date on which a case begins; that from which the protocol holds, where nothing is
    /// said.
    #[arg(long, value_name = "DATE", value_parser = date, value_hint = ValueHint::Other)]
    pub from: Option<NaiveDate>,
    /// The last date on which a case begins; three years after the protocol begins to hold, where
    /// nothing is said.
    #[arg(long, value_name = "DATE", value_parser = date, value_hint = ValueHint::Other)]
    pub to: Option<NaiveDate>,
    /// Says what was looked at, and what was allowed for because it cannot be looked at exactly.
    #[arg(long)]
    pub explain: bool,
    /// Writes each course that is found into this folder as a scenario.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, group = "written")]
    pub save: Option<PathBuf>,
    /// Writes what the proofs of one protocol rest on into this file, so that it can be checked
    /// without looking for it again.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, group = "written")]
    pub certificate: Option<PathBuf>,
    /// Replaces scenarios, and a certificate, that are there already.
    #[arg(long, requires = "written")]
    pub force: bool,
    /// Looks for nothing: checks the proofs in this file, which `--certificate` has written.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath,
        conflicts_with_all = ["guarantees", "budget", "from", "to", "explain", "written", "format"])]
    pub check_certificate: Option<PathBuf>,
    /// How to write what was found.
    #[arg(long, value_enum, default_value_t = VerifyFormat::Human)]
    pub format: VerifyFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum VerifyFormat {
    /// Text to read.
    Human,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0, for code hosting services and editors.
    Sarif,
    /// JUnit XML, for CI systems.
    Junit,
}

/// How much is looked at for one guarantee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Budget {
    /// At most so many situations: the same answer on every machine.
    Situations(usize),
    /// As many as can be looked at for so long.
    Time(Duration),
}

/// The longest budget.
const SECONDS_MAX: u64 = 24 * 60 * 60;

fn budget(text: &str) -> Result<Budget, String> {
    let unknown = || "write so many situations, `500000`, or so many seconds, `10s`".to_owned();
    let number = |digits: &str| digits.parse::<u64>().ok().filter(|it| *it > 0).ok_or_else(unknown);
    if let Some(seconds) = text.strip_suffix('s') {
        return match number(seconds)? {
            seconds if seconds <= SECONDS_MAX => Ok(Budget::Time(Duration::from_secs(seconds))),
            _ => Err(format!("a budget has at most {SECONDS_MAX} seconds")),
        };
    }
    let situations = number(text)?;
    Ok(Budget::Situations(usize::try_from(situations).unwrap_or(usize::MAX)))
}

fn date(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| "write a date as `2026-03-30`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_a_number_of_situations_or_of_seconds() {
        assert_eq!(budget("500"), Ok(Budget::Situations(500)));
        assert_eq!(budget("10s"), Ok(Budget::Time(Duration::from_secs(10))));
        for wrong in ["", "s", "0", "0s", "-1", "10m", "1.5s", "99999999999s", "é", "1 s"] {
            assert!(budget(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_date_is_written_in_one_way() {
        assert_eq!(date("2026-03-30"), Ok(NaiveDate::from_ymd_opt(2026, 3, 30).unwrap()));
        for wrong in ["", "30 March 2026", "2026-02-30", "2026-03-30T10:00"] {
            assert!(date(wrong).is_err(), "{wrong}");
        }
    }
}
