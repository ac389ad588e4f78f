//! The escalation ladder.

use crate::model::{Barred, RoleId, RuleId, RungId, StageId};
use crate::script::Expr;

/// A level of the ladder.
#[derive(Clone, Debug, PartialEq)]
pub struct Rung {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// Who handles cases on it.
    pub handled_by: RoleId,
    /// The stage at which an escalated case starts here.
    pub enter_at: Option<StageId>,
    /// When a case is placed here at once.
    pub start_when: Option<Expr>,
    /// Who may not handle cases here.
    pub not_by: Vec<Barred>,
    /// How to reach it, for people who are sent there.
    pub contact: Option<String>,
    /// The entry.
    pub rule: RuleId,
}

/// How far a case goes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escalate {
    /// One rung; on the last there is none.
    Up,
    /// To this rung, if the case is below it.
    To(RungId),
}
