//! Sentences of the documents that the engine reads otherwise today.

/// How such sentences are read. `true` is what the documents say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// `not_by` of a rung is "who may not act on this rung": also where an event names the
    /// handler's role, or the stage's owner, instead of `@handler`.
    pub(crate) bars_on_the_rung: bool,
    /// A deadline "exists only while this holds": `when` is looked at again after the clocks that
    /// it reads have acted, and so is the term that a condition chooses.
    pub(crate) looks_again: bool,
    /// `add` is added "to the old due": where a change made the clock due at once, to the instant
    /// of that change.
    pub(crate) adds_to_the_change: bool,
}

impl Reading {
    /// As the documents say.
    pub(crate) const DOCUMENTS: Self =
        Self { bars_on_the_rung: true, looks_again: true, adds_to_the_change: true };

    /// As the engine reads them today. Each `false` has a history in `suite/histories/found/`
    /// with the line `disputed`, whose test fails as soon as the engine agrees.
    pub(crate) const TODAY: Self =
        Self { bars_on_the_rung: true, looks_again: true, adds_to_the_change: true };
}
