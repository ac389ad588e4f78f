//! What broke while deciding. Nothing has changed.

use crate::model::{Protocol, RuleId};
use crate::script::ScriptFault;
use crate::time::TimeError;

/// A fault of a protocol that shows only on some case.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The entry of the protocol that was being carried out.
    pub rule: RuleId,
    /// What broke.
    pub kind: FaultKind,
}

/// What broke.
#[derive(Clone, Debug, PartialEq)]
pub enum FaultKind {
    /// A condition or a computed value.
    Script(ScriptFault),
    /// A date outside what calendars know.
    Time(TimeError),
    /// Time acted more often than [`ACTS_MAX`](crate::runtime::ACTS_MAX) in one step.
    TooManyActs,
}

impl FaultKind {
    /// What broke, as one fragment.
    #[must_use]
    pub fn sentence(&self, protocol: &Protocol) -> String {
        match self {
            Self::Script(fault) => fault.sentence(&protocol.scope),
            Self::Time(error) => error.to_string(),
            Self::TooManyActs => "time acts too often in one step".to_owned(),
        }
    }
}
