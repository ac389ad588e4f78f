//! `[deadlines.D]`: who must do what by when.

use crate::syntax::Citation;
use crate::syntax::Escalate;
use crate::syntax::Extension;
use crate::syntax::Names;
use crate::syntax::Script;
use crate::syntax::Within;
use crate::syntax::procedure::deadline::extension;
use crate::syntax::procedure::deadline::within;
use crate::syntax::procedure::transition;
use crate::syntax::table::Entry;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// `[deadlines.D]` as written. Points stay text here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Its name.
    pub name: Spanned<String>,
    /// Its name for people.
    pub title: Option<Spanned<String>>,
    /// The record of which each entry has a clock of its own.
    pub for_each: Option<Spanned<String>>,
    /// The answerable role or party. Required, here or in `who_field`.
    pub who: Option<Spanned<String>>,
    /// The field of an entry that names the answerable role: `who = { field = … }`.
    pub who_field: Option<Spanned<String>>,
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

/// Reads `[deadlines.D]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Deadline {
    table.requires(&["who"]);
    let (who, who_field) = read_who(table);
    let mut deadline = Deadline {
        name,
        title: table.text("title"),
        for_each: table.name("for_each"),
        who,
        who_field,
        starts: table.some_names("starts"),
        restarts: table.some_names("restarts"),
        within: within::read(table),
        due: table.name("due"),
        every: table.text("every"),
        until: table.some_names("until"),
        per: table.name("per"),
        when: table.script("when"),
        met_by: read_met_by(table),
        cancelled_by: table.some_names("cancelled_by"),
        after_close: table.flag("after_close"),
        window: table.flag("window"),
        counts: table.table("counts", read_counts),
        pausable: table.choice("pausable"),
        extend: table.rows("extend", extension::read),
        warn: table
            .texts("warn", "a list of texts such as `2 working days before`")
            .unwrap_or_default(),
        breach: table.table("breach", read_outcome),
        lapse: table.table("lapse", read_outcome),
        citation: table.citation(),
        span: table.span,
        broken: false,
    };
    deadline.broken = table.broken;
    deadline
}

/// `who = "role"`, or `who = { field = "record.field" }`.
fn read_who(table: &mut Table<'_, '_>) -> (Option<Spanned<String>>, Option<Spanned<String>>) {
    let Some(entry) = table.entry("who") else { return (None, None) };
    if !entry.value.is_table() {
        let takes = "the name of a role in quotes, or a table with `field`";
        return (table.name_of(entry, takes), None);
    }
    let field = table.table_of(entry, "`who`".to_owned(), entry.span, |inner| {
        inner.requires(&["field"]);
        inner.name("field")
    });
    (None, field.flatten())
}

fn read_met_by(table: &mut Table<'_, '_>) -> Vec<MetBy> {
    let Some(entry) = table.entry("met_by") else {
        return Vec::new();
    };
    let elements = if entry.value.is_array() { table.some_elements(entry) } else { vec![entry] };
    elements.into_iter().filter_map(|it| read_meeting(table, it)).collect()
}

fn read_meeting<'t>(table: &mut Table<'t, '_>, entry: Entry<'t>) -> Option<MetBy> {
    if !entry.value.is_table() {
        let on = table.name_of(entry, "points, or tables with `on` and `when`")?;
        return Some(MetBy { on, when: None });
    }
    let what = "an entry of `met_by`".to_owned();
    let read = table.table_of(entry, what, entry.span, |inner| {
        inner.requires(&["on"]);
        let (on, when) = (inner.name("on"), inner.script("when"));
        on.map(|on| MetBy { on, when })
    });
    read.flatten()
}

fn read_counts(table: &mut Table<'_, '_>) -> Counts {
    Counts {
        first_day: table.name("first_day"),
        ends: table.name("ends"),
        roll: table.name("roll"),
        receipt_outside_hours: table.name("receipt_outside_hours"),
        twice: table.name("twice"),
        calendar: table.name("calendar"),
        span: table.span,
    }
}

fn read_outcome(table: &mut Table<'_, '_>) -> Outcome {
    Outcome {
        tells: table.names("tells"),
        sends: table.names("sends"),
        to: table.name("to"),
        escalate: transition::read_escalate(table),
        citation: table.citation(),
        span: table.span,
    }
}
