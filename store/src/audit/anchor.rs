//! The heads of all journals at one time, as a small text that is kept outside the store.

use crate::cases::{Hash, Writer};
use crate::chain;
use engine::time::Instant;
use std::fmt::Write as _;

/// The first line: the version of the form.
const FIRST: &str = "redress-anchor 1";

/// The largest text that is read, in bytes: a hundred thousand journals.
const BYTES_MAX: usize = 16 * 1_024 * 1_024;

/// The heads of all journals of a store at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// When it was made.
    pub made_at: Instant,
    /// The tenants, by name.
    pub tenants: Vec<OfTenant>,
}

/// The journals of a tenant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfTenant {
    /// Its name.
    pub name: String,
    /// How many cases and stops its journals hold.
    pub n_streams: u64,
    /// How many decisions its journals hold.
    pub n_decisions: u64,
    /// The journals, by writer.
    pub journals: Vec<Head>,
}

/// The last page of a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Whose journal.
    pub writer: Writer,
    /// The number of the page, from 1: how many pages there were.
    pub pages: u64,
    /// The hash of the page.
    pub hash: Hash,
}

impl Anchor {
    /// The text, in the form that `docs/RECORDS.md` describes.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{FIRST}\nmade {}\n", self.made_at);
        for tenant in &self.tenants {
            let OfTenant { name, n_streams, n_decisions, journals } = tenant;
            // Writing to a text cannot fail.
            let _ = writeln!(text, "tenant {}:{name}", name.len());
            let _ = writeln!(text, "streams {n_streams}\ndecisions {n_decisions}");
            for Head { writer, pages, hash } in journals {
                let _ = writeln!(text, "journal {} {pages} {hash}", writer.0);
            }
        }
        let _ = writeln!(text, "hash {}", chain::hash(text.as_bytes()));
        text
    }

    /// Reads a text.
    ///
    /// # Errors
    /// Why it is no anchor, or not the one that was written.
    pub fn read(text: &str) -> Result<Self, String> {
        if text.len() > BYTES_MAX {
            return Err("it is too long for an anchor".to_owned());
        }
        let Some(rest) = text.strip_prefix(FIRST).and_then(|it| it.strip_prefix('\n')) else {
            return Err(format!("it does not begin with `{FIRST}`"));
        };
        let changed =
            || "it is not what was written: its last line does not fit the rest".to_owned();
        let (body, last) = match text.trim_end_matches('\n').rfind('\n') {
            Some(end) => text.split_at(end.saturating_add(1)),
            None => return Err(changed()),
        };
        if last != format!("hash {}\n", chain::hash(body.as_bytes())) {
            return Err(changed());
        }
        let body = body.strip_prefix(FIRST).and_then(|it| it.strip_prefix('\n')).unwrap_or(rest);
        read(body).ok_or_else(|| "a line of it cannot be read".to_owned())
    }
}

fn read(body: &str) -> Option<Anchor> {
    let (made, mut rest) = line(body.strip_prefix("made ")?)?;
    let made_at = Instant::from_utc(made.parse().ok()?);
    let mut tenants = Vec::new();
    while !rest.is_empty() {
        // A name may hold anything, so that its length says where it ends.
        let (length, after) = rest.strip_prefix("tenant ")?.split_once(':')?;
        let (name, after) = after.split_at_checked(length.parse().ok()?)?;
        let (n_streams, after) = line(after.strip_prefix("\nstreams ")?)?;
        let (n_decisions, after) = line(after.strip_prefix("decisions ")?)?;
        let mut tenant = OfTenant {
            name: name.to_owned(),
            n_streams: n_streams.parse().ok()?,
            n_decisions: n_decisions.parse().ok()?,
            journals: Vec::new(),
        };
        rest = after;
        while let Some(after) = rest.strip_prefix("journal ") {
            let (head, after) = line(after)?;
            tenant.journals.push(self::head(head)?);
            rest = after;
        }
        tenants.push(tenant);
    }
    Some(Anchor { made_at, tenants })
}

fn line(text: &str) -> Option<(&str, &str)> {
    text.split_once('\n')
}

fn head(text: &str) -> Option<Head> {
    let mut parts = text.split(' ');
    let (writer, pages, digits) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || digits.len() != 64 || !digits.is_ascii() {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(digits.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(Head {
        writer: Writer(writer.parse().ok()?),
        pages: pages.parse().ok()?,
        hash: Hash(hash),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor() -> Anchor {
        let head = |writer, pages| Head { writer: Writer(writer), pages, hash: Hash([7; 32]) };
        let shop = OfTenant {
            name: "shop\nhash ü".to_owned(),
            n_streams: 12,
            n_decisions: 345,
            journals: vec![head(1, 57), head(2, 1)],
        };
        let empty = OfTenant { name: String::new(), ..OfTenant::default() };
        Anchor { made_at: Instant::from_ms(1_795_000_000_123), tenants: vec![shop, empty] }
    }

    #[test]
    fn an_anchor_reads_back() {
        assert_eq!(Anchor::read(&anchor().text()), Ok(anchor()));
        let none = Anchor { tenants: vec![], ..anchor() };
        assert_eq!(Anchor::read(&none.text()), Ok(none));
    }

    #[test]
    fn any_other_text_is_refused() {
        let text = anchor().text();
        for end in 0..text.len() {
            let Some((cut, _)) = text.split_at_checked(end) else { continue };
            assert!(Anchor::read(cut).is_err(), "{end}");
        }
        for place in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[place] ^= 1;
            let Ok(other) = String::from_utf8(bytes) else { continue };
            assert!(Anchor::read(&other).is_err(), "{place}");
        }
        for wrong in ["", "\n", "redress-anchor 1\n", "redress-anchor 2\nmade x\n", "{}"] {
            assert!(Anchor::read(wrong).is_err(), "{wrong}");
        }
        // Hashed as it should be, and no anchor all the same.
        for body in [
            "",
            "made x\n",
            "made 2026-01-01T00:00:00Z\ntenant 9:a\n",
            "made 2026-01-01T00:00:00Z\nx\n",
        ] {
            let text = format!("{FIRST}\n{body}");
            let text = format!("{text}hash {}\n", chain::hash(text.as_bytes()));
            assert!(Anchor::read(&text).is_err(), "{body}");
        }
    }
}
