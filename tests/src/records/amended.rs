//! Amendments of calendars, read by a reader that knows nothing but `docs/RECORDS.md`.

use std::fmt::Write as _;
use std::fs;

use engine::text::sha256;
use engine::time::Instant;
use store::amendments::{Amended, link, origin};

/// The entries of an amendment: names, and values where there are any.
fn entries(body: &[u8]) -> Vec<(String, Option<String>)> {
    let mut rest = body.strip_prefix(b"redress-amendment 1\n").unwrap();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let space = rest.iter().position(|it| *it == b' ').unwrap();
        let name = String::from_utf8(rest[..space].to_vec()).unwrap();
        rest = &rest[space + 1..];
        if let Some(after) = rest.strip_prefix(b"-\n") {
            found.push((name, None));
            rest = after;
            continue;
        }
        let colon = rest.iter().position(|it| *it == b':').unwrap();
        let length: usize = std::str::from_utf8(&rest[..colon]).unwrap().parse().unwrap();
        let end = colon + 1 + length;
        found.push((name, Some(String::from_utf8(rest[colon + 1..end].to_vec()).unwrap())));
        assert_eq!(rest[end], b'\n');
        rest = &rest[end + 1..];
    }
    found
}

fn made() -> Vec<Amended> {
    let first = Amended {
        recorded_at: Instant::from_ms(1_772_532_000_000),
        calendar: "england-and-wales".to_owned(),
        closed: vec!["2026-03-04".parse().unwrap(), "2026-03-05".parse().unwrap()],
        open: Vec::new(),
        reason: "Day of mourning".to_owned(),
        source: "Proclamation of 3 March 2026".to_owned(),
        by: "admin".to_owned(),
        person: None,
    };
    let second = Amended {
        calendar: "shop/office".to_owned(),
        closed: Vec::new(),
        open: vec!["2026-03-05".parse().unwrap()],
        reason: "Änderung".to_owned(),
        by: "head".to_owned(),
        person: Some("head-1".to_owned()),
        ..first.clone()
    };
    vec![first, second]
}

/// As the page says it: over the byte 3, the hash before, the number in 4 bytes, the body.
fn hashed(before: &str, number: u32, body: &[u8]) -> String {
    let byte = |at: usize| u8::from_str_radix(before.get(at * 2..at * 2 + 2).unwrap(), 16).unwrap();
    let mut bytes = vec![3];
    bytes.extend((0..32).map(byte));
    bytes.extend(number.to_be_bytes());
    bytes.extend(body);
    sha256(&bytes).to_string()
}

#[test]
fn the_bytes_of_amendments_are_what_they_were_and_another_reader_finds_them() {
    let mut found = String::new();
    let mut hash = sha256(b"redress-amendments 1\ntenant 4:shop\n").to_string();
    assert_eq!(hash, origin("shop").to_string());
    let mut ours = origin("shop");
    for (amended, number) in made().into_iter().zip(1u32..) {
        let body = amended.bytes();
        hash = hashed(&hash, number, &body);
        ours = link(ours, number, &body);
        assert_eq!(hash, ours.to_string());
        assert_eq!(Amended::read(&body), Ok(amended.clone()));
        let entries = entries(&body);
        let all = |name: &str| {
            let of_name = entries.iter().filter(move |(it, _)| it == name);
            of_name.map(|(_, value)| value.clone()).collect::<Vec<_>>()
        };
        let dates = |of: &[engine::time::NaiveDate]| {
            of.iter().map(|it| Some(it.to_string())).collect::<Vec<_>>()
        };
        assert_eq!(all("closed"), dates(&amended.closed));
        assert_eq!(all("open"), dates(&amended.open));
        assert_eq!(all("calendar"), [Some(amended.calendar)]);
        assert_eq!(all("person"), [amended.person]);
        assert_eq!(all("recorded-ms"), [Some(amended.recorded_at.ms().to_string())]);
        let body = String::from_utf8(body).unwrap();
        writeln!(found, "amendment {number}\n{body}hash {hash}\n").unwrap();
    }
    let path = "suite/records/amendments.txt";
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, &found).unwrap();
    }
    assert_eq!(found, fs::read_to_string(path).unwrap_or_default(), "is a version to be raised?");
}
