//! What only some roles read, in a letter to others.

use crate::diagnostic::Diagnostics;
use crate::inspect::parties;
use crate::letter::lint::sure;
use crate::letter::place::Place;
use crate::letter::rules;
use crate::model::{LetterId, Party, Protocol, Readable};
use crate::text::Span;

/// Reports a place that a letter reads where somebody receives it who must not know.
pub(crate) fn look(
    place: &Place,
    letter: LetterId,
    protocol: &Protocol,
    span: Span,
    out: &mut Diagnostics,
) {
    if protocol.confidential.is_empty() {
        return;
    }
    let told = all(place, letter, protocol).into_iter().find_map(|what| {
        let others = others(what, letter, protocol);
        (!others.is_empty()).then_some((what, others))
    });
    let Some((what, others)) = told else { return };
    let readers = protocol.confidential.readers(what).unwrap_or_default();
    let readers: Vec<&str> =
        readers.iter().map(|it| protocol.party_name(Party::Role(*it))).collect();
    out.push(rules::confidential_in_letter(&place.name(protocol), &readers, &others, span));
}

/// Of what a place holds something: a reason may be that of several events.
fn all(place: &Place, letter: LetterId, protocol: &Protocol) -> Vec<Readable> {
    match place {
        Place::Field(id) | Place::Words(id) => vec![Readable::Field(*id)],
        Place::Entries(id) | Place::Entry(id, _) => {
            vec![Readable::Record(*id)]
        }
        Place::Reason => sure::events(letter, protocol).map(Readable::Reason).collect(),
        _ => Vec::new(),
    }
}

/// Those who receive a letter and do not read something.
fn others(what: Readable, letter: LetterId, protocol: &Protocol) -> Vec<&str> {
    let letter = protocol.letters.get(letter.index());
    let doers = letter.into_iter().flat_map(|it| it.to.iter().chain(&it.copy));
    let receive = doers.flat_map(|it| parties(*it, protocol));
    let others = receive.filter(|it| !protocol.confidential.may_read(*it, what));
    let mut others: Vec<&str> = others.map(|it| protocol.party_name(it)).collect();
    others.sort_unstable();
    others.dedup();
    others
}
