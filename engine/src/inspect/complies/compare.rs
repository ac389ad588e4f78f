//! All that is compared, in order.

use crate::inspect::complies::{Held, deadlines, events, ladder, stops, ways};

/// Adds to the faults of the protocol what it falls short of.
pub(crate) fn complies(held: &mut Held<'_>) {
    deadlines::compare(held);
    events::compare(held);
    ways::compare(held);
    ladder::compare(held);
    stops::compare(held);
}
