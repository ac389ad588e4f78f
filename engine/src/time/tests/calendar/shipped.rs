//! The calendars that ship with the program, read here only as far as their dates go.

use crate::time::tests::*;
use crate::time::*;

const ENGLAND_AND_WALES: &str =
    include_str!("../../../../../protocols/calendars/england-and-wales.toml");
const NL: &str = include_str!("../../../../../protocols/calendars/nl.toml");
const NL_AWT: &str = include_str!("../../../../../protocols/calendars/nl-awt.toml");
const FR: &str = include_str!("../../../../../protocols/calendars/fr.toml");
const EU: &str = include_str!("../../../../../protocols/calendars/eu.toml");

fn naive(value: &toml::Value) -> NaiveDate {
    date(&value.as_datetime().unwrap().to_string())
}

fn year(table: &toml::Table, key: &str) -> Option<i32> {
    table.get(key).map(|year| i32::try_from(year.as_integer().unwrap()).unwrap())
}

fn read_holiday(table: &toml::Table) -> Holiday {
    let known = ["name", "on", "observed", "from", "to", "every", "except", "source", "unverified"];
    for key in table.keys() {
        assert!(known.contains(&key.as_str()), "{key}");
    }
    let on = match &table["on"] {
        toml::Value::String(text) => parse_on(text).unwrap(),
        day => On::Date(naive(day)),
    };
    let every = table.get("every").map(|every| every.as_table().unwrap());
    let except = table.get("except").map(|years| years.as_array().unwrap().clone());
    Holiday {
        observed: table
            .get("observed")
            .map_or(Observed::AsIs, |text| parse_observed(text.as_str().unwrap()).unwrap()),
        from: year(table, "from"),
        to: year(table, "to"),
        every: every.map(|it| (year(it, "years").unwrap(), year(it, "from").unwrap())),
        except: except
            .unwrap_or_default()
            .iter()
            .map(|year| i32::try_from(year.as_integer().unwrap()).unwrap())
            .collect(),
        unverified: table.get("unverified").is_some_and(|it| it.as_bool().unwrap()),
        ..holiday(table["name"].as_str().unwrap(), on)
    }
}

fn read(text: &str) -> HolidaySet {
    let table: toml::Table = text.parse().unwrap();
    let text = |key: &str| table[key].as_str().unwrap().to_owned();
    let valid = table["valid"].as_table().unwrap();
    HolidaySet {
        id: text("id"),
        title: text("title"),
        source: text("source"),
        valid_from: valid.get("from").map(naive),
        valid_to: valid.get("to").map(naive),
        enumerated: false,
        holidays: table["holiday"]
            .as_array()
            .unwrap()
            .iter()
            .map(|holiday| read_holiday(holiday.as_table().unwrap()))
            .collect(),
    }
}

/// All days of a year that a set closes in an organisation that is open every day.
fn closed(set: &HolidaySet, year: i32) -> Vec<String> {
    let mut plan = plan("Europe/London", daily(&["09:00-17:00"]));
    plan.sets = vec![set.clone()];
    let calendar = Calendar::build(plan);
    let days = NaiveDate::from_yo_opt(year, 1).unwrap().iter_days().take(366);
    days.filter(|day| !calendar.is_working_day(*day))
        .map(|day| day.to_string())
        .filter(|day| day.starts_with(&year.to_string()))
        .map(|day| day.split_once('-').unwrap().1.to_owned())
        .collect()
}

#[track_caller]
fn check(text: &str, year: i32, expected: &str) {
    assert_eq!(closed(&read(text), year).join(" "), expected);
}

#[test]
fn england_and_wales_is_closed_on_its_eight_days_and_on_days_kept_instead() {
    let check = |year, expected| check(ENGLAND_AND_WALES, year, expected);
    check(2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28");
    check(2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26");
    check(2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26");
    check(2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28");
    check(2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28");
    check(2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26");
    check(1978, "01-02 03-24 03-27 05-01 05-29 08-28 12-25 12-26");
    check(1977, "");
}

#[test]
fn england_and_wales_keeps_the_days_of_proclamations() {
    let check = |year, expected| check(ENGLAND_AND_WALES, year, expected);
    check(1981, "01-01 04-17 04-20 05-04 05-25 07-29 08-31 12-25 12-28");
    check(1995, "01-02 04-14 04-17 05-08 05-29 08-28 12-25 12-26");
    check(1999, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28 12-31");
    check(2002, "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26");
    check(2011, "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27");
    check(2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26");
    check(2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28");
    check(2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27");
    check(2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26");
}

#[test]
fn the_dutch_act_counts_good_friday_and_every_fifth_of_may() {
    check(NL_AWT, 2026, "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25 12-26");
    // 27 April 2025 and 30 April 2006 are Sundays.
    check(NL_AWT, 2025, "01-01 04-18 04-21 04-26 05-05 05-29 06-09 12-25 12-26");
    check(NL_AWT, 2006, "01-01 04-14 04-17 04-29 05-05 05-25 06-05 12-25 12-26");
    check(NL_AWT, 2013, "01-01 03-29 04-01 04-30 05-05 05-09 05-20 12-25 12-26");
}

#[test]
fn dutch_custom_leaves_out_good_friday_and_most_fifths_of_may() {
    check(NL, 2026, "01-01 04-05 04-06 04-27 05-14 05-24 05-25 12-25 12-26");
    check(NL, 2025, "01-01 04-20 04-21 04-26 05-05 05-29 06-08 06-09 12-25 12-26");
}

#[test]
fn the_institutions_of_the_union_close_as_in_their_list_of_2014() {
    check(
        EU,
        2014,
        "01-01 01-02 04-17 04-18 04-21 05-01 05-09 05-29 05-30 06-09 07-21 08-15 11-01 \
         12-24 12-25 12-26 12-27 12-28 12-29 12-30 12-31",
    );
    assert!(read(EU).holidays.iter().all(|holiday| holiday.unverified));
}

#[test]
fn french_rules_count_one_set_with_saturdays_or_without() {
    let due = |days: std::ops::Range<usize>| {
        let open = parse_window("09:00-18:00").unwrap();
        let week = std::array::from_fn(|day| if days.contains(&day) { vec![open] } else { vec![] });
        let mut plan = plan("Europe/Paris", week);
        plan.sets = vec![read(FR)];
        Case::new(CLOSE, "2026-05-06 10:00", "3 working days").due(&Calendar::build(plan))
    };
    // Friday 8 May is a holiday; a Saturday is open for jours ouvrables only.
    assert_eq!(due(0..5), "Tue 2026-05-12 18:00");
    assert_eq!(due(0..6), "Mon 2026-05-11 18:00");
}

#[test]
fn a_calendar_open_on_saturdays_may_close_the_weekend_day_as_well() {
    let mut plan = plan("Europe/London", daily(&["09:00-17:00"]));
    plan.sets = vec![read(ENGLAND_AND_WALES)];
    plan.closed = vec![holiday("Christmas Day", parse_on("25 december").unwrap())];
    let calendar = Calendar::build(plan);
    let days = date("2021-12-24").iter_days().take(6);
    let closed = days.filter(|day| !calendar.is_working_day(*day)).map(|day| day.to_string());
    assert_eq!(closed.collect::<Vec<_>>(), ["2021-12-25", "2021-12-27", "2021-12-28"]);
}
