//! Sentences of the documents that the engine reads otherwise today.

/// How such sentences are read. `true` is what the documents say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// `not_by` of a rung is "who may not act on this rung": also where an event names the
    /// handler's role, or the stage's owner, instead of `@handler`.
    pub(crate) bars_on_the_rung: bool,
    /// Only a *change* makes a clock due "at the instant of the change". One that begins with a
    /// due instant in the past keeps it, whether it has a `when` or not.
    pub(crate) past_due_at_start_stays: bool,
    /// A deadline "exists only while this holds": `when` is looked at again after the clocks that
    /// it reads have acted, and so is the term that a condition chooses.
    pub(crate) looks_again: bool,
}

impl Reading {
    /// As the engine reads them today. Each `false` has a history in `suite/histories/found/`
    /// with the line `disputed`, whose test fails as soon as the engine agrees.
    pub(crate) const TODAY: Self =
        Self { bars_on_the_rung: false, past_due_at_start_stays: false, looks_again: false };
}
