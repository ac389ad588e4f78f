//! The keeper that imports, and the one on which an import is tried.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context as _;
use engine::time::Instant;
use store::cases::{Place, Tenant};
use store::clock::{Clock, SetClock};
use store::keeper::{Keeper, Options, Stay};
use store::sqlite::Sqlite;
use store::vault::StoreKey;

use crate::import::plan::Plan;
use crate::import::run::{Done, Refused, run};

/// How many decisions are held in memory: a row is rarely gone back to.
const HELD_MAX: usize = 10_000;

/// A keeper that imports into a place, and its clock, which is set to when each row counts as
/// recorded. Nothing is sent: what a register tells of has happened.
///
/// # Errors
/// The place fails.
pub fn importing(
    place: Arc<dyn Place>,
    options: Options,
    now: Instant,
) -> anyhow::Result<(Keeper, Arc<SetClock>)> {
    let clock = Arc::new(SetClock::at(now));
    let own: Arc<dyn Clock> = Arc::<SetClock>::clone(&clock);
    let options =
        Options { announce: None, writers: 1, stay: Stay::Passing, held_max: HELD_MAX, ..options };
    Ok((Keeper::start(place, own, options)?, clock))
}

/// Imports into an empty store that is gone afterwards, with the versions of the protocol that the
/// place has. What is refused there would be refused by the place as well, unless cases that it has
/// already say otherwise.
///
/// # Errors
/// The place fails, or no file can be made.
pub fn trial(
    place: &dyn Place,
    (tenant, protocol_id): (Tenant, &str),
    plans: &[Plan],
    now: Instant,
) -> anyhow::Result<(Done, Refused)> {
    let folder = tempfile::tempdir().context("no folder can be made to try the import in")?;
    let scratch: Arc<dyn Place> = Arc::new(Sqlite::open(&folder.path().join("trial.db"))?);
    let key = StoreKey::open(&folder.path().join("trial.key"))?;
    let own = scratch.tenant("main")?;
    for version in place.protocols(tenant)?.into_iter().filter(|it| it.id == protocol_id) {
        scratch.add_protocol(own, &version)?;
        if let Some(from) = version.active_from {
            scratch.activate(own, version.hash, from)?;
        }
    }
    let options = Options { vault: Some(Arc::new(key)), ..Options::default() };
    let (keeper, clock) = importing(scratch, options, now)?;
    let done = run((&keeper, &clock), (own, protocol_id), plans, &BTreeMap::new());
    keeper.stop();
    done
}
