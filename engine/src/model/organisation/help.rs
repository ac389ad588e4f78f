//! Help from outside.

use crate::model::RuleId;

/// Somebody outside the organisation who can be asked for help: legal aid, a psychologist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// What kind of help it is, where the protocol says so.
    pub kind: Option<String>,
    /// How to reach it.
    pub contact: String,
    /// The entry.
    pub rule: RuleId,
}
