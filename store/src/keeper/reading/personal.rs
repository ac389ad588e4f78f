//! Personal values, opened for those who may read them.

use std::collections::BTreeMap;

use crate::cases::{Failure, Place, Sealed, Standing, Tenant};
use crate::keeper::Keeper;
use crate::vault::{PersonKey, StoreKey, open};

impl Keeper {
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
        personal(self.place().as_ref(), self.vault(), (tenant, &self.tenant_name(tenant)?), case)
    }
}

/// The personal values of a case, opened; without a vault there is nothing.
pub(super) fn personal(
    place: &dyn Place,
    vault: Option<&StoreKey>,
    (tenant, name): (Tenant, &str),
    case: &Standing,
) -> Result<BTreeMap<String, String>, Failure> {
    let sealed = place.sealed(tenant, case.stream)?;
    let Some(vault) = vault.filter(|_| !sealed.is_empty()) else {
        return Ok(BTreeMap::new());
    };
    // What came before it was known who complains lies under the key of the case.
    let own = case.stream.to_string();
    let mut keys: Vec<PersonKey> = Vec::new();
    for person in case.complainant.iter().chain([&own]) {
        let kept = place.key(tenant, person)?;
        keys.extend(kept.map(|it| vault.unwrap(name, &it)).transpose()?.flatten());
    }
    let opened = |it: &Sealed| {
        let found = keys.iter().find_map(|key| open(key, name, it).ok());
        match (found, keys.is_empty()) {
            (Some(text), _) => Ok(Some((it.slot.clone(), text))),
            (None, true) => Ok(None),
            (None, false) => match keys.first() {
                Some(key) => open(key, name, it).map(|text| Some((it.slot.clone(), text))),
                None => Ok(None),
            },
        }
    };
    let all: Result<Vec<_>, Failure> = sealed.iter().map(opened).collect();
    Ok(all?.into_iter().flatten().collect())
}
