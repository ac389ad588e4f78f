//! The sets of holidays that ship, against tables that other people publish: no day missing and
//! none too many, in every year of each table. `suite/calendars/README.md` says where they are from.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use chrono::Datelike;
use engine::diagnostic::Diagnostics;
use engine::text::SourceSet;
use engine::time::{Calendar, NaiveDate};

/// The fewest years that a set is compared in.
const YEARS_MIN: i32 = 20;

/// Sets that nobody publishes a table of, with the reason.
const WITHOUT_TABLE: [(&str, &str); 1] =
    [("eu", "the lists are published year by year in the Official Journal and nowhere else")];

/// Where a table and a set differ and the set is right: table, date, reason.
const DIFFERENCES: [(&str, &str, &str); 1] = [(
    "scotland.gov-uk",
    "2026-06-15",
    "proclaimed in February 2026, after the copy of the government's list was made",
)];

/// The days of one table, and how far it speaks.
struct Table {
    name: String,
    days: BTreeMap<NaiveDate, String>,
    /// The first and the last year, both included.
    years: (i32, i32),
    has_weekends: bool,
}

/// A calendar that is open day and night, but for the holidays of one set that ships.
fn calendar(set: &str) -> Calendar {
    let protocol = fs::read_to_string("suite/calendars/protocol.toml").unwrap();
    let holidays = fs::read(format!("../protocols/calendars/{set}.toml")).unwrap();
    let files = [
        ("protocol.toml".to_owned(), protocol.replace("SET", set).into_bytes()),
        (format!("shipped:calendars/{set}.toml"), holidays),
    ];
    let (machine, faults) = engine::load(&SourceSet::new("", files));
    assert!(faults.is_empty(), "{set}: {faults:?}");
    machine.unwrap().protocol.calendars.first().unwrap().clone()
}

fn table(path: &Path) -> Table {
    let text = fs::read_to_string(path).unwrap();
    let (head, lines): (Vec<&str>, Vec<&str>) = text.lines().partition(|it| it.starts_with('#'));
    let days: BTreeMap<NaiveDate, String> = lines
        .iter()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(date, name)| (date.parse().unwrap(), name.to_owned()))
        .collect();
    assert_eq!(days.len(), lines.len(), "{} has a date twice", path.display());
    let year = |date: Option<&NaiveDate>| date.unwrap().format("%Y").to_string().parse().unwrap();
    Table {
        name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
        years: (year(days.keys().next()), year(days.keys().next_back())),
        has_weekends: !head.iter().any(|it| it.ends_with(" Saturdays and Sundays")),
        days,
    }
}

fn tables() -> Vec<Table> {
    let entries = fs::read_dir("suite/calendars").unwrap();
    let mut paths: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "txt"));
    paths.sort();
    paths.iter().map(|path| table(path)).collect()
}

/// Every day on which a table and its set do not agree: the date, and what is wrong.
fn differences(table: &Table) -> Vec<(String, String)> {
    let set = table.name.split('.').next().unwrap();
    let calendar = calendar(set);
    let first = NaiveDate::from_ymd_opt(table.years.0, 1, 1).unwrap();
    let last = NaiveDate::from_ymd_opt(table.years.1, 12, 31).unwrap();
    let days = first.iter_days().take_while(|day| *day <= last);
    let days = days.filter(|day| table.has_weekends || day.weekday().number_from_monday() <= 5);
    let mut found = Vec::new();
    for day in days {
        match (table.days.get(&day), calendar.closed_why(day)) {
            (Some(name), None) => {
                found.push((day.to_string(), format!("the table has `{name}`, the set nothing")));
            }
            (None, Some(name)) => {
                found.push((day.to_string(), format!("the set has `{name}`, the table nothing")));
            }
            _ => {}
        }
    }
    found
}

