//! What an event, or time, does in a stage.

use crate::syntax::Citation;
use crate::syntax::Literal;
use crate::syntax::Names;
use crate::syntax::Script;
use crate::syntax::form::Plain;
use crate::syntax::table::Entry;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// One transition as written: `[stages.X.on.E]`, one of `[[stages.X.on.E]]`, or what stands
/// after a term in `after`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The condition under which this one is chosen.
    pub when: Option<Script>,
    /// The conditions that must hold, else the event is refused. Empty for a timed transition.
    pub requires: Names,
    /// The stage that the case goes to, or `@same`.
    pub to: Option<Spanned<String>>,
    /// Whether and how far the case climbs the ladder.
    pub escalate: Option<Spanned<Escalate>>,
    /// The fields that it sets.
    pub set: Vec<Set>,
    /// The letters that it sends.
    pub sends: Names,
    /// The roles that it tells.
    pub tells: Names,
    /// Where it comes from.
    pub citation: Citation,
    /// The header or the table.
    pub span: Span,
}

/// `escalate`: how far a case climbs. `escalate = false` is read as left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Escalate {
    /// `true`: one rung.
    OneRung,
    /// To this rung, when below it.
    To(String),
}

/// One entry of `set`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// The field.
    pub field: Spanned<String>,
    /// Its new value.
    pub to: SetTo,
}

/// The value that a field is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetTo {
    /// A value as it stands.
    Literal(Spanned<Literal>),
    /// `{ is = '…' }`: a value that is computed.
    Script(Script),
}

/// Reads the keys of a transition that an event takes.
pub(crate) fn read(table: &mut Table<'_, '_>) -> Transition {
    let requires = table.names("requires");
    Transition { requires, ..read_timed(table) }
}

/// Reads the keys of a transition that time takes: there is nobody to refuse.
pub(crate) fn read_timed(table: &mut Table<'_, '_>) -> Transition {
    Transition {
        when: table.script("when"),
        requires: Names::new(),
        to: table.name("to"),
        escalate: read_escalate(table),
        set: table.table("set", read_set).unwrap_or_default(),
        sends: table.names("sends"),
        tells: table.names("tells"),
        citation: table.citation(),
        span: table.span,
    }
}

/// Reads `escalate`.
pub(crate) fn read_escalate(table: &mut Table<'_, '_>) -> Option<Spanned<Escalate>> {
    let entry = table.entry("escalate")?;
    table.takes(&entry, Plain::Flag);
    match entry.value.as_bool() {
        Some(true) => Some(Spanned::new(Escalate::OneRung, entry.span)),
        Some(false) => None,
        None => table.name_of(entry, "`true` or the name of a rung").map(|it| it.map(Escalate::To)),
    }
}

fn read_set(table: &mut Table<'_, '_>) -> Vec<Set> {
    let entries = table.rest().into_iter();
    entries.filter_map(|it| read_set_entry(table, it)).collect()
}

fn read_set_entry<'t>(table: &mut Table<'t, '_>, entry: Entry<'t>) -> Option<Set> {
    let field = entry.name();
    if !entry.value.is_table() {
        let literal = table.literal_of(entry)?;
        return Some(Set { field, to: SetTo::Literal(literal) });
    }
    let what = format!("the value of `{}`", entry.key);
    let script = table.table_of(entry, what, entry.span, |value| {
        value.requires(&["is"]);
        value.script("is")
    });
    Some(Set { field, to: SetTo::Script(script.flatten()?) })
}
