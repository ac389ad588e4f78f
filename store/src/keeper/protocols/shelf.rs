//! The versions of all protocols that are in use, each loaded once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant as Moment};

use engine::machine::Amendment;
use engine::runtime::ReportedAt;
use engine::time::Instant;

use crate::amendments::Amended;
use crate::cases::{Failure, Hash, KeptAmendment, Place, Tenant};
use crate::keeper::{Company, Loaded};

/// How long it may take until a version that another node took into use, or an amendment that it
/// recorded, is used here.
const FRESH: Duration = Duration::from_secs(5);

/// The versions of all protocols.
pub(crate) struct Shelf {
    place: Arc<dyn Place>,
    company: Company,
    /// Each version, and how many amendments of its tenant were known when it was loaded.
    loaded: Mutex<BTreeMap<(Tenant, Hash), KnowingSome>>,
    amended: Mutex<BTreeMap<Tenant, AllKnown>>,
    in_use: Mutex<BTreeMap<Tenant, AllInUse>>,
    names: Mutex<BTreeMap<Tenant, Arc<str>>>,
}

/// An amendment, and the instant from which it holds.
type Known = (Instant, Amendment);

/// All amendments of a tenant, and when they were read.
type AllKnown = (Moment, Arc<[Known]>);

/// A version, after how many amendments of its tenant.
type KnowingSome = (usize, Arc<Loaded>);

/// All versions of a tenant that are or will be in use, and when that was read.
type AllInUse = (Moment, Arc<[InUse]>);

/// From when new cases are opened under a version.
#[derive(Clone, Debug)]
struct InUse {
    id: String,
    hash: Hash,
    from: Instant,
}

impl Shelf {
    pub(crate) fn new(place: Arc<dyn Place>, company: Company) -> Self {
        let (loaded, amended, in_use, names) = <_>::default();
        Self { place, company, loaded, amended, in_use, names }
    }

    /// A version by its hash, where it was loaded before. It may lack the last amendments of its
    /// calendars: for reading a report, which has nothing to do with them.
    pub(crate) fn held(&self, tenant: Tenant, hash: Hash) -> Option<Arc<Loaded>> {
        let loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        loaded.get(&(tenant, hash)).map(|(_, loaded)| Arc::clone(loaded))
    }

    /// A version by its hash, with every amendment of its calendars.
    pub(crate) fn get(&self, tenant: Tenant, hash: Hash) -> Result<Option<Arc<Loaded>>, Failure> {
        let amended = self.amended(tenant)?;
        let lock = || self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let held = lock().get(&(tenant, hash)).cloned();
        if let Some((n_known, loaded)) = &held {
            let news = amended.get(*n_known..).unwrap_or_default();
            if news.is_empty() {
                return Ok(Some(Arc::clone(loaded)));
            }
            if !news.iter().any(|(_, it)| loaded.machine.is_amended_by(&it.calendar)) {
                lock().insert((tenant, hash), (amended.len(), Arc::clone(loaded)));
                return Ok(Some(Arc::clone(loaded)));
            }
        }
        let Some(text) = self.place.protocol(tenant, hash)? else { return Ok(None) };
        let loaded = Arc::new(Loaded::read(&text, &amended)?);
        let mut all = lock();
        let entry = all.entry((tenant, hash)).or_insert((amended.len(), Arc::clone(&loaded)));
        // Whoever was quicker, the one that knows more stays.
        if entry.0 < amended.len() {
            *entry = (amended.len(), loaded);
        }
        Ok(Some(Arc::clone(&entry.1)))
    }

    /// A version by its hash, where more of its amendments are kept than this one knows.
    pub(crate) fn newer(
        &self,
        tenant: Tenant,
        than: &Arc<Loaded>,
    ) -> Result<Option<Arc<Loaded>>, Failure> {
        self.forget_amendments(tenant);
        let found = self.get(tenant, than.hash)?;
        Ok(found.filter(|it| !Arc::ptr_eq(it, than)))
    }

