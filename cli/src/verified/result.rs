//! What was found of each guarantee.

use std::path::PathBuf;

use analysis::{Course, Outcome, Verdict};
use engine::machine::Machine;
use engine::text::SourceSet;
use engine::time::NaiveDate;

use crate::verified::Retold;

/// A protocol whose guarantees were looked at.
pub(crate) struct VerifiedProtocol {
    /// Its folder.
    pub folder: PathBuf,
    /// The protocol.
    pub machine: Machine,
    /// Its files.
    pub sources: SourceSet,
    /// The first and the last date on which a case begins for which the verdicts hold.
    pub window: (NaiveDate, NaiveDate),
    /// What was found: guarantees of the protocol in file order, then those that every protocol
    /// is asked for.
    pub list: Vec<Answered>,
}

/// A guarantee and what was found of it.
pub(crate) struct Answered {
    /// What was found.
    pub verdict: Verdict,
    /// Within how many situations that was found.
    pub situations_max: usize,
    /// The course that refutes it, or on which it takes longest, as the engine went through it.
    pub retold: Option<Retold>,
    /// Where the course was saved as a scenario.
    pub saved: Option<PathBuf>,
}

/// What was found, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Proved,
    Refuted,
    Undecided,
}

impl Answered {
    /// What was found.
    pub(crate) const fn found(&self) -> Found {
        match self.verdict.outcome {
            Outcome::Proved(_) => Found::Proved,
            Outcome::Refuted(_) => Found::Refuted,
            Outcome::Undecided(_) => Found::Undecided,
        }
    }

    /// The course that refutes it, or on which it takes longest.
    pub(crate) fn course(&self) -> Option<&Course> {
        match &self.verdict.outcome {
            Outcome::Proved(proved) => proved.worst.as_deref(),
            Outcome::Refuted(course) => Some(course),
            Outcome::Undecided(_) => None,
        }
    }
}

impl Found {
    /// As programs read it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Refuted => "refuted",
            Self::Undecided => "undecided",
        }
    }
}
