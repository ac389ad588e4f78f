//! The register goes out.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use chrono::NaiveDate;
use engine::runtime::Given;
use register::out;
use register::viewer::Viewer;
use register::walk::Asked;
use rust_decimal::Decimal;
use store::keeper::Reading;

use crate::world::{SHOP, World, at, golden};

pub(crate) fn text(text: &str) -> Given {
    Given::Text(text.to_owned())
}

/// Three cases: one answered in time, one late and with a note in confidence, one that nobody has
/// answered.
pub(crate) fn lived() -> World {
    let world = World::new(SHOP);
    let price = Given::Number(Decimal::new(-1250, 2));
    let bought = Given::Date(NaiveDate::from_ymd_opt(2026, 5, 4).unwrap());
    let one = world.open(
        "anna",
        &[
            ("complaint", text("=HYPERLINK(\"http://x\")")),
            ("price", price),
            ("bought", bought),
            ("name", text("Anna Ås")),
        ],
    );
    world.set("2026-06-02T10:00:00Z");
    let two = world.open(
        "bert",
        &[("complaint", text("The drill, \"new\",\r\nsmokes")), ("urgent", Given::Flag(true))],
    );
    world.report(two, "talk", "counsellor", &[("note", text("+ afraid of the clerk"))]);
    world.set("2026-06-05T10:00:00Z");
    world.report(one, "answered", "clerk:c1", &[("outcome", text("upheld"))]);
    world.open("anna", &[("complaint", text("Über alles: 🪚"))]);
    world.set("2026-06-18T10:00:00Z");
    world.report(two, "answered", "manager", &[("outcome", text("not_upheld"))]);
    world.set("2026-07-01T08:00:00Z");
    world
}

/// Ids of cases differ from run to run.
pub(crate) fn without_ids(text: &str) -> String {
    let looks_like_id =
        |it: &str| it.len() == 36 && it.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    let mut ids: Vec<String> = Vec::new();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    for word in words.filter(|it| looks_like_id(it)) {
        if !ids.iter().any(|it| it == word) {
            ids.push(word.to_owned());
        }
    }
    let mut shown = text.to_owned();
    for (place, id) in ids.iter().enumerate() {
        shown = shown.replace(id, &format!("case-{}", place + 1));
    }
    shown
}

fn csv(world: &World, asked: &Asked, table: &str) -> String {
    let mut written = Vec::new();
    let reader = world.keeper.reader();
    out::csv(&reader, asked, Some(table), &mut written).unwrap().unwrap();
    String::from_utf8(written).unwrap()
}

#[test]
fn a_register_is_csv_that_excel_opens() {
    let world = lived();
    let asked = world.asked(Viewer::Anybody);
    golden("cases.csv", &without_ids(&csv(&world, &asked, "cases")));
    golden("deadlines.csv", &without_ids(&csv(&world, &asked, "deadlines")));
    golden("events.csv", &without_ids(&csv(&world, &asked, "events")));
}

#[test]
fn what_only_some_read_is_for_them_alone() {
    let world = lived();
    let reader = world.keeper.reader();
    let anybody = world.asked(Viewer::Anybody);
    let none = out::csv(&reader, &anybody, Some("talk"), Vec::new()).unwrap();
    assert_eq!(none.unwrap_err(), ["cases", "deadlines", "events"]);
    let open = csv(&world, &anybody, "cases");
    assert!(!open.contains("Ås") && !open.contains(",name,"), "{open}");

    let clerk = world.asked(Viewer::Roles(vec!["clerk".to_owned()]));
    let read = csv(&world, &clerk, "cases");
    assert!(read.contains("Anna Ås") && read.contains(",name,"), "{read}");
    assert!(out::csv(&reader, &clerk, Some("talk"), Vec::new()).unwrap().is_err());

    let counsellor = world.asked(Viewer::Roles(vec!["counsellor".to_owned()]));
    let read = csv(&world, &counsellor, "talk");
    assert!(read.contains("'+ afraid of the clerk"), "{read}");

    let outside = world.asked(Viewer::Roles(vec!["complainant".to_owned()]));
    assert_eq!(csv(&world, &outside, "cases").lines().count(), 1, "no case is theirs here");
}

#[test]
fn what_became_known_later_was_not_known_then() {
    let world = World::new(SHOP);
    let case = world.open("anna", &[("complaint", text("It smokes"))]);
    world.set("2026-06-16T10:00:00Z");
    let known_at = |world: &World, reading| Asked { reading, ..world.asked(Viewer::Anybody) };
    let before =
        csv(&world, &known_at(&world, Reading::AsKnownAt(at("2026-06-16T09:00:00Z"))), "cases");
    assert!(before.contains(",overdue,"), "{before}");
    let data = [("outcome", text("upheld"))];
    world.report_late(case, "answered", "clerk", &data, Some("2026-06-12T10:00:00Z"));
    world.set("2026-06-20T10:00:00Z");
    let again =
        csv(&world, &known_at(&world, Reading::AsKnownAt(at("2026-06-16T09:00:00Z"))), "cases");
    assert_eq!(again, before);
    let truly =
        csv(&world, &known_at(&world, Reading::AsTrueAt(at("2026-06-16T09:00:00Z"))), "cases");
    assert!(truly.contains(",met,"), "{truly}");
    let long_ago = known_at(&world, Reading::AsKnownAt(at("2026-05-01T00:00:00Z")));
    assert_eq!(csv(&world, &long_ago, "cases").lines().count(), 1, "no case was there");
}

