//! How long personal values are kept.

use crate::model::{FieldId, Point, RecordId, RuleId};
use crate::script::Expr;
use crate::time::Term;

/// A rule about some personal values. All else that a case says stays for ever.
#[derive(Clone, Debug, PartialEq)]
pub struct Retention {
    /// Its name in the file.
    pub name: String,
    /// The personal fields it is about, sorted.
    pub what: Vec<FieldId>,
    /// The personal fields of entries it is about, each by its record and place, sorted.
    pub of_entries: Vec<(RecordId, u16)>,
    /// How long they are kept: calendar days, weeks, months or years.
    pub keep: Term,
    /// The point from which that counts; the latest one counts.
    pub after: Point,
    /// Nothing is erased while this holds.
    pub hold_while: Option<Expr>,
    /// The entry.
    pub rule: RuleId,
}
