//! Personal values are taken out of a report before it is decided.

use std::collections::BTreeSet;

use engine::machine::Machine;
use engine::runtime::{Given, Report};

use crate::cases::{Failure, Key, Sealed, StreamId, Tenant};
use crate::keeper::Mode;
use crate::keeper::writing::hand::Hand;
use crate::vault::{PersonKey, StoreKey, seal_report};

/// Values that are sealed, and the key that they are sealed with; nothing where there is nothing to
/// keep.
pub(super) type WithKey = Option<(Vec<Sealed>, Key)>;

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
        let has_text = report.data.iter().any(|(_, given)| matches!(given, Given::Text(_)));
        if report.reason.is_none() && !has_text {
            return Ok(None);
        }
        // The work of asking for a key is done only where there is something to seal: with a key
        // of nobody it shows what that is.
        let whose = (self.tenant, case);
        let mut trial = report.clone();
        if seal_report(machine, &PersonKey::random()?, whose, &mut trial)?.is_empty() {
            return Ok(None);
        }
        let own = case.to_string();
        let (kept, key) = self.key(tenant, person.unwrap_or(&own))?;
        let sealed = seal_report(machine, &key, whose, report)?;
        let known = self.known(tenant, case)?;
        let new: Vec<Sealed> = sealed.into_iter().filter(|it| !known.contains(&it.slot)).collect();
        Ok(kept.filter(|_| !new.is_empty()).map(|kept| (new, kept)))
    }

    /// The key of a person, as it is kept and as it is used. One is made where there is none, or
    /// where it was destroyed: what is said from now on has nothing to do with what was erased. In
    /// a trial it is not kept.
    fn key(&self, tenant: Tenant, person: &str) -> Result<(Option<Key>, PersonKey), Failure> {
        let place = self.hand.place();
        let kept = place.key(tenant, person)?.filter(|it| it.wrapped.is_some());
        let kept = match (kept, self.mode) {
            (Some(kept), _) => kept,
            (None, Mode::DryRun) => return Ok((None, PersonKey::random()?)),
            (None, Mode::Keep) => {
                let made = self.vault.wrap(self.tenant, person, &PersonKey::random()?)?;
                place.keep_key(tenant, &made)?
            }
        };
        match self.vault.unwrap(self.tenant, &kept)? {
            Some(key) => Ok((Some(kept), key)),
            // It was destroyed in this very moment.
            None => Err(Failure::Overtaken),
        }
    }

    /// The references that the case has already, or will have with what is written now.
    fn known(&self, tenant: Tenant, case: StreamId) -> Result<BTreeSet<String>, Failure> {
        let kept = self.hand.place().sealed(tenant, case)?.into_iter();
        let coming = self.hand.changes().iter().filter(|it| it.tenant == tenant);
        let coming = coming.flat_map(|it| &it.sealed).filter(|it| it.stream == case).cloned();
        Ok(kept.chain(coming).map(|it| it.slot).collect())
    }
}
