//! Personal values are taken out of a report before it is decided.

use std::collections::BTreeSet;

use engine::machine::Machine;
use engine::runtime::Report;

use crate::cases::{Failure, Key, Sealed, StreamId, Tenant};
use crate::keeper::Mode;
use crate::keeper::set::may_be_sealed;
use crate::keeper::writing::hand::Hand;
use crate::vault::{PersonKey, StoreKey, is_personal, seal_report};

/// Values that are sealed; nothing where there is nothing to keep.
pub(super) type WithKey = Option<WithOwnKey>;

/// Values that are sealed, and the key that they are sealed with.
pub(super) struct WithOwnKey {
    pub(super) values: Vec<Sealed>,
    pub(super) key: Key,
    /// Whether the key is to be kept with them.
    pub(super) is_new: bool,
}

/// What is sealed with, and for whom.
pub(super) struct Sealing<'s, 'w> {
    pub(super) hand: &'s Hand<'w>,
    pub(super) vault: &'s StoreKey,
    /// The name of the tenant.
    pub(super) tenant: &'s str,
    pub(super) mode: Mode,
}

impl Sealing<'_, '_> {
    /// Takes the personal values out of a report about a case and leaves references: what is to be
    /// kept with its decision. Values of a stop are kept with the case on which it is reported.
    pub(super) fn seal(
        &self,
        machine: &Machine,
        (tenant, case): (Tenant, StreamId),
        person: Option<&str>,
        report: &mut Report,
    ) -> Result<WithKey, Failure> {
        // The work of asking for a key is done only where there is something to seal.
        if !may_be_sealed(report) || !is_personal(machine, report) {
            return Ok(None);
        }
        let (whose, own) = ((self.tenant, case), case.to_string());
        let (kept, key) = self.key(tenant, person.unwrap_or(&own))?;
        let sealed = seal_report(machine, &key, whose, report)?;
        let known = self.known(tenant, case)?;
        let new: Vec<Sealed> = sealed.into_iter().filter(|it| !known.contains(&it.slot)).collect();
        let kept = kept.filter(|_| !new.is_empty());
        Ok(kept.map(|(key, is_new)| WithOwnKey { values: new, key, is_new }))
    }

    /// The key of a person, as it is kept and as it is used, and whether it is new. One is made
    /// where there is none, or where it was destroyed: what is said from now on has nothing to do
    /// with what was erased. In a trial it is not kept.
    fn key(
        &self,
        tenant: Tenant,
        person: &str,
    ) -> Result<(Option<(Key, bool)>, PersonKey), Failure> {
        let kept = match (self.hand.key(tenant, person), self.hand.known.key(tenant, person)) {
            (Some(coming), _) => Some(coming.clone()),
            (None, Some(known)) => known.map(|it| (it.clone(), false)),
            (None, None) => self.hand.place().key(tenant, person)?.map(|it| (it, false)),
        };
        let Some((kept, is_new)) = kept.filter(|(key, _)| key.wrapped.is_some()) else {
            let key = PersonKey::random()?;
            let made = match self.mode {
                Mode::DryRun => None,
                Mode::Keep => Some((self.vault.wrap(self.tenant, person, &key)?, true)),
            };
            return Ok((made, key));
        };
        match self.vault.unwrap(self.tenant, &kept)? {
            Some(key) => Ok((Some((kept, is_new)), key)),
            None => Err(Failure::Damaged("a key that is kept is none".to_owned())),
        }
    }

    /// The references that the case has already, or will have with what is written now.
    fn known(&self, tenant: Tenant, case: StreamId) -> Result<BTreeSet<String>, Failure> {
        let coming = self.hand.changes().iter().filter(|it| it.tenant == tenant);
        let coming = coming.flat_map(|it| &it.sealed).filter(|it| it.stream == case);
        let coming = coming.map(|it| it.slot.clone());
        let mut slots = match self.hand.known.slots(tenant, case) {
            Some(slots) => slots.clone(),
            None => {
                let kept = self.hand.place().sealed(tenant, case)?;
                kept.into_iter().map(|it| it.slot).collect()
            }
        };
        slots.extend(coming);
        Ok(slots)
    }
}
