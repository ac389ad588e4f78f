//! Who it is that a protocol calls `@handler` or `@owner`.

use crate::model::{Doer, Party, Protocol};

/// The parties that a doer may be.
pub(crate) fn parties(doer: Doer, protocol: &Protocol) -> Vec<Party> {
    match doer {
        Doer::Party(party) => vec![party],
        Doer::Handler => protocol.ladder.iter().map(|it| Party::Role(it.handled_by)).collect(),
        Doer::Owner => {
            let owners = protocol.stages.iter().filter_map(|it| it.owner);
            owners.filter(|it| *it != Doer::Owner).flat_map(|it| parties(it, protocol)).collect()
        }
    }
}

/// A doer as authors write it.
pub(crate) fn named(doer: Doer, protocol: &Protocol) -> &str {
    match doer {
        Doer::Party(party) => protocol.party_name(party),
        Doer::Handler => "@handler",
        Doer::Owner => "@owner",
    }
}
