//! Values that occur in many constructs.

use chrono::DateTime;
use chrono::FixedOffset;
use chrono::NaiveDate;
use chrono::NaiveDateTime;

use crate::text::Span;
use crate::text::Spanned;

/// Names in the order they were written; empty when the key was left out.
pub type Names = Vec<Spanned<String>>;

/// A condition or a computed value, as text that nobody has parsed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The text after TOML's escapes have been replaced.
    pub text: String,
    /// The raw TOML string in the file, its quotes included.
    pub token: Span,
}

/// Where a rule comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citation {
    /// The law, code or house rule, as its readers cite it.
    pub source: Option<Spanned<String>>,
    /// Whether the author says that nobody has read the source.
    pub unverified: bool,
}

impl Citation {
    /// This one; where it names no source, with the source of the entry that it stands in.
    #[must_use]
    pub fn inside(&self, outer: &Self) -> Self {
        if self.source.is_some() {
            return self.clone();
        }
        let unverified = self.unverified || outer.unverified;
        Self { source: outer.source.clone(), unverified }
    }
}

/// A date or an instant as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A civil date without a time: `2026-01-01`.
    Date(NaiveDate),
    /// A civil date and time without an offset, meant in the protocol's zone.
    Civil(NaiveDateTime),
    /// A date and time with an offset from UTC.
    Fixed(DateTime<FixedOffset>),
}

/// A plain value as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// A text, a name or a choice.
    Text(String),
    /// A number: its decimal digits with an optional sign and point, underscores left out.
    Number(String),
    /// `true` or `false`.
    Flag(bool),
    /// A date or an instant.
    Moment(Moment),
}
