//! What an event, or time, does in a stage.

use crate::syntax::Citation;
use crate::syntax::Literal;
use crate::syntax::Names;
use crate::syntax::Script;
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
