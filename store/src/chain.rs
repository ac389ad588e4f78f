//! The hashes that hold decisions together: each covers the one before it, so that whoever kept the
//! last one sees every change, gap and swap before it. `docs/RECORDS.md` describes them for those
//! who check them with programs of their own.

use crate::cases::{Decided, Failure, Hash, StreamId, StreamKind, Writer};
use engine::time::Instant;
use sha2::{Digest as _, Sha256};

/// What stands before that which is hashed, so that no hash of one kind is one of another. The
/// texts that begin a stream or a journal start with an `r`.
const LINK: u8 = 1;
const PAGE: u8 = 2;

/// What a stream is opened with, and what never changes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin<'a> {
    /// The name of its tenant.
    pub tenant: &'a str,
    /// Which stream.
    pub stream: StreamId,
    /// What it is of.
    pub kind: StreamKind,
    /// The name of the stop; for a case, nothing.
    pub stop: Option<&'a str>,
    /// The case on which a stop was proposed; for a case, nothing.
    pub on: Option<StreamId>,
    /// The number that people use for it.
    pub ticket: Option<&'a str>,
    /// The SHA-256 of the folder of its protocol.
    pub protocol: Hash,
    /// The SHA-256 of the table of names that its decisions refer to.
    pub names: Hash,
}

/// The hash of some bytes: a table of names, a folder.
#[must_use]
pub fn hash(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

/// The hash that comes before the first decision of a stream.
#[must_use]
pub fn genesis(origin: &Origin<'_>) -> Hash {
    let kind = match origin.kind {
        StreamKind::Case => "case",
        StreamKind::Stop => "stop",
    };
    let mut text = "redress-stream 1\n".to_owned();
    let mut add = |name: &str, value: Option<&str>| match value {
        Some(value) => text.push_str(&format!("{name} {}:{value}\n", value.len())),
        None => text.push_str(&format!("{name} -\n")),
    };
    add("tenant", Some(origin.tenant));
    add("stream", Some(&origin.stream.to_string()));
    add("kind", Some(kind));
    add("stop", origin.stop);
    add("on", origin.on.map(|it| it.to_string()).as_deref());
    add("ticket", origin.ticket);
    add("protocol", Some(&origin.protocol.to_string()));
    add("names", Some(&origin.names.to_string()));
    hash(text.as_bytes())
}

/// The hash of a decision: over the one before it, its number and its body.
#[must_use]
pub fn link(before: Hash, version: u32, body: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([LINK]);
    hasher.update(before.0);
    hasher.update(version.to_be_bytes());
    hasher.update(body);
    Hash(hasher.finalize().into())
}

/// Where a chain breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// The number of the decision.
    pub version: u32,
    /// What is wrong with it, said of it: `is missing`.
    pub what: String,
}

/// Checks that decisions are all those of a stream up to the last of them, as they were written;
/// returns the hash of the last one.
///
/// # Errors
/// [`Failure::Damaged`] with the first decision that is missing, one too many or another one.
pub fn check(origin: &Origin<'_>, decided: &[Decided]) -> Result<Hash, Failure> {
    whole(origin, decided).map_err(|Break { version, what }| {
        Failure::Damaged(format!("decision {version} of the stream {} {what}", origin.stream))
    })
}

/// The same, and where the chain breaks first.
///
/// # Errors
/// The first decision that is missing, one too many or another one.
pub fn whole(origin: &Origin<'_>, decided: &[Decided]) -> Result<Hash, Break> {
    let stream = origin.stream;
    let broken = |version: u32, what: &str| Err(Break { version, what: what.to_owned() });
    let mut before = genesis(origin);
    for (wanted, decided) in (1u32..).zip(decided) {
        let version = decided.version;
        if decided.stream != stream {
            let other = decided.stream;
            return broken(wanted, &format!("belongs to the stream {other}"));
        }
        if version > wanted {
            return broken(wanted, "is missing");
        }
        if version < wanted {
            return broken(version, "is there twice");
        }
        let hash = link(before, version, &decided.body);
        if hash != decided.hash {
            return broken(version, "is not what was written, or what came before it");
        }
        before = hash;
    }
    Ok(before)
}

/// The hash that comes before the first page of the journal of a tenant and a writer.
#[must_use]
pub fn journal(tenant: &str, writer: Writer) -> Hash {
    let (number, length) = (writer.0.to_string(), tenant.len());
    let writer = format!("writer {}:{number}\n", number.len());
    hash(format!("redress-journal 1\ntenant {length}:{tenant}\n{writer}").as_bytes())
}