    /// The amendments of a tenant, in order, each with the instant from which it holds.
    fn amended(&self, tenant: Tenant) -> Result<Arc<[Known]>, Failure> {
        let lock = || self.amended.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((read, all)) = lock().get(&tenant)
            && read.elapsed() < FRESH
        {
            return Ok(Arc::clone(all));
        }
        let kept = self.place.amendments(tenant)?;
        let known = |it: &KeptAmendment| {
            let amended = Amended::read(&it.body)?;
            Ok((amended.recorded_at, amended.amendment(it.hash)))
        };
        let all: Result<Arc<[Known]>, Failure> = kept.iter().map(known).collect();
        let all = all?;
        lock().insert(tenant, (Moment::now(), Arc::clone(&all)));
        Ok(all)
    }

    /// Looks again at what was amended.
    pub(crate) fn forget_amendments(&self, tenant: Tenant) {
        self.amended.lock().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
    }

    /// The version of a protocol under which a case is opened that was received at an instant: the
    /// one that was taken into use last by then.
    pub(crate) fn in_use(
        &self,
        tenant: Tenant,
        id: &str,
        at: Instant,
    ) -> Result<Option<Arc<Loaded>>, Failure> {
        let all = self.all_in_use(tenant)?;
        let begun = all.iter().filter(|it| it.id == id && it.from <= at);
        match begun.max_by_key(|it| (it.from, it.hash)) {
            Some(found) => self.get(tenant, found.hash),
            None => Ok(None),
        }
    }

    /// The version of a protocol that was taken into use first.
    fn first_in_use(&self, tenant: Tenant, id: &str) -> Result<Option<Arc<Loaded>>, Failure> {
        let all = self.all_in_use(tenant)?;
        match all.iter().filter(|it| it.id == id).min_by_key(|it| (it.from, it.hash)) {
            Some(found) => self.get(tenant, found.hash),
            None => Ok(None),
        }
    }

    fn all_in_use(&self, tenant: Tenant) -> Result<Arc<[InUse]>, Failure> {
        let lock = || self.in_use.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((read, all)) = lock().get(&tenant)
            && (self.company == Company::Alone || read.elapsed() < FRESH)
        {
            return Ok(Arc::clone(all));
        }
        let texts = self.place.protocols(tenant)?.into_iter();
        let all =
            texts.filter_map(|it| Some(InUse { id: it.id, hash: it.hash, from: it.active_from? }));
        let all: Arc<[InUse]> = all.collect();
        lock().insert(tenant, (Moment::now(), Arc::clone(&all)));
        Ok(all)
    }

    /// Looks again at what is in use.
    pub(crate) fn forget_in_use(&self, tenant: Tenant) {
        self.in_use.lock().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
    }

    /// Looks again at what is in use, for all tenants.
    pub(crate) fn forget_all_in_use(&self) {
        self.in_use.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.amended.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The name of a tenant.
    pub(crate) fn tenant_name(&self, tenant: Tenant) -> Result<Arc<str>, Failure> {
        let lock = || self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(name) = lock().get(&tenant) {
            return Ok(Arc::clone(name));
        }
        let all = self.place.tenants()?;
        let name = all.into_iter().find(|(id, _)| *id == tenant).map(|(_, name)| name);
        let name =
            name.ok_or_else(|| Failure::Damaged(format!("there is no tenant {}", tenant.0)))?;
        let name: Arc<str> = name.into();
        lock().insert(tenant, Arc::clone(&name));
        Ok(name)
    }
}

/// The version under which a case is opened that was received as said: the one in use at the
/// receipt; for a receipt before the first was taken into use, that first one.
pub(crate) fn for_opening(
    shelf: &Shelf,
    (tenant, id): (Tenant, &str),
    happened: Option<ReportedAt>,
    now: Instant,
) -> Result<Option<Arc<Loaded>>, Failure> {
    let Some(present) = shelf.in_use(tenant, id, now)? else { return Ok(None) };
    let received = match happened {
        None => return Ok(Some(present)),
        Some(ReportedAt::Instant(at)) => at.min(now),
        Some(ReportedAt::Date(date)) => present.machine.protocol.zone.day_start(date).min(now),
    };
    match shelf.in_use(tenant, id, received)? {
        Some(loaded) => Ok(Some(loaded)),
        None => shelf.first_in_use(tenant, id),
    }
}
