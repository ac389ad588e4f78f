//! All that is compared, in order.

use crate::inspect::complies::{
    Held, duty, events, ladder, letters, opening, people, says, stops, way,
};

/// Adds to the faults of the protocol what it falls short of.
pub(crate) fn complies(held: &mut Held<'_>) {
    opening::compare(held);
    people::compare(held);
    says::compare(held);
    let pairs = way::walk(held);
    duty::compare(held, &pairs);
    events::compare(held);
    letters::compare(held);
    way::compare(held, &pairs);
    ladder::compare(held);
    stops::compare(held);
}
