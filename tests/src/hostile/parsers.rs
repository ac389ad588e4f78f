//! The small languages in texts: terms, windows, days and iCalendar files.

use std::time::{Duration, Instant};

use engine::time::{parse_allowance, parse_observed, parse_on, parse_term, parse_window, read_ics};

/// One text may take this long in every parser together, though the machine be busy.
const WAIT_MAX: Duration = Duration::from_secs(2);

const GOOD: [&str; 10] = [
    "10 working days",
    "max(10 working days, 2 weeks)",
    "promptly",
    "09:00-17:00",
    "22:00-06:00",
    "easter - 2 days",
    "first monday of may",
    "25 december",
    "first saturday from 20 june",
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Fair\r\n\
     DTSTART;VALUE=DATE:20260504\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
];

/// How many parsers take it.
#[track_caller]
fn taken(text: &str) -> usize {
    let begin = Instant::now();
    let answers = [
        parse_term(text).is_ok(),
        parse_allowance(text).is_ok(),
        parse_window(text).is_ok(),
        parse_on(text).is_ok(),
        parse_observed(text).is_some(),
        read_ics(text).is_ok_and(|it| !it.is_empty()),
    ];
    let start: String = text.chars().take(60).collect();
    assert!(begin.elapsed() < WAIT_MAX, "{start:?}: {:?}", begin.elapsed());
    answers.into_iter().filter(|it| *it).count()
}

#[track_caller]
fn check_refused(text: &str) {
    let start: String = text.chars().take(60).collect();
    assert_eq!(taken(text), 0, "{start:?} is taken");
}

#[test]
fn what_is_well_written_is_taken() {
    for text in GOOD {
        assert!(taken(text) > 0, "{text}");
    }
}

#[test]
fn what_breaks_off_or_is_spoiled_never_panics() {
    for text in GOOD {
        for (at, _) in text.char_indices() {
            let (before, after) = text.split_at(at);
            for spoiled in ["", "\u{0}", "é", "٣", "\u{202e}", "-", "99999999999999999999", "("] {
                taken(&format!("{before}{spoiled}"));
                taken(&format!("{before}{spoiled}{after}"));
            }
        }
    }
}

#[test]
fn what_is_long_is_refused() {
    for part in ["(", "max(", "1 day, ", "9", "working ", " ", "-", ":", "\r\n", "\u{0}", "é"] {
        check_refused(&part.repeat(900_000 / part.len()));
    }
    check_refused(&format!("max({}1 day)", "1 day, ".repeat(100_000)));
    check_refused(&format!("{}1 day{}", "max(".repeat(50_000), ")".repeat(50_000)));
    check_refused(&format!("easter + {} days", "9".repeat(500_000)));
    check_refused(&format!("{}:00-17:00", "0".repeat(500_000)));
    check_refused(&GOOD[9].repeat(6_000));
}

#[test]
fn other_numerals_and_letters_are_refused() {
    for text in
        ["١٠ working days", "10 wоrking days", "０９:00-17:00", "10\u{a0}working\u{200b}days"]
    {
        check_refused(text);
    }
    for text in ["0 days", "-1 days", "1.5 days", "4294967296 days", "24:00-25:00", "31 february"] {
        check_refused(text);
    }
}
