use crate::time::holiday::dates_of_year;
use crate::time::holiday::places_by_year;
use crate::time::tests::date;
use crate::time::tests::holiday;
use crate::time::*;
use proptest::prelude::*;

fn set(holidays: Vec<Holiday>) -> HolidaySet {
    HolidaySet {
        id: "test".to_owned(),
        title: "Test".to_owned(),
        source: "a test".to_owned(),
        valid_from: None,
        valid_to: None,
        enumerated: false,
        holidays,
    }
}

fn dates(set: &HolidaySet, year: i32) -> String {
    let places = places_by_year(set, year..=year).remove(&year).unwrap_or_default();
    let found = dates_of_year(set, &places, year).into_iter().map(|(date, _)| date.to_string());
    found.collect::<Vec<_>>().join(" ")
}

/// The date of a rule in 2026, or the fault.
#[track_caller]
fn check(on: &str, expected: &str) {
    let shown = match parse_on(on) {
        Ok(on) => dates(&set(vec![holiday("x", on)]), 2026),
        Err(fault) => fault,
    };
    assert_eq!(shown, expected);
}

#[test]
fn days_of_the_year_are_found() {
    check("1 january", "2026-01-01");
    check("25 December", "2026-12-25");
    check("first monday of may", "2026-05-04");
    check("third thursday of november", "2026-11-19");
    check("fourth thursday of november", "2026-11-26");
    check("last monday of august", "2026-08-31");
    check("last saturday of february", "2026-02-28");
    check("first saturday from 20 june", "2026-06-20");
    check("first friday from 20 june", "2026-06-26");
    check("first sunday from 28 december", "2027-01-03");
    check("easter", "2026-04-05");
    check("easter - 2 days", "2026-04-03");
    check("easter + 1 day", "2026-04-06");
    check("easter + 39 days", "2026-05-14");
    check("29 february", "");
}

#[test]
fn what_names_no_day_is_refused_in_the_words_written() {
    check("31 june", "June has no day 31");
    check("0 may", "May has no day 0");
    check("1 jnuary", "`jnuary` is no month; did you mean `january`?");
    check(
        "fifth monday of may",
        "`fifth` is no place in a month; known: `first`, `second`, `third`, `fourth`, `last`",
    );
    check("first mnday of may", "`mnday` is no weekday; did you mean `monday`?");
    check("easter - 500 days", "`500` is no number of days from Easter (at most 180)");
    let forms = "write `1 january`, `first monday of may`, `first saturday from 20 june`, \
                 `easter - 2 days`, or a date without quotes";
    check("2026-12-24", &format!("`2026-12-24` names no day of the year; {forms}"));
    check("", &format!("`` names no day of the year; {forms}"));
}

#[test]
fn easter_falls_where_the_church_says() {
    let known = [
        (1583, "1583-04-10"),
        (1818, "1818-03-22"),
        (1943, "1943-04-25"),
        (1954, "1954-04-18"),
        (1981, "1981-04-19"),
        (2000, "2000-04-23"),
        (2008, "2008-03-23"),
        (2019, "2019-04-21"),
        (2024, "2024-03-31"),
        (2025, "2025-04-20"),
        (2026, "2026-04-05"),
        (2027, "2027-03-28"),
        (2038, "2038-04-25"),
        (2049, "2049-04-18"),
        (2076, "2076-04-19"),
    ];
    for (year, expected) in known {
        assert_eq!(easter(year), Some(date(expected)));
    }
    assert_eq!(easter(1582), None);
}

