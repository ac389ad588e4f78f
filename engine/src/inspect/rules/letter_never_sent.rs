//! Nothing sends a letter.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::model::{Branch, LetterId, Protocol};

pub(crate) const CODE: Code = Code::warning("letter-never-sent");

/// Reports every letter that no transition, no extension, no end of a clock and no stop sends.
pub(crate) fn letter_never_sent(protocol: &Protocol, out: &mut Diagnostics) {
    let by_event = protocol.stages.iter().flat_map(|it| &it.on).flat_map(|it| &it.branches);
    let by_time = protocol.stages.iter().flat_map(|it| &it.after).map(|it| &it.branch);
    let branches: Vec<&Branch> = by_event.chain(by_time).collect();
    let mut sent: Vec<LetterId> = branches.iter().flat_map(|it| &it.sends).copied().collect();
    for deadline in &protocol.deadlines {
        sent.extend(&deadline.outcome.sends);
        sent.extend(deadline.extend.iter().flat_map(|it| &it.sends));
    }
    sent.extend(protocol.stops.iter().flat_map(crate::model::Stop::letters));
    for (place, letter) in protocol.letters.iter().enumerate() {
        if !sent.contains(&LetterId::at(place)) {
            let message = format!("nothing sends letter `{}`", letter.name);
            let span = protocol.rule(letter.rule).span;
            out.push(
                Diagnostic::new(CODE, message, span, "never written to anybody")
                    .help("name it in `sends`, or remove it"),
            );
        }
    }
}
