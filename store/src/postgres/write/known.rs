//! Which versions of protocols are kept.

use crate::cases::course::Course;
use crate::cases::{Failure, Hash, Standing, Tenant};
use crate::postgres::place::Postgres;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// How many versions are remembered. There are few; the bound is for a tenant that makes many.
const KNOWN_MAX: usize = 10_000;

/// Versions that were seen in the database. None is ever deleted, so that what was seen once need
/// not be asked for again.
#[derive(Default)]
pub(in crate::postgres) struct Known(Mutex<BTreeSet<(Tenant, Hash, String)>>);

/// Looks whether all streams are under a version that is kept.
///
/// # Errors
/// [`Failure::Damaged`] where one is not.
pub(super) fn check<'a>(
    place: &Postgres,
    courses: impl Iterator<Item = &'a Course<'a>>,
) -> Result<(), Failure> {
    for course in courses {
        let (tenant, standing) = (course.last.tenant, &course.last.standing);
        let version = (tenant, standing.protocol, standing.protocol_id.clone());
        let known = || place.known.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known().contains(&version) {
            continue;
        }
        if !is_kept(place, tenant, standing)? {
            let (hash, id) = (standing.protocol, &standing.protocol_id);
            let why = format!("no version {hash} of the protocol `{id}` is kept");
            return Err(Failure::Damaged(why));
        }
        let mut known = known();
        if known.len() >= KNOWN_MAX {
            known.clear();
        }
        known.insert(version);
    }
    Ok(())
}

fn is_kept(place: &Postgres, tenant: Tenant, standing: &Standing) -> Result<bool, Failure> {
    let sql = "SELECT 1 FROM protocol WHERE tenant = $1 AND hash = $2 AND id = $3";
    let hash = standing.protocol.0.as_slice();
    Ok(!place.ask(sql, &[&tenant.0, &hash, &standing.protocol_id])?.is_empty())
}
