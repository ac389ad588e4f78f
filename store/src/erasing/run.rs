//! Erases what was found.

use std::sync::Arc;

use engine::time::Instant;

use crate::cases::{Failure, Place, Tenant};
use crate::erasing::{Found, Unfound, look};

/// How often it is looked again because something was reported meanwhile.
const TRIES_MAX: u32 = 20;

/// What was erased.
#[derive(Clone, Debug)]
pub struct Erased {
    /// What was found, as it was before.
    pub found: Found,
    /// How many values were deleted.
    pub n_values: u64,
}

/// Erases what may go of a person, all at once. Looks again where something was reported meanwhile.
///
/// # Errors
/// See [`Unfound`].
pub fn erase(
    place: &Arc<dyn Place>,
    tenant: Tenant,
    who: &str,
    now: Instant,
) -> Result<Erased, Unfound> {
    for _ in 0..TRIES_MAX {
        let found = match look(place, tenant, who, now) {
            Err(Unfound::Failed(Failure::Overtaken)) => continue,
            other => other?,
        };
        match place.erase(tenant, &found.erasure) {
            Err(Failure::Overtaken) => {}
            Err(failure) => return Err(failure.into()),
            Ok(n_values) => return Ok(Erased { found, n_values }),
        }
    }
    Err(Unfound::Failed(Failure::Unavailable(
        "cases of this person are written to all the time: nothing was erased".to_owned(),
    )))
}
