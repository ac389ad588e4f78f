use crate::time::*;
use proptest::prelude::*;

fn file(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{events}END:VCALENDAR\r\n")
}

fn event(lines: &str) -> String {
    let lines: String = lines.split(' ').map(|line| format!("{line}\r\n")).collect();
    file(&format!("BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Fair\r\n{lines}END:VEVENT\r\n"))
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let shown = match read_ics(text) {
        Err(fault) => fault.to_string(),
        Ok(holidays) => {
            let each = holidays.iter().map(|it| {
                format!("{} {:?} {:?} {:?} {:?}", it.name, it.on, it.from, it.to, it.every)
            });
            each.collect::<Vec<_>>().join("; ")
        }
    };
    assert_eq!(shown, expected);
}

#[test]
fn all_day_events_become_dates() {
    check(&event("DTSTART;VALUE=DATE:20260501"), "Fair Date(2026-05-01) None None None");
    check(
        &event("DTSTART;VALUE=DATE:20260501 DTEND;VALUE=DATE:20260503"),
        "Fair Date(2026-05-01) None None None; Fair Date(2026-05-02) None None None",
    );
    check(&event("DTSTART;VALUE=DATE:20260501 STATUS:CANCELLED"), "");
}

#[test]
fn yearly_events_become_rules() {
    check(
        &event("DTSTART;VALUE=DATE:20200501 RRULE:FREQ=YEARLY"),
        "Fair Yearly { month: 5, day: 1 } Some(2020) None None",
    );
    check(
        &event("DTSTART;VALUE=DATE:20200501 RRULE:FREQ=YEARLY;INTERVAL=2;UNTIL=20260430"),
        "Fair Yearly { month: 5, day: 1 } Some(2020) Some(2025) Some((2, 2020))",
    );
    check(
        &event(
            "DTSTART;VALUE=DATE:20201231 DTEND;VALUE=DATE:20210102 RRULE:FREQ=YEARLY;UNTIL=20231231",
        ),
        "Fair Yearly { month: 12, day: 31 } Some(2020) Some(2023) None; \
         Fair Yearly { month: 1, day: 1 } Some(2021) Some(2024) None",
    );
}

#[test]
fn folded_lines_are_joined() {
    let text = file(
        "BEGIN:VEVENT\r\nSUMMARY:Long \r\n name\r\nDTSTART;VALUE=DATE:20260501\r\nEND:VEVENT\r\n",
    );
    check(&text, "Long name Date(2026-05-01) None None None");
}

#[test]
fn everything_else_is_a_fault_that_names_the_event() {
    let repeats = |rule: &str| {
        format!(
            "event `Fair` repeats by `{rule}`; only `FREQ=YEARLY` with `INTERVAL` and `UNTIL` is read"
        )
    };
    for rule in ["FREQ=MONTHLY", "FREQ=YEARLY;COUNT=3", "FREQ=YEARLY;BYMONTH=5", "INTERVAL=2"] {
        check(&event(&format!("DTSTART;VALUE=DATE:20260501 RRULE:{rule}")), &repeats(rule));
    }
    check(
        &event("DTSTART:20260501T090000Z"),
        "event `Fair` starts at a time of day; only all-day events close a day",
    );
    check(&event("DTSTAMP:20260501T090000Z"), "event `Fair` has no start date");
    check(
        &event("DTSTART;VALUE=DATE:20260501 DTEND;VALUE=DATE:20260501"),
        "event `Fair` does not last from 1 to 60 days",
    );
    check(
        &event("DTSTART;VALUE=DATE:20260501 EXDATE;VALUE=DATE:20270501"),
        "event `Fair` has `EXDATE`, which is not read",
    );
}

#[test]
fn files_that_are_none_are_refused() {
    check("", "this is not an iCalendar file");
    check("hello", "this is not an iCalendar file");
    check(&file(""), "the calendar file has no event");
    check(&"x".repeat(ICS_BYTES_MAX + 1), "the calendar file is larger than 1000000 bytes");
    let one = "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260501\r\nEND:VEVENT\r\n";
    check(&file(&one.repeat(ICS_EVENTS_MAX + 1)), "the calendar file has more than 2000 events");
    check(&"BEGIN:A\r\n".repeat(20_000), "this is not an iCalendar file");
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "(BEGIN:VCALENDAR\r\n)?(BEGIN:VEVENT\r\n)?(\\PC{0,12}\r\n|DT(START|END)(;VALUE=DATE)?:[0-9T]{0,9}\r\n|RRULE:[A-Z=;0-9]{0,30}\r\n|begin:x\r\n| \r\n){0,6}(END:VEVENT\r\n)?(END:VCALENDAR\r\n)?") {
        if let Err(fault) = read_ics(&text) {
            prop_assert!(!fault.to_string().is_empty());
        }
    }
}
