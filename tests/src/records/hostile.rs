//! Bytes that nobody wrote.

use engine::text::Strings;
use store::cases::{Decided, Failure, Hash, StreamId, StreamKind, Writer};
use store::chain::{Origin, check, genesis, link};
use store::record::{Names, decode, encode};

use super::made::{Made, of_every_kind, of_folder};
use crate::histories::machine;
use crate::random::{Random, seed_from};

fn all() -> Vec<Made> {
    let folder = std::path::Path::new("../protocols/small-business");
    of_every_kind().into_iter().chain(of_folder(folder)).collect()
}

/// What is read of changed bytes would be written as just these bytes, or it is refused: nothing
/// has two forms.
#[track_caller]
fn same_or_refused(made: &Made, stop: Option<&str>, bytes: &[u8], found: &mut [usize; 2]) {
    let mut strings = Strings::default();
    match decode(bytes, &made.dictionary, stop, &mut strings) {
        Ok(read) => {
            if read.basis.is_none() {
                let again = encode(&made.dictionary, stop, &strings, &read.decision).unwrap();
                assert_eq!(again, bytes, "{}: read as {read:?}", made.name);
            }
            found[0] += 1;
        }
        Err(Failure::Damaged(_)) => found[1] += 1,
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_decision_that_is_cut_off_anywhere_is_refused() {
    for made in all() {
        for (stop, decision) in &made.decisions {
            let stop = stop.as_deref();
            let bytes = encode(&made.dictionary, stop, &made.strings, decision).unwrap();
            for length in 0..bytes.len() {
                let read =
                    decode(&bytes[..length], &made.dictionary, stop, &mut Strings::default());
                assert!(matches!(read, Err(Failure::Damaged(_))), "{}: {length}", made.name);
            }
            let longer = [&bytes[..], &[0]].concat();
            let read = decode(&longer, &made.dictionary, stop, &mut Strings::default());
            assert!(matches!(read, Err(Failure::Damaged(_))), "{}", made.name);
        }
    }
}

#[test]
fn no_bytes_are_read_as_something_that_is_written_otherwise() {
    let seed = seed_from("RECORDS_SEED", 1);
    let mut random = Random::new(seed);
    let mut found = [0, 0];
    for made in all() {
        for (stop, decision) in &made.decisions {
            let stop = stop.as_deref();
            let bytes = encode(&made.dictionary, stop, &made.strings, decision).unwrap();
            for place in 0..bytes.len() {
                let mut changed = bytes.clone();
                match random.below(4) {
                    0 | 1 => changed[place] ^= 1 << random.below(8),
                    2 => drop(changed.remove(place)),
                    // A length or a count that claims everything.
                    _ => drop(changed.splice(place..=place, [[0xff; 8].as_slice(), &[1]].concat())),
                }
                same_or_refused(&made, stop, &changed, &mut found);
            }
        }
        for _ in 0..200 {
            let n_bytes = random.below(60);
            let mut noise = vec![1, random.bits().to_le_bytes()[0] & 3, 1];
            noise.extend((0..n_bytes).map(|_| random.bits().to_le_bytes()[0]));
            same_or_refused(&made, None, &noise, &mut found);
        }
    }
    let [read, refused] = found;
    assert!(read > 1_000 && refused > 5_000, "{read} read, {refused} refused, RECORDS_SEED={seed}");
}

#[test]
fn a_changed_table_of_names_is_refused_or_another_table() {
    let bytes = Names::of(&machine("pauses")).bytes();
    for place in 0..bytes.len() {
        for byte in [bytes[place] ^ 1, bytes[place] ^ 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[place] = byte;
            match Names::read(&changed) {
                Ok(read) => assert_eq!(read.bytes(), changed, "{place}"),
                Err(Failure::Damaged(_)) => {}
                Err(other) => panic!("{other}"),
            }
        }
    }
}

/// Whatever a body may be read as: the chain does not take it.
#[test]
fn every_flipped_bit_of_a_stream_breaks_its_chain() {
    let made = all().into_iter().max_by_key(|it| it.decisions.len()).unwrap();
    let stream = StreamId([7; 16]);
    let names = store::chain::hash(&made.dictionary.names().bytes());
    let origin = Origin {
        tenant: "shop",
        stream,
        kind: StreamKind::Case,
        stop: None,
        on: None,
        ticket: None,
        protocol: Hash([1; 32]),
        names,
    };
    let mut hash = genesis(&origin);
    let mut decided = Vec::new();
    for ((_, decision), version) in made.decisions.iter().take(12).zip(1u32..) {
        let body = encode(&made.dictionary, None, &made.strings, decision).unwrap();
        hash = link(hash, version, &body);
        let page = (Writer(1), u64::from(version));
        decided.push(Decided { stream, version, page, place: 0, body, hash });
    }
    assert_eq!(check(&origin, &decided), Ok(hash));
    for number in 0..decided.len() {
        for bit in 0..decided[number].body.len() * 8 {
            decided[number].body[bit / 8] ^= 1 << (bit % 8);
            assert!(matches!(check(&origin, &decided), Err(Failure::Damaged(_))), "{number} {bit}");
            decided[number].body[bit / 8] ^= 1 << (bit % 8);
        }
    }
}
