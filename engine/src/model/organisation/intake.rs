//! As what something is taken in.

use crate::model::{FieldId, IntakeId, RuleId, StageId};

/// A kind of intake: a complaint, a rumour, a request that may turn out to be a complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// The stage in which such a case begins.
    pub start: StageId,
    /// Whether it must say who complains.
    pub complainant: bool,
    /// The fields it must bring besides those that every case must.
    pub required: Vec<FieldId>,
    /// What it may become. Until it has become something that becomes nothing more, the point
    /// `opened` has not happened.
    pub becomes: Option<IntakeId>,
    /// The entry.
    pub rule: RuleId,
}
