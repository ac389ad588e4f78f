//! Sentences of the documents that the engine reads otherwise today.

/// How such sentences are read. `true` is what the documents say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// What time does "sorts after every event with that `at`". An event at an instant at which
    /// time has acted already is therefore late news, and what is due at once is due at the
    /// instant from which it is known, when an act is still in time.
    pub(crate) time_sorts_after_events: bool,
    /// A clock that began in a decision does nothing more in it: it is not counted again.
    pub(crate) begun_clocks_rest: bool,
    /// A warning "at 75 %" is at that share of the term "extensions included", also of those that
    /// were made after the term had been counted again.
    pub(crate) shares_include_extensions: bool,
}

impl Reading {
    /// As the documents say.
    pub(crate) const DOCUMENTS: Self = Self {
        time_sorts_after_events: true,
        begun_clocks_rest: true,
        shares_include_extensions: true,
    };

    /// As the engine reads them today. Each `false` has a history in `suite/histories/found/`
    /// with the line `disputed`, whose test fails as soon as the engine agrees.
    pub(crate) const TODAY: Self = Self {
        time_sorts_after_events: false,
        begun_clocks_rest: false,
        shares_include_extensions: false,
    };
}