#[test]
fn only_the_days_that_are_asked_for_are_in_it() {
    let world = lived();
    let day = |day| NaiveDate::from_ymd_opt(2026, 6, day);
    let n_cases = |from, to| {
        let asked = Asked { from, to, ..world.asked(Viewer::Anybody) };
        csv(&world, &asked, "deadlines").lines().count() - 1
    };
    assert_eq!(n_cases(None, None), 3);
    assert_eq!(n_cases(day(2), None), 2);
    assert_eq!(n_cases(day(2), day(2)), 1);
    assert_eq!(n_cases(None, day(1)), 1);
    assert_eq!(n_cases(day(3), day(2)), 0);
}

#[test]
fn a_workbook_has_real_dates_and_no_formula() {
    let world = lived();
    let asked = world.asked(Viewer::Roles(vec!["counsellor".to_owned()]));
    let mut written = Cursor::new(Vec::new());
    let n_cases = out::xlsx(&world.keeper.reader(), &asked, &mut written).unwrap();
    assert_eq!(n_cases, Some(3));
    let mut again = Cursor::new(Vec::new());
    out::xlsx(&world.keeper.reader(), &asked, &mut again).unwrap();
    assert!(written.get_ref() == again.get_ref(), "the same register has the same bytes");

    let mut book = Xlsx::new(Cursor::new(written.into_inner())).unwrap();
    assert_eq!(book.sheet_names(), ["cases", "deadlines", "events", "talk", "about"]);
    let cases = book.worksheet_range("cases").unwrap();
    let heads: Vec<String> = cases.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let column = |name: &str| heads.iter().position(|it| it == name).unwrap();
    let cell = |row: usize, name: &str| cases.get((row, column(name))).unwrap().clone();
    assert_eq!(cell(1, "complaint"), Data::String("=HYPERLINK(\"http://x\")".to_owned()));
    let Data::DateTime(received) = cell(1, "received") else { panic!("{:?}", cell(1, "received")) };
    assert_eq!(received.to_ymd_hms_milli(), (2026, 6, 1, 10, 0, 0, 0), "in London");
    let Data::DateTime(bought) = cell(1, "bought") else { panic!("{:?}", cell(1, "bought")) };
    assert_eq!(bought.to_ymd_hms_milli(), (2026, 5, 4, 0, 0, 0, 0));
    assert_eq!(cell(1, "price"), Data::Float(-12.5));
    assert_eq!(cell(2, "urgent"), Data::Bool(true));
    assert_eq!(cell(2, "answer.late_days"), Data::Float(5.0));
    assert_eq!(cell(3, "closed"), Data::Empty);
    let formulas = book.worksheet_formula("cases").unwrap();
    assert!(formulas.used_cells().all(|(_, _, it)| it.is_empty()));
}

/// A stop on one case, and one on a person that reaches every case of theirs.
#[test]
fn stops_stand_beside_the_cases_that_they_concern() {
    const STOPS: &str = include_str!("../../../store/src/keeper/tests/shop.toml");
    let world = World::new(STOPS);
    let first = world.open("anna", &[]);
    world.open("anna", &[]);
    world.open("bert", &[]);
    world.stop(first, "no_calls", "stop_proposed", "agent:amy");
    world.stop(first, "written_only", "stop_proposed", "agent:amy");
    world.set("2026-06-02T09:00:00Z");
    world.stop(first, "no_calls", "stop_decided", "manager:max");
    world.stop(first, "written_only", "stop_decided", "manager:max");
    world.set("2026-06-03T09:00:00Z");
    let asked = world.asked(Viewer::Anybody);
    let column = |reading| {
        let asked = Asked { reading, ..asked.clone() };
        let text = csv(&world, &asked, "cases");
        let mut reader =
            ::csv::Reader::from_reader(text.strip_prefix('\u{feff}').unwrap().as_bytes());
        let at = reader.headers().unwrap().iter().position(|it| it == "stops").unwrap();
        reader.records().map(|it| it.unwrap()[at].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(column(Reading::Now), ["no_calls, written_only", "written_only", ""]);
    let before = Reading::AsKnownAt(at("2026-06-01T12:00:00Z"));
    assert_eq!(column(before), ["", "", ""]);
    let stops = csv(&world, &asked, "stops");
    assert_eq!(stops.matches(",standing,").count(), 3, "{stops}");
}
