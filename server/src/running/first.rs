//! The first start on an empty store: who may do something at all.

use crate::access::Secret;
use crate::route::first_token;
use crate::wire::{Id, Name, NewToken};
use engine::time::Instant;
use std::collections::BTreeSet;
use store::cases::{Failure, Place, Tenant};
use store::keeper::Keeper;

/// How long the token to try things out works, in milliseconds: a day.
const TRYING_MS: i64 = 86_400_000;

/// The tokens of the first start. They are shown once.
pub struct First {
    /// For administration.
    pub admin: Secret,
    /// With every role of the protocols in use, to try things out for a day; none where there is
    /// no protocol.
    pub trying: Option<Secret>,
}

/// Makes the first tokens of a tenant that has none.
///
/// # Errors
/// The store failed, or the system has no random bytes.
pub fn first(keeper: &Keeper, tenant: Tenant, now: Instant) -> Result<Option<First>, Failure> {
    let place: &dyn Place = keeper.place().as_ref();
    if !place.tokens(tenant)?.is_empty() {
        return Ok(None);
    }
    let new = |label: &str, roles: Vec<Name>, admin: bool, expires: Option<Instant>| NewToken {
        label: Id(label.to_owned()),
        roles,
        admin,
        person: None,
        expires: expires.map(|it| it.to_string()),
    };
    let admin = first_token(place, tenant, &new("first start", Vec::new(), true, None), now)?;
    let roles = roles(keeper, tenant, now)?;
    let trying = match roles.is_empty() {
        true => None,
        false => {
            let trying = new("first start, for a day", roles, false, now.plus_ms(TRYING_MS));
            Some(first_token(place, tenant, &trying, now)?)
        }
    };
    Ok(Some(First { admin, trying }))
}

/// Every role of the protocols in use, and the complainant.
fn roles(keeper: &Keeper, tenant: Tenant, now: Instant) -> Result<Vec<Name>, Failure> {
    let mut names = BTreeSet::new();
    for text in keeper.place().protocols(tenant)? {
        if text.active_from.is_none_or(|from| now < from) {
            continue;
        }
        if let Some(loaded) = keeper.protocol(tenant, text.hash)? {
            names.extend(loaded.machine.protocol.roles.iter().map(|it| it.name.clone()));
            names.insert("complainant".to_owned());
        }
    }
    Ok(names.into_iter().map(Name).collect())
}
