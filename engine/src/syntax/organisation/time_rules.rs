//! `[time]`: how terms are counted unless a deadline says otherwise.

use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// `[time]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeRules {
    /// Whether the day of the event counts: `next`, `same`.
    pub first_day: Option<Spanned<String>>,
    /// When on the last day a term ends: `close`, `midnight`, `exact`.
    pub ends: Option<Spanned<String>>,
    /// Where a calendar term goes that ends on a closed day: `forward`, `back`, `none`.
    pub roll: Option<Spanned<String>>,
    /// What receipt outside working hours counts as: `as_is`, `next_working_day`.
    pub receipt_outside_hours: Option<Spanned<String>>,
    /// How far back an event may be reported late, as a term.
    pub backdate: Option<Spanned<String>>,
    /// Which of two civil times is meant when clocks go back: `earlier`, `later`.
    pub twice: Option<Spanned<String>>,
    /// The header.
    pub span: Span,
}

/// Reads `[time]`.
pub(crate) fn read(table: &mut Table<'_, '_>) -> TimeRules {
    TimeRules {
        first_day: table.name("first_day"),
        ends: table.name("ends"),
        roll: table.name("roll"),
        receipt_outside_hours: table.name("receipt_outside_hours"),
        backdate: table.text("backdate"),
        twice: table.name("twice"),
        span: table.span,
    }
}
