//! `[[deadlines.D.extend]]`: how a deadline can be put off.

use crate::syntax::Citation;
use crate::syntax::Names;
use crate::syntax::Script;
use crate::syntax::form::Plain;
use crate::syntax::plain;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// `[[deadlines.D.extend]]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// The event that extends. Required.
    pub on: Option<Spanned<String>>,
    /// A term added to the old due instant.
    pub add: Option<Spanned<String>>,
    /// A term from the start that replaces the old one.
    pub total: Option<Spanned<String>>,
    /// A date field that holds the new due date.
    pub until: Option<Spanned<String>>,
    /// The longest time after the old due instant that `until` may be.
    pub up_to: Option<Spanned<String>>,
    /// How often. Required.
    pub times: Option<Spanned<Times>>,
    /// When it is allowed.
    pub when: Option<Script>,
    /// The letters that it sends.
    pub sends: Names,
    /// The roles that it tells.
    pub tells: Names,
    /// Whether it is allowed after the due instant.
    pub late: bool,
    /// Where it comes from.
    pub citation: Citation,
    /// The header of the entry.
    pub span: Span,
    /// Whether a key of it could not be read, so that nothing should be said to be missing.
    pub broken: bool,
}

/// `times`: how often a deadline can be extended this way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// `"any"`.
    Any,
    /// At most so often.
    AtMost(u32),
}

/// Reads `[[deadlines.D.extend]]`.
pub(crate) fn read(table: &mut Table<'_, '_>) -> Extension {
    table.requires(&["on", "times"]);
    let mut extension = Extension {
        on: table.name("on"),
        add: table.text("add"),
        total: table.text("total"),
        until: table.name("until"),
        up_to: table.text("up_to"),
        times: read_times(table),
        when: table.script("when"),
        sends: table.names("sends"),
        tells: table.names("tells"),
        late: table.flag("late"),
        citation: table.citation(),
        span: table.span,
        broken: false,
    };
    extension.broken = table.broken;
    extension
}

fn read_times(table: &mut Table<'_, '_>) -> Option<Spanned<Times>> {
    let entry = table.entry("times")?;
    table.takes(&entry, Plain::Count);
    table.takes(&entry, Plain::Word("any"));
    let times = match entry.value.as_str() {
        Some("any") => Some(Times::Any),
        Some(_) => None,
        None => plain::count_of(entry.value).map(Times::AtMost),
    };
    if times.is_none() {
        table.wrong("times", "a whole number or `\"any\"`", entry.value, entry.span);
    }
    times.map(|it| Spanned::new(it, entry.span))
}
