//! Events whose meaning is part of the language. A protocol has those that it declares.

/// What a built-in event does besides what the protocol writes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BuiltIn {
    /// The case goes on as part of another: it is closed and nothing of it is owed any more.
    Merged,
    /// Part of the case goes on as a case of its own; this one goes on as it was.
    Split,
    /// Another case belongs to it; nothing else changes.
    Linked,
    /// It becomes what its intake says it may become, with its original date of receipt.
    Converted,
    /// A letter could not be delivered: the accountable role is told, nothing is undone.
    LetterFailed,
    /// An earlier event was not as it was recorded: the case is decided again from there.
    Corrected,
}

impl BuiltIn {
    /// All of them by name, in the order in which lists show them.
    pub const ALL: [(&'static str, Self); 6] = [
        ("merged", Self::Merged),
        ("split", Self::Split),
        ("linked", Self::Linked),
        ("converted", Self::Converted),
        ("letter_failed", Self::LetterFailed),
        ("corrected", Self::Corrected),
    ];

    /// The built-in event with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(it, _)| *it == name).map(|(_, built_in)| *built_in)
    }

    /// Whether its report names another case.
    #[must_use]
    pub const fn names_a_case(self) -> bool {
        matches!(self, Self::Merged | Self::Split | Self::Linked)
    }

    /// Whether a stage takes it without naming it; `ends` says whether it is an end stage.
    /// What is converted goes somewhere, so a stage must say where.
    #[must_use]
    pub const fn is_taken_unnamed(self, ends: bool) -> bool {
        match self {
            Self::Merged | Self::Split => !ends,
            Self::Linked | Self::LetterFailed | Self::Corrected => true,
            Self::Converted => false,
        }
    }
}
