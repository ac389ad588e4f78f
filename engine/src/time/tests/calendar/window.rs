use crate::time::tests::weekdays;
use crate::time::*;
use proptest::prelude::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    let shown = match parse_window(text) {
        Ok(window) => format!("{} to {}", window.open_minute, window.close_minute),
        Err(fault) => format!("{fault}; {}", fault.help()),
    };
    assert_eq!(shown, expected);
}

#[test]
fn windows_are_read_over_midnight_too() {
    check("09:00-17:00", "540 to 1020");
    check("9:00 - 17:00", "540 to 1020");
    check("00:00-24:00", "0 to 1440");
    check("22:00-06:00", "1320 to 1800");
    check("18:00-06:00", "1080 to 1800");
    assert_eq!(parse_window("22:00-06:00").unwrap().to_string(), "22:00-06:00");
    assert_eq!(parse_window("16:00-24:00").unwrap().to_string(), "16:00-24:00");
}

#[test]
fn windows_that_mean_something_else_are_refused() {
    check(
        "00:00-23:59",
        "a window that ends at 23:59 loses the last minute of the day; write `00:00-24:00`",
    );
    check("09:00-00:00", "a window cannot end at 00:00; write `09:00-24:00`");
    let empty = "leave the day out if it is closed; all day is `00:00-24:00`";
    check("09:00-09:00", &format!("window `09:00-09:00` closes when it opens; {empty}"));
    check("00:00-00:00", &format!("window `00:00-00:00` closes when it opens; {empty}"));
    let two = "a window over midnight lasts at most 12 hours, a longer one is two: \
               `17:00-24:00`, and `00:00-09:00` on the next day";
    check(
        "17:00-09:00",
        &format!("window `17:00-09:00` closes before it opens; write `09:00-17:00`; {two}"),
    );
}

#[test]
fn what_is_no_window_is_refused() {
    let example = "write two times of day, such as `09:00-17:00`";
    for text in
        ["", "9-17", "09:00", "24:00-09:00", "09:00-24:01", "09:60-17:00", "a:b-c:d", "09:0-17:00"]
    {
        check(text, &format!("`{text}` is not a window; {example}"));
    }
}

#[test]
fn windows_that_share_a_minute_are_found_in_any_order() {
    let windows = |texts: &[&str]| -> Vec<Window> {
        texts.iter().map(|text| parse_window(text).unwrap()).collect()
    };
    let shown = |found: Option<(Window, Window)>| found.map(|(a, b)| format!("{a} {b}"));
    assert_eq!(overlap(&windows(&["13:00-17:00", "09:00-13:00"])), None);
    let found = overlap(&windows(&["13:00-17:00", "09:00-13:01"]));
    assert_eq!(shown(found).as_deref(), Some("09:00-13:01 13:00-17:00"));
}

#[test]
fn a_night_that_runs_into_the_next_morning_is_found() {
    let mut week = weekdays(&["08:00-12:00"]);
    assert_eq!(week_overlap(&week), None);
    week[6] = vec![parse_window("22:00-08:00").unwrap()];
    assert_eq!(week_overlap(&week), None);
    week[6] = vec![parse_window("22:00-08:30").unwrap()];
    let (weekday, late, early) = week_overlap(&week).unwrap();
    assert_eq!(format!("{weekday} {late} {early}"), "Sun 22:00-08:30 08:00-12:00");
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,20}|[0-9:]{0,6}[-–]?[0-9:]{0,6}") {
        if let Ok(window) = parse_window(&text) {
            prop_assert!(window.open_minute < window.close_minute);
            prop_assert!(window.open_minute < 1_440 && window.close_minute <= 2_160);
        }
    }
}