#[test]
fn every_set_has_the_days_that_others_publish_and_no_other() {
    let mut wrong = Vec::new();
    for table in tables() {
        let known = |date: &str| {
            DIFFERENCES.iter().any(|(name, day, _)| *name == table.name && *day == date)
        };
        let found = differences(&table);
        for (date, what) in found.iter().filter(|(date, _)| !known(date)) {
            wrong.push(format!("{}: {date} {what}", table.name));
        }
        for (_, day, why) in DIFFERENCES.iter().filter(|(name, ..)| *name == table.name) {
            if !found.iter().any(|(date, _)| date == day) {
                wrong.push(format!("{}: {day} differs no more ({why})", table.name));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_set_is_compared_in_at_least_twenty_years_that_it_speaks_about() {
    let tables = tables();
    let entries = fs::read_dir("../protocols/calendars").unwrap();
    let stems = entries.map(|it| it.unwrap().path().file_stem().unwrap().to_os_string());
    let sets: BTreeSet<String> = stems.map(|it| it.into_string().unwrap()).collect();
    for set in &sets {
        let without = WITHOUT_TABLE.iter().any(|(name, _)| name == set);
        let found = tables.iter().find(|table| table.name == *set);
        assert_eq!(found.is_none(), without, "{set}");
        let Some(table) = found else { continue };
        let (first, last) = table.years;
        assert!(last - first + 1 >= YEARS_MIN, "{set}: {first} to {last}");
        let calendar = calendar(set);
        let begins = calendar.plan().sets.first().unwrap().valid_from.unwrap();
        assert!(begins <= NaiveDate::from_ymd_opt(first, 1, 1).unwrap(), "{set}: {begins}");
    }
}

#[test]
fn every_holiday_that_ships_names_its_source() {
    let mut written = 0;
    for entry in fs::read_dir("../protocols/calendars").unwrap() {
        let path = entry.unwrap().path();
        let file = format!("calendars/{}", path.file_name().unwrap().to_str().unwrap());
        let files = [(file, fs::read(&path).unwrap()), ("protocol.toml".to_owned(), Vec::new())];
        let read = engine::syntax::read(&SourceSet::new("", files), &mut Diagnostics::default());
        let read = read.unwrap();
        let set = read.holiday_sets.first().unwrap();
        assert!(set.citation.source.is_some(), "{}", path.display());
        assert!(set.valid.as_ref().is_some_and(|it| it.from.is_some()), "{}", path.display());
        written += set.holidays.len();
    }
    assert!(written > 150, "{written}");
}

#[test]
fn the_documents_list_every_set_with_the_year_it_starts_in() {
    let page = fs::read_to_string("../docs/CALENDARS.md").unwrap();
    let language = fs::read_to_string("../docs/LANGUAGE.md").unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let rows = rows.take_while(|line| line.matches('|').count() == 5);
    let listed: Vec<(String, String)> = rows
        .map(|row| row.split('|').map(str::trim).collect::<Vec<_>>())
        .map(|cells| (cells[1].trim_matches('`').to_owned(), cells[3].to_owned()))
        .collect();
    let sets: Vec<String> = listed.iter().map(|(set, _)| set.clone()).collect();
    assert!(sets.is_sorted(), "{sets:?}");
    let shipped = store::folder::read(Path::new("suite/diagnostics/unknown-holiday-set")).unwrap();
    let offered = shipped.offered().iter().filter_map(|it| {
        it.strip_prefix("shipped:calendars/").and_then(|it| it.strip_suffix(".toml"))
    });
    assert_eq!(sets, offered.collect::<Vec<_>>());
    for (set, from) in listed {
        let begins = calendar(&set).plan().sets.first().unwrap().valid_from.unwrap();
        assert!(from.ends_with(&begins.year().to_string()), "{set}: {from}, not {begins}");
        assert!(language.contains(&format!("`{set}`")), "{set}");
    }
}

/// Checks which days of a month a set closes.
#[track_caller]
fn check(set: &str, month: &str, expected: &str) {
    let calendar = calendar(set);
    let first: NaiveDate = format!("{month}-01").parse().unwrap();
    let days = first.iter_days().take_while(|day| day.to_string().starts_with(month));
    let closed = days.filter(|day| !calendar.is_working_day(*day));
    let closed: Vec<String> = closed.map(|day| day.format("%a %d").to_string()).collect();
    assert_eq!(closed.join(", "), expected, "{set} {month}");
}

#[test]
fn a5_days_that_feeds_call_holidays_and_that_are_none_stay_open() {
    // Midsummer Eve and Christmas Eve, Constitution Day, All Souls' Day, Inauguration Day.
    check("fi", "2026-06", "Sat 20");
    check("fi", "2026-12", "Sun 06, Fri 25, Sat 26");
    check("se", "2026-12", "Fri 25, Sat 26");
    check("dk", "2026-06", "");
    check("de", "2026-11", "");
    check("us-federal", "2025-01", "Wed 01, Mon 20");
    check("us-federal", "2021-01", "Fri 01, Mon 18");
    check("us-federal", "2024-12", "Wed 25");
}

#[test]
fn two_holidays_that_clash_are_both_kept() {
    check("scotland", "2022-01", "Mon 03, Tue 04");
    check("scotland", "2023-01", "Mon 02, Tue 03");
    check("scotland", "2027-01", "Fri 01, Mon 04");
    check("scotland", "2027-12", "Mon 27, Tue 28");
    check("northern-ireland", "2022-12", "Mon 26, Tue 27");
    check("northern-ireland", "2010-12", "Mon 27, Tue 28");
    check("au", "2021-12", "Mon 27, Tue 28");
    // May Day and Ascension Day fell on one date.
    check("fi", "2008-05", "Thu 01, Sun 11");
}

#[test]
fn a_weekend_holiday_goes_where_its_country_keeps_it() {
    check("northern-ireland", "2025-07", "Mon 14");
    check("northern-ireland", "2026-07", "Mon 13");
    check("northern-ireland", "2024-03", "Mon 18, Fri 29");
    check("scotland", "2024-11", "");
    check("scotland", "2024-12", "Mon 02, Wed 25, Thu 26");
    check("us-federal", "2026-07", "Fri 03, Sat 04");
    check("us-federal", "2027-07", "Sun 04, Mon 05");
    check("us-federal", "2010-12", "Fri 24, Sat 25, Fri 31");
    check("fr", "2026-08", "Sat 15");
    check("se", "2027-06", "Sun 06, Sat 26");
    check("dk", "2027-12", "Sat 25, Sun 26");
}

#[test]
fn holidays_begin_and_end_with_their_laws() {
    check("us-federal", "2020-06", "");
    check("us-federal", "2021-06", "Fri 18, Sat 19");
    check("dk", "2023-05", "Fri 05, Thu 18, Sun 28, Mon 29");
    check("dk", "2024-04", "Mon 01");
    check("de", "2016-10", "Mon 03");
    check("de", "2017-10", "Tue 03, Tue 31");
    check("de", "2018-10", "Wed 03");
    check("se", "2005-03", "");
    check("se", "2005-06", "Mon 06, Sat 25");
    check("scotland", "2006-11", "");
    check("scotland", "2007-11", "Fri 30");
    check("scotland", "2026-06", "Mon 15");
    check("au", "2022-09", "Thu 22");
}
