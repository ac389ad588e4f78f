//! The text of a certificate: one for each, and no other is read.

use engine::time::NaiveDate;
use proptest::prelude::*;

use crate::bases::Window;
use crate::certificate::{Certificate, Misread, Proof, Situation, Way, read, write};
use crate::zone::UNBOUNDED;

fn certificate() -> Certificate {
    let date = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    let begin = Situation { way: None, instants: vec![Vec::new()] };
    let way = Way { from: 0, instants: 0, step: 3, leads: 1 };
    let next = Situation { way: Some(way), instants: vec![vec![0, 7, -5, UNBOUNDED], vec![12]] };
    let proof = |id: &str, situations| Proof { guarantee: id.to_owned(), situations };
    Certificate {
        engine: "0.1.0".to_owned(),
        protocol: "shop".to_owned(),
        folder: "ab".repeat(32),
        window: Window { from: date(2025), to: date(2028) },
        proofs: vec![proof("first", vec![begin, next]), proof("second", Vec::new())],
    }
}

const TEXT: &str = "\
redress-certificate 1
engine 0.1.0
protocol shop
folder abababababababababababababababababababababababababababababababab
cases 2025-01-01 2028-01-01
proof first
begin
|
from 0 0 3 1
| 0 7 -5 *
| 12
proof second
end
";

#[test]
fn it_is_written_as_it_is_read() {
    assert_eq!(write(&certificate()), TEXT);
    assert_eq!(read(TEXT), Ok(certificate()));
}

#[track_caller]
fn check(from: &str, to: &str, misread: Misread) {
    let text = TEXT.replacen(from, to, 1);
    assert_ne!(text, TEXT);
    assert_eq!(read(&text), Err(misread));
}

#[test]
fn what_is_not_written_so_is_not_read() {
    check("redress", "regress", Misread::NotOne);
    check("certificate 1", "certificate 2", Misread::Version("2".to_owned()));
    let long = "9".repeat(10_000);
    check("certificate 1", &format!("certificate {long}"), Misread::Version("9".repeat(20)));
    check("engine", "motor", Misread::Line(2));
    check("2028-01-01", "2028-1-1", Misread::Line(5));
    check("2028-01-01", "2028-01-01 2029-01-01", Misread::Line(5));
    check("proof first\n", "", Misread::Line(6));
    check("begin", "|", Misread::Line(7));
    check("from 0", "from 1", Misread::Line(9));
    check("from 0 0", "from 0  0", Misread::Line(9));
    check("from 0 0", "from 00 0", Misread::Line(9));
    check("from 0 0 3 1", "from 0 0 3", Misread::Line(9));
    check("from 0 0 3 1", "from 0 0 3 99999999999999999999999", Misread::Line(9));
    check("| 0 7", "|0 7", Misread::Line(10));
    check("| 0 7", "| +0 7", Misread::Line(10));
    check("| 0 7", "| 268435456 7", Misread::Line(10));
    check("| 0 7", "| -268435457 7", Misread::Line(10));
    check("second", "first", Misread::Line(12));
    check("end\n", "end\n\n", Misread::Line(14));
    check("end\n", "end", Misread::CutOff);
}

#[test]
fn no_part_of_one_is_one() {
    for end in 0..TEXT.len() {
        assert!(read(TEXT.get(..end).unwrap()).is_err(), "{end}");
    }
}

proptest! {
    #[test]
    fn anything_else_is_refused(text in "\\PC*", at in 0..TEXT.len()) {
        prop_assert!(read(&text).is_err());
        let (before, after) = TEXT.split_at(at);
        let mixed = format!("{before}{text}{after}");
        if let Ok(read) = read(&mixed) {
            prop_assert_eq!(write(&read), mixed);
        }
    }
}
