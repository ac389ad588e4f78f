//! What a writer has in hand while it works on a batch.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::time::Instant;

use crate::cases::{
    Batch, Change, Failure, Hash, Key, Others, Page, Place, StreamId, Tenant, Webhook, Writer,
};
use crate::chain;
use crate::keeper::set::{Cache, Known, SetKey, WorkingSet, is_current, load};
use crate::keeper::{Company, Shared};

/// A journal: the sequence of its last page, and its hash.
pub(crate) type Journals = BTreeMap<Tenant, (u64, Hash)>;

/// The sets that are decided on, and what is to be written.
pub(crate) struct Hand<'w> {
    pub(crate) shared: &'w Shared,
    pub(crate) writer: Writer,
    /// What others had left the place at when this began.
    decided_on: Option<Others>,
    cache: &'w mut Cache,
    journals: &'w mut Journals,
    /// What the place said before this began.
    pub(crate) known: &'w Known,
    sets: BTreeMap<SetKey, WorkingSet>,
    receivers: BTreeMap<Tenant, Arc<[Webhook]>>,
    places: BTreeMap<Tenant, u32>,
    changes: Vec<Change>,
    /// The keys that values of this batch are sealed with, by person, and whether each is new.
    keys: BTreeMap<(Tenant, String), (Key, bool)>,
}

/// What was written.
pub(crate) struct Written {
    pub(crate) n_decisions: usize,
    /// When time acts first on any of it.
    pub(crate) acts_at: Option<Instant>,
    /// The streams that belong to another set now.
    pub(crate) moved: Vec<StreamId>,
}

impl<'w> Hand<'w> {
    pub(crate) fn new(
        shared: &'w Shared,
        (writer, decided_on): (Writer, Option<Others>),
        cache: &'w mut Cache,
        journals: &'w mut Journals,
        known: &'w Known,
    ) -> Self {
        let (sets, receivers, places, changes) = <_>::default();
        let keys = BTreeMap::new();
        Self {
            shared,
            writer,
            decided_on,
            cache,
            journals,
            known,
            sets,
            receivers,
            places,
            changes,
            keys,
        }
    }

    pub(crate) fn place(&self) -> &'w dyn Place {
        self.shared.place.as_ref()
    }

    /// Takes a set in hand: from before in this batch, from memory, or from what is kept. It has
    /// to be put down again.
    pub(crate) fn take(&mut self, key: &SetKey) -> Result<WorkingSet, Failure> {
        if let Some(set) = self.sets.remove(key) {
            return Ok(set);
        }
        if let Some(set) = self.cache.take(key)
            && (self.shared.options.company == Company::Alone
                || is_current(self.place(), self.known, &set)?)
        {
            return Ok(set);
        }
        load(self.place(), &self.shared.shelf, key)
    }

    /// Puts a set down.
    pub(crate) fn put(&mut self, set: WorkingSet) {
        self.sets.insert(set.key.clone(), set);
    }

    /// The page on which the next decision of a tenant is written, and its place there.
    pub(crate) fn next_place(&mut self, tenant: Tenant) -> Result<((Writer, u64), u32), Failure> {
        let (sequence, _) = self.journal(tenant)?;
        let place = self.places.entry(tenant).or_insert(0);
        let here = *place;
        *place = place.saturating_add(1);
        Ok(((self.writer, sequence.saturating_add(1)), here))
    }

    fn journal(&mut self, tenant: Tenant) -> Result<(u64, Hash), Failure> {
        if let Some(journal) = self.journals.get(&tenant) {
            return Ok(*journal);
        }
        let last = self.place().last_page(tenant, self.writer)?;
        let journal = match last {
            Some(page) => (page.sequence, page.hash),
            None => (0, chain::journal(&self.shared.shelf.tenant_name(tenant)?, self.writer)),
        };
        self.journals.insert(tenant, journal);
        Ok(journal)
    }

    /// The receivers of a tenant that are sent something now.
    pub(crate) fn receivers(&mut self, tenant: Tenant) -> Result<Arc<[Webhook]>, Failure> {
        if self.shared.options.announce.is_none() {
            return Ok(Arc::from([]));
        }
        if let Some(receivers) = self.receivers.get(&tenant) {
            return Ok(Arc::clone(receivers));
        }
        let receivers: Arc<[Webhook]> = match self.known.receivers(tenant) {
            Some(all) => all.iter().filter(|it| it.active).cloned().collect(),
            None => self.place().webhooks(tenant)?.into_iter().filter(|it| it.active).collect(),
        };
        self.receivers.insert(tenant, Arc::clone(&receivers));
        Ok(receivers)
    }

    /// Says with which key values are sealed that are to be written, and whether it is new.
    pub(crate) fn sealed_with(&mut self, tenant: Tenant, key: Key, is_new: bool) {
        self.keys.insert((tenant, key.person.clone()), (key, is_new));
    }

    /// The key with which values of a person are sealed that are to be written.
    pub(crate) fn key(&self, tenant: Tenant, person: &str) -> Option<&(Key, bool)> {
        self.keys.get(&(tenant, person.to_owned()))
    }

    /// Adds what is to be written.
    pub(crate) fn add(&mut self, changes: Vec<Change>) {
        self.changes.extend(changes);
    }

    /// What is to be written.
    pub(crate) fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The same, to be added to.
    pub(crate) fn changes_mut(&mut self) -> &mut [Change] {
        &mut self.changes
    }

    /// Writes everything in one transaction, and keeps the sets in memory.
    pub(crate) fn write(mut self, now: Instant) -> Result<Written, Failure> {
        let changes = std::mem::take(&mut self.changes);
        let n_decisions = changes.len();
        let acts_at = changes.iter().filter_map(|it| it.standing.acts_at).min();
        if n_decisions > 0 {
            let pages = self.pages(&changes, now);
            let (mut keys, mut new_keys) = (Vec::new(), Vec::new());
            for ((tenant, _), (key, is_new)) in std::mem::take(&mut self.keys) {
                if is_new { &mut new_keys } else { &mut keys }.push((tenant, key));
            }
            let batch = Batch { pages, changes, keys, new_keys, decided_on: self.decided_on };
            self.shared.place.write(&batch)?;
            for page in &batch.pages {
                self.journals.insert(page.tenant, (page.sequence, page.hash));
            }
        }
        let mut moved = Vec::new();
        for set in std::mem::take(&mut self.sets).into_values() {
            match set.has_moved() {
                true => moved.extend(set.streams()),
                false if set.streams().next().is_none() => {}
                false => self.cache.put(set),
            }
        }
        Ok(Written { n_decisions, acts_at, moved })
    }

    fn pages(&self, changes: &[Change], at: Instant) -> Vec<Page> {
        let tenants = self.places.iter().filter(|(_, n)| **n > 0).map(|(tenant, _)| *tenant);
        let page = |tenant: Tenant| {
            let of_tenant = changes.iter().filter(|it| it.tenant == tenant);
            let hashes: Vec<Hash> = of_tenant.map(|it| it.decided.hash).collect();
            let (sequence, before) = self.journals.get(&tenant).copied()?;
            let sequence = sequence.saturating_add(1);
            let hash = chain::page(before, sequence, at, &hashes);
            Some(Page { tenant, writer: self.writer, sequence, at, hash })
        };
        tenants.filter_map(page).collect()
    }
}
