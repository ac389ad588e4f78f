//! Personal values, opened for those who may read them.

use std::collections::BTreeMap;

use crate::cases::{Failure, Sealed, Standing, Tenant};
use crate::keeper::Keeper;
use crate::vault::{PersonKey, open};

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
        let sealed = self.place().sealed(tenant, case.stream)?;
        let Some(vault) = self.vault().filter(|_| !sealed.is_empty()) else {
            return Ok(BTreeMap::new());
        };
        let name = self.tenant_name(tenant)?;
        // What came before it was known who complains lies under the key of the case.
        let own = case.stream.to_string();
        let mut keys: Vec<PersonKey> = Vec::new();
        for person in case.complainant.iter().chain([&own]) {
            let kept = self.place().key(tenant, person)?;
            keys.extend(kept.map(|it| vault.unwrap(&name, &it)).transpose()?.flatten());
        }
        let opened = |it: &Sealed| {
            let found = keys.iter().find_map(|key| open(key, &name, it).ok());
            match (found, keys.is_empty()) {
                (Some(text), _) => Ok(Some((it.slot.clone(), text))),
                (None, true) => Ok(None),
                (None, false) => match keys.first() {
                    Some(key) => open(key, &name, it).map(|text| Some((it.slot.clone(), text))),
                    None => Ok(None),
                },
            }
        };
        let all: Result<Vec<_>, Failure> = sealed.iter().map(opened).collect();
        Ok(all?.into_iter().flatten().collect())
    }
}
