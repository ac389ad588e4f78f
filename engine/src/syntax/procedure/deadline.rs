//! `[deadlines.D]`: who must do what by when.

use crate::syntax::Citation;
use crate::syntax::Escalate;
use crate::syntax::Extension;
use crate::syntax::Names;
use crate::syntax::Script;
use crate::syntax::Within;
use crate::text::Span;
use crate::text::Spanned;

/// `[deadlines.D]` as written. Points stay text here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Its name.
    pub name: Spanned<String>,
    /// Its name for people.
    pub title: Option<Spanned<String>>,
    /// The answerable role or party. Required.
    pub who: Option<Spanned<String>>,
    /// The points that start the clock.
    pub starts: Names,
    /// The points that close it and begin a new one.
    pub restarts: Names,
    /// The term.
    pub within: Option<Within>,
    /// A date field, instead of a term.
    pub due: Option<Spanned<String>>,
    /// The period of a recurring duty.
    pub every: Option<Spanned<String>>,
    /// The points that end a recurring duty.
    pub until: Names,
    /// What the next period of a recurring duty starts from: `grid`.
    pub per: Option<Spanned<String>>,
    /// The condition while which it exists.
    pub when: Option<Script>,
    /// What meets it.
    pub met_by: Vec<MetBy>,
    /// The points after which it is no longer owed.
    pub cancelled_by: Names,
    /// Whether it goes on after the case is closed.
    pub after_close: bool,
    /// Whether it is a right or a chance, not a duty.
    pub window: bool,
    /// How it is counted where that differs from `[time]`.
    pub counts: Option<Counts>,
    /// Whether a stage may pause it; `None` was left out.
    pub pausable: Option<Spanned<bool>>,
    /// How it can be put off, in the order of the file.
    pub extend: Vec<Extension>,
    /// When to warn: `2 working days before`, `at 75 %`.
    pub warn: Names,
    /// What happens when it is missed.
    pub breach: Option<Outcome>,
    /// What happens when a window closes.
    pub lapse: Option<Outcome>,
    /// Where it comes from.
    pub citation: Citation,
    /// The header or the name.
    pub span: Span,
    /// Whether a key of it could not be read or is of a later capability, so that nothing should
    /// be said to be missing.
    pub broken: bool,
}

/// One entry of `met_by`: a point, or `{ on = point, when }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetBy {
    /// The point.
    pub on: Spanned<String>,
    /// When it counts.
    pub when: Option<Script>,
}

/// `counts`: how one clock is counted; the keys of `[time]` and the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// As in `[time]`.
    pub first_day: Option<Spanned<String>>,
    /// As in `[time]`.
    pub ends: Option<Spanned<String>>,
    /// As in `[time]`.
    pub roll: Option<Spanned<String>>,
    /// As in `[time]`.
    pub receipt_outside_hours: Option<Spanned<String>>,
    /// As in `[time]`.
    pub twice: Option<Spanned<String>>,
    /// The calendar.
    pub calendar: Option<Spanned<String>>,
    /// The table.
    pub span: Span,
}

/// `breach` or `lapse`: what the end of a clock brings about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The roles that are told.
    pub tells: Names,
    /// The letters that are sent.
    pub sends: Names,
    /// The stage that the case goes to, or `@same`.
    pub to: Option<Spanned<String>>,
    /// Whether and how far the case climbs the ladder.
    pub escalate: Option<Spanned<Escalate>>,
    /// Where it comes from; the deadline's own if left out.
    pub citation: Citation,
    /// The table.
    pub span: Span,
}
