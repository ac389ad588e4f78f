//! The letters that became due.

use engine::model::LetterId;
use engine::runtime::{Case, Fact, FactKind, fold};
use engine::time::Instant;

use crate::keeper::Look;

/// A letter that became due, and what is needed to write it.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The letter.
    pub letter: LetterId,
    /// When it became due.
    pub at: Instant,
    /// When that was recorded: not before what it follows from.
    pub recorded_at: Instant,
    /// The case after the decision that sends it; a stop as a case of its machine.
    pub case: Case,
    /// The reason that the event gave which sends it, or the reference under which it is sealed.
    pub reason: Option<String>,
}

impl Look {
    /// The letters that became due until now, whatever the reading, in the order of recording. One
    /// that a correction took back is still there: it was sent.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        let mut known: Vec<Fact> = Vec::new();
        let mut found = Vec::new();
        let mut known_at = Instant::MIN;
        for kept in &self.kept {
            known_at = known_at.max(kept.recorded_at);
            known.extend(&kept.facts);
            for fact in &kept.facts {
                let FactKind::LetterDue { letter } = fact.kind else { continue };
                let event = kept.event.as_ref().filter(|it| Some(it.id) == fact.cause);
                let reason = event.and_then(|it| it.reason);
                found.push(Sent {
                    letter,
                    at: fact.at,
                    recorded_at: known_at,
                    case: fold(self.machine(), &known),
                    reason: reason.map(|it| self.strings.get(it).to_owned()),
                });
            }
        }
        found
    }
}
