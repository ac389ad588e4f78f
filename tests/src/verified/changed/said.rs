//! What is said of all guarantees of a protocol.

use analysis::{Asked, Options, Outcome, Verdict, prove};
use engine::model::GuaranteeId;

use crate::verified::compare::machine_of;

/// What is said of every guarantee of a protocol.
pub(super) fn verdicts(text: &str) -> Vec<Verdict> {
    let machine = machine_of(text).unwrap_or_else(|said| panic!("{said}\n{text}"));
    let ids = (0..machine.protocol.guarantees.len()).map(GuaranteeId::at);
    ids.map(|id| prove(&machine, Asked::Own(id), &Options::new(&machine))).collect()
}

/// How many calendar days what is proved takes at most.
pub(super) fn days(verdict: &Verdict) -> Option<u32> {
    match &verdict.outcome {
        Outcome::Proved(proved) => proved.most_days,
        _ => None,
    }
}

/// Whether it is proved, and whether anything asks for it.
pub(super) fn kind(verdict: &Verdict) -> &'static str {
    match &verdict.outcome {
        Outcome::Proved(proved) if proved.vacuous => "proved, and never asked for",
        Outcome::Proved(_) => "proved",
        Outcome::Refuted(_) | Outcome::Impossible(_) => "refuted",
        Outcome::Undecided(_) => "undecided",
    }
}
