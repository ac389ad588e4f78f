//! The hashes of the amendments of a tenant.

use crate::cases::{Failure, Hash, KeptAmendment};
use crate::chain;
use sha2::{Digest as _, Sha256};

/// What stands before that which is hashed: a link of a stream begins with 1, a page with 2.
const AMENDMENT: u8 = 3;

/// The hash that comes before the first amendment of a tenant.
#[must_use]
pub fn origin(tenant: &str) -> Hash {
    let length = tenant.len();
    chain::hash(format!("redress-amendments 1\ntenant {length}:{tenant}\n").as_bytes())
}

/// The hash of an amendment: over the one before it, its number and its body.
#[must_use]
pub fn link(before: Hash, number: u32, body: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([AMENDMENT]);
    hasher.update(before.0);
    hasher.update(number.to_be_bytes());
    hasher.update(body);
    Hash(hasher.finalize().into())
}

/// Checks that amendments are all those of a tenant up to the last of them, as they were written;
/// returns the hash of the last one.
///
/// # Errors
/// [`Failure::Damaged`] with the first amendment that is missing or another one.
pub fn check(tenant: &str, kept: &[KeptAmendment]) -> Result<Hash, Failure> {
    let mut before = origin(tenant);
    for (wanted, kept) in (1u32..).zip(kept) {
        let damaged = |what: &str| {
            Failure::Damaged(format!("amendment {wanted} of the calendars of {tenant} {what}"))
        };
        if kept.number != wanted {
            return Err(damaged("is missing"));
        }
        if link(before, wanted, &kept.body) != kept.hash {
            return Err(damaged("is not what was written, or what came before it"));
        }
        before = kept.hash;
    }
    Ok(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::Reached;

    fn kept() -> Vec<KeptAmendment> {
        let mut hash = origin("shop");
        let kept = ["a", "bb", "ccc"].into_iter().zip(1u32..).map(|(body, number)| {
            hash = link(hash, number, body.as_bytes());
            KeptAmendment { number, body: body.into(), hash, reached: Reached::All }
        });
        kept.collect()
    }

    #[track_caller]
    fn check_after(change: impl FnOnce(&mut Vec<KeptAmendment>), problem: &str) {
        let mut kept = kept();
        change(&mut kept);
        let found = check("shop", &kept).map_err(|it| it.to_string());
        assert_eq!(found, Err(format!("the store is damaged: amendment {problem}")));
    }

    #[test]
    fn every_change_of_an_amendment_shows() {
        assert_eq!(check("shop", &kept()), Ok(kept()[2].hash));
        assert_eq!(check("shop", &[]), Ok(origin("shop")));
        let of = "of the calendars of shop";
        let other = "is not what was written, or what came before it";
        check_after(|it| it[1].body.push(b'b'), &format!("2 {of} {other}"));
        check_after(|it| it[2].hash.0[31] ^= 1, &format!("3 {of} {other}"));
        check_after(|it| drop(it.remove(1)), &format!("2 {of} is missing"));
        check_after(|it| it.swap(0, 1), &format!("1 {of} is missing"));
        assert!(check("shops", &kept()).is_err(), "they are those of this tenant");
    }
}
