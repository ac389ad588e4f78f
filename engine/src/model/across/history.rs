//! What conditions ask about the other cases of the same person.

use crate::model::{FieldId, RecordId, RuleId};
use crate::script::Expr;
use crate::time::Term;

/// `[history]`, and what conditions ask of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// What is asked, each question once. An event brings one answer for each.
    pub questions: Vec<Question>,
    /// When another case counts as upheld, as it stands; with the entry that says so.
    pub upheld: Option<(Expr, RuleId)>,
}

/// One question: how many of the person's other cases, or stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// As conditions write it: `history.cases("12 months")`.
    pub name: String,
    /// Which of the other cases count.
    pub asked: Asked,
    /// How far back they may have been opened, or entries added, both ends inclusive; `None` for stops.
    pub within: Option<Term>,
}

/// Which of a person's other cases count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// All.
    Cases,
    /// Those for which `[history] upheld` holds.
    Upheld,
    /// Those in which the field holds the same as in this case.
    Same(FieldId),
    /// Not cases, but the entries of this record in all of them, by when each was added.
    Records(RecordId),
    /// Not cases, but the stops in force for the person.
    Stops,
}
