//! Whether the key of the store opens what is sealed.

use crate::audit::{Finding, Where};
use crate::cases::{Failure, Key, Place, Standing, StreamKind, Tenant};
use crate::vault::{PersonKey, StoreKey, open};

/// How many ids are read at once.
const IDS: u32 = 256;

/// Opens every personal value with the key of the store, and tells of each that does not open; how
/// many there are. What they say is not kept.
///
/// # Errors
/// The place cannot be read.
pub fn values(
    place: &dyn Place,
    store_key: &StoreKey,
    found: &mut dyn FnMut(&Finding),
) -> Result<u64, Failure> {
    let mut n_values: u64 = 0;
    for (tenant, name) in place.tenants()? {
        let mut after = None;
        loop {
            let ids = place.streams(tenant, after, IDS)?;
            let Some(last) = ids.last() else { break };
            after = Some(*last);
            for id in ids {
                let sealed = place.sealed(tenant, id)?;
                if sealed.is_empty() {
                    continue;
                }
                let Some(case) = place.standing(tenant, id)? else { continue };
                if case.kind != StreamKind::Case {
                    continue;
                }
                let mut tell = |what: String| {
                    let ticket = case.ticket.clone();
                    let at = Where::Stream { stream: id, ticket, version: None };
                    found(&Finding { tenant: name.clone(), at, what });
                };
                let keys = keys(place, store_key, (tenant, &name), &case, &mut tell)?;
                for value in &sealed {
                    n_values = n_values.saturating_add(1);
                    if !keys.iter().any(|key| open(key, &name, value).is_ok()) {
                        tell(format!("has a personal value {} that does not open", value.slot));
                    }
                }
            }
        }
    }
    Ok(n_values)
}

/// The keys under which the values of a case may lie.
fn keys(
    place: &dyn Place,
    store_key: &StoreKey,
    (tenant, name): (Tenant, &str),
    case: &Standing,
    tell: &mut dyn FnMut(String),
) -> Result<Vec<PersonKey>, Failure> {
    let own = case.stream.to_string();
    let mut keys = Vec::new();
    for person in case.complainant.iter().chain([&own]) {
        let kept: Option<Key> = place.key(tenant, person)?;
        match kept.map(|it| store_key.unwrap(name, &it)).transpose() {
            Ok(key) => keys.extend(key.flatten()),
            Err(Failure::Damaged(why)) => tell(format!("has no key: {why}")),
            Err(other) => return Err(other),
        }
    }
    Ok(keys)
}
