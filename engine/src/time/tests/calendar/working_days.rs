use crate::time::tests::date;
use crate::time::tests::holiday;
use crate::time::tests::plan;
use crate::time::tests::weekdays;
use crate::time::*;

fn windows(texts: &[&str]) -> Vec<Window> {
    texts.iter().map(|text| parse_window(text).unwrap()).collect()
}

/// Weekdays 09:00–17:00 with Good Friday, a half day and two Saturdays, one without hours.
fn office() -> CalendarPlan {
    let mut plan = plan("Europe/Amsterdam", weekdays(&["09:00-17:00"]));
    let half = |on: &str| Holiday {
        hours: Some(windows(&["09:00-12:00"])),
        ..holiday("Half day", parse_on(on).unwrap())
    };
    plan.closed = vec![
        holiday("Good Friday", parse_on("easter - 2 days").unwrap()),
        half("24 december"),
        half("25 december"),
        holiday("Christmas Day", parse_on("25 december").unwrap()),
        half("26 december"),
    ];
    let open = |on, hours: Option<&[&str]>| OpenDay {
        on: date(on),
        name: "Extra opening".to_owned(),
        hours: hours.map(windows),
    };
    plan.open = vec![
        open("2026-06-13", Some(&["10:00-14:00"])),
        open("2026-06-20", None),
        open("2027-03-26", None),
    ];
    plan
}

/// The windows of a date, else why it is closed.
#[track_caller]
fn check(day: &str, expected: &str) {
    let calendar = Calendar::build(office());
    let day = date(day);
    let open: Vec<String> = calendar.windows(day).iter().map(ToString::to_string).collect();
    let shown = match calendar.closed_why(day) {
        Some(why) => why.to_owned(),
        None => open.join(" "),
    };
    assert_eq!(shown, expected);
    assert_eq!(calendar.is_working_day(day), !open.is_empty());
}

#[test]
fn a_day_has_the_hours_of_its_weekday() {
    check("2026-06-01", "09:00-17:00");
    check("2026-06-06", "Saturday");
    check("2026-06-07", "Sunday");
}

#[test]
fn closures_and_half_days_change_it() {
    check("2026-04-03", "Good Friday");
    check("2025-12-24", "09:00-12:00");
    // A closure is stronger than a half day, and a half day opens no Saturday.
    check("2026-12-25", "Christmas Day");
    check("2026-12-26", "Saturday");
    check("2025-12-26", "09:00-12:00");
}

#[test]
fn an_extra_opening_is_stronger_than_everything() {
    check("2026-06-13", "10:00-14:00");
    check("2027-03-26", "09:00-17:00");
    // Without hours a weekday that has none stays closed.
    check("2026-06-20", "Extra opening");
}

#[test]
fn the_calendar_begins_in_1970_and_ends_in_2169() {
    check("1970-01-01", "09:00-17:00");
    check("1969-12-31", "Wednesday");
    check("2169-12-29", "09:00-17:00");
    check("2170-01-01", "Monday");
}

#[test]
fn a_holiday_observed_in_the_year_before_is_seen() {
    let mut plan = plan("America/New_York", weekdays(&["09:00-17:00"]));
    let on = parse_on("1 january").unwrap();
    let new_year = Holiday { observed: Observed::NearestWeekday, ..holiday("New Year", on) };
    plan.closed = vec![new_year];
    let calendar = Calendar::build(plan);
    assert_eq!(calendar.closed_why(date("2021-12-31")), Some("New Year"));
    assert!(calendar.is_working_day(date("2022-01-03")));
}

#[test]
fn windows_are_put_in_order_and_joined() {
    let mut plan = office();
    plan.week[0] = windows(&["13:00-17:00", "09:00-13:00", "16:00-18:00"]);
    let calendar = Calendar::build(plan);
    assert_eq!(calendar.windows(date("2026-06-01")), windows(&["09:00-18:00"]));
}

#[test]
fn only_lists_end() {
    let set = |enumerated, valid_to, on: &str| HolidaySet {
        id: "list".to_owned(),
        title: String::new(),
        source: String::new(),
        valid_from: None,
        valid_to,
        enumerated,
        holidays: vec![holiday("x", On::Date(date(on)))],
    };
    let until = |sets| {
        Calendar::build(CalendarPlan { sets, ..office() }).valid_until().map(|day| day.to_string())
    };
    assert_eq!(until(vec![set(false, Some(date("2027-12-31")), "2026-05-01")]), None);
    assert_eq!(until(vec![set(true, None, "2026-05-01")]).as_deref(), Some("2026-12-31"));
    let two =
        vec![set(true, None, "2030-05-01"), set(true, Some(date("2027-06-30")), "2026-05-01")];
    assert_eq!(until(two).as_deref(), Some("2027-06-30"));
}

#[test]
fn the_description_changes_with_everything_that_moves_a_date() {
    let base = Calendar::build(office()).describe();
    assert_eq!(base, Calendar::build(office()).describe());
    assert!(base.contains(&format!("zone Europe/Amsterdam {}", zone_data_version())));
    let changes: [fn(&mut CalendarPlan); 6] = [
        |plan| plan.zone = Zone::find("Europe/London").unwrap(),
        |plan| plan.week[4] = windows(&["09:00-15:00"]),
        |plan| plan.closed[0].on = On::Easter { days: -3 },
        |plan| plan.closed[0].except = vec![2026],
        |plan| plan.closed[1].hours = None,
        |plan| plan.open[0].hours = None,
    ];
    for change in changes {
        let mut plan = office();
        change(&mut plan);
        assert_ne!(base, Calendar::build(plan).describe());
    }
}
