//! How serious a case is: a decision table.

use crate::model::{LevelId, RuleId};
use crate::script::Expr;
use crate::script::SetId;

/// Which rule of the table decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// The first whose condition holds.
    First,
    /// The only one whose condition holds; the checker proves that there is one at most.
    Unique,
    /// The one with the highest level.
    Highest,
}

/// The table.
#[derive(Clone, Debug, PartialEq)]
pub struct Severity {
    /// The levels, lowest first; a set of the scope of conditions.
    pub levels: SetId,
    /// Which rule decides.
    pub policy: Policy,
    /// The level where no rule holds.
    pub otherwise: LevelId,
    /// Whether the author has said so; else the rules cover every case.
    pub otherwise_said: bool,
    /// Whether the level may fall once it has risen.
    pub may_fall: bool,
    /// The rules, in file order.
    pub rules: Vec<SeverityRule>,
    /// The entry.
    pub rule: RuleId,
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct SeverityRule {
    /// When it holds.
    pub when: Expr,
    /// The level it gives.
    pub is: LevelId,
    /// The reason, for people.
    pub why: Option<String>,
    /// The entry.
    pub rule: RuleId,
}