#[test]
fn a_weekend_holiday_is_kept_as_its_country_keeps_it() {
    let kept = |observed, on: &str, year| {
        let on = parse_on(on).unwrap();
        dates(&set(vec![Holiday { observed, ..holiday("x", on) }]), year)
    };
    // 4 July 2026 is a Saturday, 2027 a Sunday; 1 January 2022 a Saturday.
    assert_eq!(kept(Observed::NearestWeekday, "4 july", 2026), "2026-07-03");
    assert_eq!(kept(Observed::NearestWeekday, "4 july", 2027), "2027-07-05");
    assert_eq!(kept(Observed::NearestWeekday, "1 january", 2022), "2021-12-31");
    let also = Observed::AlsoNearestWeekday;
    assert_eq!(kept(also, "4 july", 2026), "2026-07-04 2026-07-03");
    assert_eq!(kept(also, "4 july", 2027), "2027-07-04 2027-07-05");
    assert_eq!(kept(also, "4 july", 2028), "2028-07-04");
    assert_eq!(kept(also, "1 january", 2022), "2022-01-01 2021-12-31");
    assert_eq!(kept(Observed::MondayIfSunday, "4 july", 2026), "2026-07-04");
    assert_eq!(kept(Observed::MondayIfSunday, "4 july", 2027), "2027-07-05");
    assert_eq!(kept(Observed::DayBeforeIfSunday, "4 july", 2027), "2027-07-03");
    assert_eq!(kept(Observed::NextFreeWeekday, "4 july", 2026), "2026-07-06");
    assert_eq!(kept(Observed::AsIs, "4 july", 2027), "2027-07-04");
}

#[test]
fn two_moved_holidays_keep_their_order_and_leave_the_others_alone() {
    let moved =
        |on| Holiday { observed: Observed::NextFreeWeekday, ..holiday("x", parse_on(on).unwrap()) };
    let christmas = set(vec![moved("25 december"), moved("26 december")]);
    assert_eq!(dates(&christmas, 2021), "2021-12-27 2021-12-28");
    assert_eq!(dates(&christmas, 2022), "2022-12-27 2022-12-26");
    assert_eq!(dates(&christmas, 2026), "2026-12-25 2026-12-28");
}

#[test]
fn a_holiday_is_kept_only_in_its_years() {
    let base = holiday("x", parse_on("5 may").unwrap());
    let years = |rule: Holiday| -> Vec<i32> {
        let set = set(vec![rule]);
        (1998..=2012).filter(|year| !dates(&set, *year).is_empty()).collect()
    };
    let every = Some((5, 2000));
    assert_eq!(years(Holiday { every, ..base.clone() }), [2000, 2005, 2010]);
    assert_eq!(years(Holiday { from: Some(2011), ..base.clone() }), [2011, 2012]);
    assert_eq!(years(Holiday { to: Some(1999), ..base.clone() }), [1998, 1999]);
    let except = (1998..=2011).collect();
    assert_eq!(years(Holiday { except, ..base.clone() }), [2012]);
    assert_eq!(years(Holiday { every: Some((0, 2000)), ..base }), [0_i32; 0]);
}

#[test]
fn the_words_for_weekends_are_known() {
    assert_eq!(parse_observed("next free weekday"), Some(Observed::NextFreeWeekday));
    assert_eq!(parse_observed("nearest weekday"), Some(Observed::NearestWeekday));
    assert_eq!(parse_observed("also nearest weekday"), Some(Observed::AlsoNearestWeekday));
    assert_eq!(parse_observed("day before if sunday"), Some(Observed::DayBeforeIfSunday));
    assert_eq!(parse_observed("monday if sunday"), Some(Observed::MondayIfSunday));
    assert_eq!(parse_observed("next weekday"), None);
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,30}|(first|last) [a-z]{0,6} (of|from) [0-9]{0,9} ?[a-zé]{0,4}|easter [+-] [0-9]{0,12} days") {
        if let Err(fault) = parse_on(&text) {
            prop_assert!(!fault.is_empty());
        }
    }

    #[test]
    fn easter_is_a_sunday_from_22_march_to_25_april(year in 1583_i32..=9999) {
        let easter = easter(year).unwrap();
        prop_assert_eq!(easter.format("%a").to_string(), "Sun");
        let day = easter.format("%m-%d").to_string();
        prop_assert!(("03-22"..="04-25").contains(&day.as_str()));
    }
}
