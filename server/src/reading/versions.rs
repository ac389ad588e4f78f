//! Which version of a protocol a case runs under. It stays what it was at the opening, so that it
//! is remembered without ever being looked up again.

use crate::problem::{Kind, Problem};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::cases::{Hash, Place, StreamId, StreamKind, Tenant};
use store::keeper::{Keeper, Loaded};

/// The most cases that are remembered; when there are more, all are forgotten.
const REMEMBERED_MAX: usize = 100_000;

/// Versions of protocols by case.
#[derive(Debug, Default)]
pub struct Versions {
    remembered: Mutex<HashMap<(Tenant, StreamId), Hash>>,
}

impl Versions {
    /// The version of a case. Waits for the store where it was not asked for lately.
    ///
    /// # Errors
    /// There is no such case in the tenant; or the store failed.
    pub fn of(
        &self,
        keeper: &Keeper,
        tenant: Tenant,
        case: StreamId,
    ) -> Result<Arc<Loaded>, Problem> {
        let known = self.lock().get(&(tenant, case)).copied();
        let hash = match known {
            Some(known) => known,
            None => self.look_up(keeper.place().as_ref(), tenant, case)?,
        };
        let loaded = keeper.protocol(tenant, hash).map_err(|it| Problem::of_store(&it))?;
        loaded
            .ok_or_else(|| Problem::broken(&format!("the protocol {hash} of case {case} is gone")))
    }

    /// The version of a case, where that is known without waiting for the store.
    #[must_use]
    pub fn known(&self, keeper: &Keeper, tenant: Tenant, case: StreamId) -> Option<Arc<Loaded>> {
        let hash = self.lock().get(&(tenant, case)).copied()?;
        keeper.protocol_in_memory(tenant, hash)
    }

    fn look_up(&self, place: &dyn Place, tenant: Tenant, case: StreamId) -> Result<Hash, Problem> {
        let standing = place.standing(tenant, case).map_err(|it| Problem::of_store(&it))?;
        let standing = standing.filter(|it| it.kind == StreamKind::Case);
        let hash = standing.ok_or_else(|| Problem::new(Kind::NOT_FOUND))?.protocol;
        let mut remembered = self.lock();
        if remembered.len() >= REMEMBERED_MAX {
            remembered.clear();
        }
        remembered.insert((tenant, case), hash);
        Ok(hash)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(Tenant, StreamId), Hash>> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
