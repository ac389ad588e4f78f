//! Which set a case belongs to, and which writer has it.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::cases::{StreamId, Tenant};
use crate::keeper::set::{SetKey, Whose};

/// How many cases are remembered; then all are forgotten, and looked up again one by one.
const ROUTES_MAX: usize = 200_000;

/// The writer of a set, among so many.
pub(crate) fn owner(key: &SetKey, n_writers: usize) -> usize {
    if n_writers < 2 {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    let n = u64::try_from(n_writers).unwrap_or(1);
    usize::try_from(hasher.finish() % n).unwrap_or(0)
}

/// Which set each case belongs to, for those asked about of late.
#[derive(Debug, Default)]
pub(crate) struct Routes(Mutex<BTreeMap<(Tenant, StreamId), Whose>>);

impl Routes {
    pub(crate) fn get(&self, tenant: Tenant, stream: StreamId) -> Option<Whose> {
        self.lock().get(&(tenant, stream)).cloned()
    }

    pub(crate) fn add(&self, tenant: Tenant, stream: StreamId, whose: Whose) {
        let mut routes = self.lock();
        if routes.len() >= ROUTES_MAX {
            routes.clear();
        }
        routes.insert((tenant, stream), whose);
    }

    /// Forgets a stream, of whatever tenant.
    pub(crate) fn forget(&self, stream: StreamId) {
        self.lock().retain(|(_, it), _| *it != stream);
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<(Tenant, StreamId), Whose>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
