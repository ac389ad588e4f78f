//! Where a rule stands and what it rests on.

use crate::text::Span;

/// A rule of a [`Protocol`](crate::model::Protocol), by its place in `rules`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u32);

impl RuleId {
    /// The place as an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One entry of the protocol that facts, refusals and ledgers point back to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its path in the file: `deadlines.answer`, `stages.screening.on.screened[1]`.
    pub path: String,
    /// Its place: the header or key.
    pub span: Span,
    /// Its place for people and for stored facts: path and line, `protocol.toml:214`.
    pub place: String,
    /// The legal source; `None` where nobody stated any.
    pub source: Option<String>,
    /// Whether the source is that of `[protocol]`.
    pub inherited: bool,
    /// Whether nobody on the team has read the source.
    pub unverified: bool,
}
