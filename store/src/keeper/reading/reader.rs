//! Reads cases without deciding anything: for lists, registers and figures over many of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::time::Instant;

use crate::cases::{Failure, Hash, Kept, Place, Standing, StreamId, StreamKind, Tenant};
use crate::keeper::protocols::Shelf;
use crate::keeper::reading::look::look_at;
use crate::keeper::reading::personal::personal;
use crate::keeper::{Company, Loaded, Look, Reading, Unread};
use crate::vault::StoreKey;

/// Reads what is kept, and writes nothing: it takes no number of a writer and wakes no case, so
/// that it may read beside a server. Cheap to clone.
#[derive(Clone)]
pub struct Reader {
    place: Arc<dyn Place>,
    shelf: Arc<Shelf>,
    vault: Option<Arc<StoreKey>>,
}

impl Reader {
    /// Reads this place; personal values with this key, and none without one.
    #[must_use]
    pub fn new(place: Arc<dyn Place>, vault: Option<Arc<StoreKey>>) -> Self {
        let shelf = Arc::new(Shelf::new(Arc::clone(&place), Company::Others));
        Self { place, shelf, vault }
    }

    /// As a keeper does, with the protocols that it has loaded.
    pub(crate) fn sharing(
        place: &Arc<dyn Place>,
        shelf: &Arc<Shelf>,
        vault: Option<&Arc<StoreKey>>,
    ) -> Self {
        Self { place: Arc::clone(place), shelf: Arc::clone(shelf), vault: vault.cloned() }
    }

    /// The place that it reads.
    #[must_use]
    pub fn place(&self) -> &Arc<dyn Place> {
        &self.place
    }

    /// A version of a protocol by its hash.
    ///
    /// # Errors
    /// The place fails, or what it keeps cannot be loaded.
    pub fn protocol(&self, tenant: Tenant, hash: Hash) -> Result<Option<Arc<Loaded>>, Failure> {
        self.shelf.get(tenant, hash)
    }

    /// Reads several streams in one call to the place, in the order of their ids as given; nothing
    /// for one that does not exist. `now` is the present instant.
    ///
    /// # Errors
    /// The place failed, or time cannot act on one of them, which is named.
    pub fn looks(
        &self,
        tenant: Tenant,
        streams: &[StreamId],
        reading: Reading,
        now: Instant,
    ) -> Result<Vec<Option<Look>>, (Option<StreamId>, Unread)> {
        let kept = self.place.load(tenant, streams).map_err(|it| (None, it.into()))?;
        let look = |kept: Option<Kept>| {
            let Some(kept) = kept else { return Ok(None) };
            let stream = kept.standing.stream;
            let look = look_at(&self.shelf, tenant, kept, reading, now);
            look.map(Some).map_err(|it| (Some(stream), it))
        };
        kept.into_iter().map(look).collect()
    }

    /// The streams of the stops on a case and on the other cases of its person, by id: which of them
    /// reach this case, the protocol says.
    ///
    /// # Errors
    /// The place fails.
    pub fn stops_of(&self, tenant: Tenant, case: &Standing) -> Result<Vec<StreamId>, Failure> {
        let mut streams = self.place.stops_on(tenant, case.stream)?;
        if let Some(person) = &case.complainant {
            for stream in self.place.of_person(tenant, &case.protocol_id, person)? {
                let standing = self.place.standing(tenant, stream)?;
                if standing.is_some_and(|it| it.kind == StreamKind::Stop) {
                    streams.push(stream);
                }
            }
        }
        streams.sort_unstable();
        streams.dedup();
        Ok(streams)
    }

    /// The personal values of a case, and the reasons of its reports, by their references. What was
    /// erased is not among them; without a vault there is nothing.
    ///
    /// # Errors
    /// The place failed, or a value does not open.
    pub fn personal(
        &self,
        tenant: Tenant,
        case: &Standing,
    ) -> Result<BTreeMap<String, String>, Failure> {
        let name = self.shelf.tenant_name(tenant)?;
        personal(self.place.as_ref(), self.vault.as_deref(), (tenant, &name), case)
    }
}