/// The hash of a page: over the page before it, its number, its instant and the hashes of its
/// decisions, by place.
#[must_use]
pub fn page(before: Hash, sequence: u64, at: Instant, decided: &[Hash]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([PAGE]);
    hasher.update(before.0);
    hasher.update(sequence.to_be_bytes());
    hasher.update(at.ms().to_be_bytes());
    for hash in decided {
        hasher.update(hash.0);
    }
    Hash(hasher.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: StreamId = StreamId([7; 16]);

    fn origin() -> Origin<'static> {
        Origin {
            tenant: "shop",
            stream: STREAM,
            kind: StreamKind::Case,
            stop: None,
            on: None,
            ticket: Some("K-2026-0001"),
            protocol: Hash([1; 32]),
            names: Hash([2; 32]),
        }
    }

    /// Three decisions with the bodies `a`, `bb` and `ccc`.
    fn decided() -> Vec<Decided> {
        let mut hash = genesis(&origin());
        let bodies = ["a", "bb", "ccc"].into_iter().zip(1u32..);
        let decided = bodies.map(|(body, version)| {
            hash = link(hash, version, body.as_bytes());
            let page = (Writer(1), u64::from(version));
            Decided { stream: STREAM, version, page, place: 0, body: body.into(), hash }
        });
        decided.collect()
    }

    #[track_caller]
    fn check_after(change: impl FnOnce(&mut Vec<Decided>), problem: &str) {
        let mut decided = decided();
        change(&mut decided);
        let found = check(&origin(), &decided).map_err(|it| it.to_string());
        let (stream, problem) = (STREAM, problem.to_owned());
        let problem = problem.replace("STREAM", &format!("the stream {stream}"));
        assert_eq!(found, Err(format!("the store is damaged: {problem}")));
    }

    #[test]
    fn what_was_written_is_found_to_be_so() {
        let decided = decided();
        let last = decided.last().map(|it| it.hash);
        assert_eq!(check(&origin(), &decided).ok(), last);
        assert_eq!(check(&origin(), &[]), Ok(genesis(&origin())));
    }

    #[test]
    fn every_change_of_a_decision_shows() {
        let other = "is not what was written, or what came before it";
        check_after(|it| it[1].body.push(b'b'), &format!("decision 2 of STREAM {other}"));
        check_after(|it| it[2].hash.0[31] ^= 1, &format!("decision 3 of STREAM {other}"));
        check_after(|it| it[0].body.clear(), &format!("decision 1 of STREAM {other}"));
        check_after(|it| it.swap(0, 1), "decision 1 of STREAM is missing");
        check_after(|it| drop(it.remove(1)), "decision 2 of STREAM is missing");
        check_after(|it| drop(it.remove(0)), "decision 1 of STREAM is missing");
        check_after(|it| it[2] = it[1].clone(), "decision 2 of STREAM is there twice");
        check_after(
            |it| it[2].stream = StreamId([8; 16]),
            "decision 3 of STREAM belongs to the stream 08080808-0808-0808-0808-080808080808",
        );
    }

    #[test]
    fn what_a_stream_was_opened_with_is_hashed_as_well() {
        let hash = genesis(&origin());
        let stop = Origin { kind: StreamKind::Stop, ..origin() };
        for other in [
            Origin { tenant: "shops", ..origin() },
            Origin { stream: StreamId([8; 16]), ..origin() },
            Origin { stop: Some("written_only"), ..stop.clone() },
            Origin { on: Some(STREAM), ..stop.clone() },
            stop,
            Origin { ticket: None, ..origin() },
            Origin { ticket: Some(""), ..origin() },
            Origin { ticket: Some("K-2026-0002"), ..origin() },
            Origin { protocol: Hash([3; 32]), ..origin() },
            Origin { names: Hash([3; 32]), ..origin() },
        ] {
            assert_ne!(genesis(&other), hash, "{other:?}");
        }
    }

    #[test]
    fn a_page_is_bound_to_its_place_and_its_decisions() {
        let (one, other) = (Hash([1; 32]), Hash([2; 32]));
        let (first, at) = (journal("shop", Writer(1)), Instant::from_ms(1));
        let hash = page(first, 1, at, &[one, other]);
        for changed in [
            page(journal("shop", Writer(2)), 1, at, &[one, other]),
            page(journal("shops", Writer(1)), 1, at, &[one, other]),
            page(first, 2, at, &[one, other]),
            page(first, 1, Instant::from_ms(2), &[one, other]),
            page(first, 1, at, &[other, one]),
            page(first, 1, at, &[one]),
            page(hash, 1, at, &[one, other]),
        ] {
            assert_ne!(changed, hash);
        }
    }
}
