//! Personal values are taken out of a report before it is decided.

use std::collections::BTreeSet;

use engine::machine::Machine;
use engine::runtime::{Given, Report};

use crate::cases::{Failure, Sealed, StreamId, Tenant};
use crate::keeper::Mode;
use crate::keeper::writing::hand::Hand;
use crate::vault::{PersonKey, StoreKey, seal_report};

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
    ) -> Result<Vec<Sealed>, Failure> {
        let has_text = report.data.iter().any(|(_, given)| matches!(given, Given::Text(_)));
        if report.reason.is_none() && !has_text {
            return Ok(Vec::new());
        }
        // The work of asking for a key is done only where there is something to seal: with a key
        // of nobody it shows what that is.
        let whose = (self.tenant, case);
        let mut trial = report.clone();
        if seal_report(machine, &PersonKey::random()?, whose, &mut trial)?.is_empty() {
            return Ok(Vec::new());
        }
        let own = case.to_string();
        let key = self.key(tenant, person.unwrap_or(&own))?;
        // Of a person who was forgotten nothing can be kept under the old key.
        let key = match key {
            Some(key) => Some(key),
            None => self.key(tenant, &own)?,
        };
        let key = key.ok_or_else(|| {
            Failure::Unavailable(format!("the key of the case {case} was destroyed"))
        })?;
        let sealed = seal_report(machine, &key, whose, report)?;
        let known = self.known(tenant, case)?;
        Ok(sealed.into_iter().filter(|it| !known.contains(&it.slot)).collect())
    }

    /// The key of a person, which is made if there is none; nothing where it was destroyed.
    fn key(&self, tenant: Tenant, person: &str) -> Result<Option<PersonKey>, Failure> {
        let place = self.hand.place();
        let kept = match (place.key(tenant, person)?, self.mode) {
            (Some(kept), _) => kept,
            (None, Mode::DryRun) => return PersonKey::random().map(Some),
            (None, Mode::Keep) => {
                let made = self.vault.wrap(self.tenant, person, &PersonKey::random()?)?;
                place.keep_key(tenant, &made)?
            }
        };
        self.vault.unwrap(self.tenant, &kept)
    }

    /// The references that the case has already, or will have with what is written now.
    fn known(&self, tenant: Tenant, case: StreamId) -> Result<BTreeSet<String>, Failure> {
        let kept = self.hand.place().sealed(tenant, case)?.into_iter();
        let coming = self.hand.changes().iter().filter(|it| it.tenant == tenant);
        let coming = coming.flat_map(|it| &it.sealed).filter(|it| it.stream == case).cloned();
        Ok(kept.chain(coming).map(|it| it.slot).collect())
    }
}
