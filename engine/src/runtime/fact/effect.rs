//! What is to be done in the world after the facts of a decision are stored.

use crate::model::{LetterId, Party, RuleId};
use crate::time::Instant;

/// One thing to do. Its key is the case, `sequence` and `index`: the same decision always gives
/// the same keys, so that a crash repeats an effect and never loses or doubles one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The number of the fact it follows from.
    pub sequence: u32,
    /// Its place among the effects of that fact, from 0.
    pub index: u16,
    /// The entry of the protocol.
    pub rule: RuleId,
    /// What to do.
    pub kind: EffectKind,
    /// Not before this instant; at once where there is none.
    pub not_before: Option<Instant>,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EffectKind {
    /// Send a letter.
    Send(LetterId),
    /// Tell somebody that the rule acted.
    Tell(Party),
}
