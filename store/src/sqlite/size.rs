//! How much room a case takes.

use crate::place_tests::{Desk, at, case, change, duty, hash};
use crate::sqlite::Sqlite;
use crate::test_folder::Folder;
use std::fs;

/// Cases, and the events of each until it is closed.
const CASES: u32 = 1_000;
const EVENTS: u32 = 14;
/// Bytes of report and facts of an event.
const BODY: usize = 250;
/// Bytes of the file for each event, indexes and pages of the journal included.
const EVENT_BYTES_MAX: u64 = 1_000;
/// Bytes of the file for a closed case.
const CASE_BYTES_MAX: u64 = 12_000;

#[test]
fn a_closed_case_takes_less_than_twelve_kilobytes() {
    let folder = Folder::new("sqlite-size", &[]);
    let path = folder.0.join("cases.sqlite");
    let place = Sqlite::open(&path).unwrap();
    let mut desk = Desk::new(&place, "one");
    let empty = {
        place.forget_log().unwrap();
        fs::metadata(&path).unwrap().len()
    };
    // Cases grow side by side, and ids come in no order, which is the worst that can be.
    for version in 1..=EVENTS {
        for first in (0..CASES).step_by(16) {
            let numbers = (first..CASES.min(first + 16)).map(|number| number * 7_919 % CASES);
            desk.write(numbers.map(|number| {
                let mut standing = case(number + 1, version);
                standing.complainant = Some(format!("person-{number:012}"));
                standing.stage = ["received", "investigating"][version as usize % 2].to_owned();
                standing.closed = version == EVENTS;
                standing.acts_at = (version < EVENTS).then(|| at(i64::from(number * version)));
                let due = Some(i64::from(number * version % 1_009));
                let owed = vec![
                    duty("final-response", 1, "handler", Some(i64::from(number))),
                    duty("acknowledgement", 1, "complaints-officer", due),
                ];
                let mut change = change(standing, if version < EVENTS { owed } else { vec![] });
                change.decided.body = hash(number * EVENTS + version).0.repeat(8)[..BODY].to_vec();
                change
            }));
        }
    }
    place.forget_log().unwrap();
    let bytes = fs::metadata(&path).unwrap().len() - empty;
    let (event, case) = (bytes / u64::from(CASES * EVENTS), bytes / u64::from(CASES));
    #[expect(clippy::print_stdout, reason = "the figure that is measured")]
    {
        println!("{event} bytes an event of {BODY}, {case} bytes a closed case of {EVENTS} events");
    }
    assert!(event < EVENT_BYTES_MAX, "{event} bytes an event");
    assert!(case < CASE_BYTES_MAX, "{case} bytes a closed case");
}
