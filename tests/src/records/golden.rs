//! The bytes are what they were, and a reader that knows nothing but `docs/RECORDS.md` finds in
//! them what was decided. `UPDATE=1` writes the files again; a difference means that a version has
//! to be raised.

use std::fmt::Write as _;
use std::fs;

use engine::runtime::record;
use store::record::encode;

use super::body::body;
use super::made::{Made, of_every_kind, of_folder};
use super::reader::{Reader, table};

#[track_caller]
fn check(name: &str, found: &str) {
    let path = format!("suite/records/{name}");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let first = found.lines().zip(expected.lines()).position(|(one, other)| one != other);
    assert!(found == expected, "{path} differs from line {first:?} on: is a version to be raised?");
}

fn ladder() -> Made {
    of_every_kind().into_iter().find(|it| it.name.contains("ladder")).unwrap()
}

#[test]
fn the_bytes_of_a_table_of_names_are_what_they_were() {
    let bytes = ladder().dictionary.names().bytes();
    let mut reader = Reader::new(&bytes);
    table(&mut reader);
    assert!(reader.is_done());
    check("names.txt", &reader.dump());
}

#[test]
fn the_bytes_of_decisions_are_what_they_were() {
    let made = ladder();
    let names = made.dictionary.names().bytes();
    let names = table(&mut Reader::new(&names));
    let mut found = String::new();
    for ((stop, decision), number) in made.decisions.iter().zip(1..) {
        let stop = stop.as_deref();
        let bytes = encode(&made.dictionary, stop, &made.strings, decision).unwrap();
        let mut reader = Reader::new(&bytes);
        body(&mut reader, &names, stop);
        let n_bytes = bytes.len();
        writeln!(found, "decision {number}, {n_bytes} bytes\n{}", reader.dump()).unwrap();
    }
    check("decisions.txt", &found);
}

/// Body and table are enough for the form of `docs/CANONICAL.md`.
#[test]
fn a_reader_without_the_engine_finds_every_fact() {
    let mut n_facts = 0;
    let below = ["small-business", "nl-awb"].map(|it| format!("../protocols/{it}"));
    let of_folders = below.iter().flat_map(|it| of_folder(it.as_ref()));
    for made in of_every_kind().into_iter().chain(of_folders).chain([super::round::odd()]) {
        let names = made.dictionary.names().bytes();
        let names = table(&mut Reader::new(&names));
        for (stop, decision) in &made.decisions {
            let stop = stop.as_deref();
            let bytes = encode(&made.dictionary, stop, &made.strings, decision).unwrap();
            let mut reader = Reader::new(&bytes);
            let found = body(&mut reader, &names, stop);
            assert!(reader.is_done(), "{}: {}", made.name, reader.dump());
            assert_eq!(found.len(), decision.facts.len());
            let own = stop.and_then(|it| made.machine.protocol.stop(it));
            let own = own.map_or(made.machine.as_ref(), |it| made.machine.stop(it).unwrap());
            for (found, fact) in found.iter().zip(&decision.facts) {
                let told = record(own, &made.strings, fact).bytes();
                assert_eq!(*found, String::from_utf8(told).unwrap(), "{}", made.name);
                n_facts += 1;
            }
        }
    }
    assert!(n_facts > 5_000, "{n_facts}");
}
