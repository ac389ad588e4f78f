//! What the caller learns from the exit code.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Everything is as it should be.
    Fine,
    /// A guarantee was neither proved nor refuted.
    Undecided,
    /// The protocol or a case is wrong.
    Wrong,
    /// The command could not do its work: usage, a path, nothing matched.
    CouldNotRun,
    /// A bug of ours.
    Bug,
    /// The person at the terminal stopped it.
    Interrupted,
}

impl Exit {
    /// The number that the caller sees.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Wrong => 1,
            Self::CouldNotRun => 2,
            Self::Undecided => 3,
            Self::Bug => 70,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
