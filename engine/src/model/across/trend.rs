//! Early warning: several cases that have something in common.

use crate::model::{EventId, FieldId, RoleId, RuleId};
use crate::script::Expr;
use crate::time::Term;

/// `[trends.X]`: so many cases that hold the same in some fields, opened within a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// The fields in which the cases hold the same. A case in which one is unset does not count.
    pub group_by: Vec<FieldId>,
    /// How many cases make a signal.
    pub count: u32,
    /// Whether they must be those of so many persons. A case without a known person does not count
    /// then.
    pub distinct: bool,
    /// How far apart they may have been opened, both ends inclusive.
    pub within: Term,
    /// Which cases count, as they stand. One on which this cannot be answered does not.
    pub when: Option<Expr>,
    /// Only cases count that were opened after this event in another case that holds the same.
    pub after: Option<EventId>,
    /// Who is told.
    pub tells: Vec<RoleId>,
    /// The entry.
    pub rule: RuleId,
}
