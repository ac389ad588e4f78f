//! One personal value: its reference, and the value encrypted.

use crate::cases::{Failure, Sealed, StreamId};
use crate::vault::PersonKey;
use crate::vault::key::about;

/// The bytes of a digest that a reference shows.
const SLOT_BYTES: usize = 16;

/// To what a personal value belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whose<'a> {
    /// The name of the tenant.
    pub tenant: &'a str,
    /// The stream.
    pub stream: StreamId,
    /// The id of the report that brings it.
    pub report: &'a str,
}

/// The reference of a value: `p1:` and 32 hexadecimal digits. The same value of the same field of
/// the same report has the same one; in another report, or another stream, it has another.
#[must_use]
pub fn slot(key: &PersonKey, whose: Whose<'_>, field: &str, value: &str) -> String {
    let stream = whose.stream.to_string();
    let mut of = about("slot", &[whose.tenant, &stream, whose.report, field]);
    of.extend_from_slice(value.as_bytes());
    let digest = key.digest(&of);
    let shown = digest.iter().take(SLOT_BYTES).map(|byte| format!("{byte:02x}"));
    format!("p1:{}", shown.collect::<String>())
}

/// Seals a value under its reference.
///
/// # Errors
/// [`Failure::Unavailable`] where the system has no random numbers.
pub fn seal(
    key: &PersonKey,
    whose: Whose<'_>,
    field: &str,
    value: &str,
) -> Result<Sealed, Failure> {
    let slot = slot(key, whose, field, value);
    let bytes = key.encrypt(&of(whose.tenant, whose.stream, &slot), value.as_bytes())?;
    Ok(Sealed { stream: whose.stream, slot, bytes })
}

/// Opens a value.
///
/// # Errors
/// [`Failure::Damaged`] where it was sealed with another key, for another stream or reference, or
/// changed.
pub fn open(key: &PersonKey, tenant: &str, sealed: &Sealed) -> Result<String, Failure> {
    let opened = key.decrypt(&of(tenant, sealed.stream, &sealed.slot), &sealed.bytes);
    let text = opened.and_then(|it| String::from_utf8(it).ok());
    text.ok_or_else(|| {
        let Sealed { stream, slot, .. } = sealed;
        Failure::Damaged(format!("the personal value {slot} of the stream {stream} does not open"))
    })
}

fn of(tenant: &str, stream: StreamId, slot: &str) -> Vec<u8> {
    about("seal", &[tenant, &stream.to_string(), slot])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::StoreKey;

    const WHOSE: Whose<'_> = Whose { tenant: "shop", stream: StreamId([7; 16]), report: "e1" };

    #[test]
    fn a_value_opens_with_its_key_in_its_place_and_nowhere_else() {
        let (key, other) = (PersonKey::random().unwrap(), PersonKey::random().unwrap());
        let sealed = seal(&key, WHOSE, "name", "Zoë Quist").unwrap();
        assert_eq!(open(&key, "shop", &sealed), Ok("Zoë Quist".to_owned()));
        let fails = |key, tenant, sealed: &Sealed| {
            assert!(matches!(open(key, tenant, sealed), Err(Failure::Damaged(_))));
        };
        fails(&other, "shop", &sealed);
        fails(&key, "shops", &sealed);
        fails(&key, "shop", &Sealed { stream: StreamId([8; 16]), ..sealed.clone() });
        fails(&key, "shop", &Sealed { slot: "p1:00".to_owned(), ..sealed.clone() });
        for place in 0..sealed.bytes.len() {
            let mut changed = sealed.clone();
            changed.bytes[place] ^= 1;
            fails(&key, "shop", &changed);
            changed.bytes.truncate(place);
            fails(&key, "shop", &changed);
        }
    }

    #[test]
    fn a_reference_is_the_same_for_the_same_value_of_the_same_report_and_person_only() {
        let (key, other) = (PersonKey::random().unwrap(), PersonKey::random().unwrap());
        let first = slot(&key, WHOSE, "name", "Zoë Quist");
        assert_eq!(first.len(), 35);
        assert_eq!(slot(&key, WHOSE, "name", "Zoë Quist"), first);
        let elsewhere = Whose { stream: StreamId([8; 16]), ..WHOSE };
        for changed in [
            slot(&other, WHOSE, "name", "Zoë Quist"),
            slot(&key, elsewhere, "name", "Zoë Quist"),
            slot(&key, Whose { report: "e2", ..WHOSE }, "name", "Zoë Quist"),
            slot(&key, WHOSE, "nam", "eZoë Quist"),
            slot(&key, WHOSE, "name", "Zoe Quist"),
        ] {
            assert_ne!(changed, first);
        }
        let one = seal(&key, WHOSE, "name", "Zoë Quist").unwrap();
        let again = seal(&key, WHOSE, "name", "Zoë Quist").unwrap();
        assert_eq!(one.slot, again.slot);
        assert_ne!(one.bytes, again.bytes, "never the same random number twice");
    }

    #[test]
    fn a_key_is_unwrapped_by_its_store_for_its_person_and_not_after_it_was_destroyed() {
        let (store, other) = (StoreKey::given([1; 32]), StoreKey::given([2; 32]));
        let key = PersonKey::random().unwrap();
        let wrapped = store.wrap("shop", "p-1", &key).unwrap();
        let same = store.unwrap("shop", &wrapped).unwrap().unwrap();
        let first = slot(&key, WHOSE, "name", "x");
        assert_eq!(slot(&same, WHOSE, "name", "x"), first);
        assert!(other.unwrap("shop", &wrapped).is_err());
        assert!(store.unwrap("shops", &wrapped).is_err());
        let of_another = crate::cases::Key { person: "p-2".to_owned(), ..wrapped.clone() };
        assert!(store.unwrap("shop", &of_another).is_err());
        let gone = crate::cases::Key { wrapped: None, ..wrapped };
        assert!(store.unwrap("shop", &gone).unwrap().is_none());
    }

    #[cfg(unix)]
    #[test]
    fn the_key_of_the_store_is_made_once_and_only_its_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = crate::test_folder::Folder::new("vault", &[]);
        let path = folder.0.join("store.key");
        let key = PersonKey::random().unwrap();
        let wrapped = StoreKey::open(&path).unwrap().wrap("shop", "p-1", &key).unwrap();
        assert!(StoreKey::open(&path).unwrap().unwrap("shop", &wrapped).unwrap().is_some());
        let mode = || std::fs::metadata(&path).unwrap().permissions();
        assert_eq!(mode().mode() & 0o777, 0o600);
        let refused = |part: &str| {
            let problem = format!("{:#}", StoreKey::open(&path).unwrap_err());
            assert!(problem.contains(part), "{problem}");
        };
        let mut open = mode();
        open.set_mode(0o640);
        std::fs::set_permissions(&path, open.clone()).unwrap();
        refused("may be read by others (mode 640, should be 600)");
        open.set_mode(0o600);
        std::fs::set_permissions(&path, open).unwrap();
        for wrong in ["", "00", &"0".repeat(63), &"G".repeat(64), &"é".repeat(32)] {
            std::fs::write(&path, wrong).unwrap();
            refused("holds no key");
        }
    }
}
