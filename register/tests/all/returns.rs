//! Returns: the same for ever, and nothing counted twice or lost.

use chrono::NaiveDate;
use engine::time::Zone;
use register::returns::{Period, Return, as_csv, as_json, as_text, of};

use crate::export::{lived, text};
use crate::world::{SHOP, World, at, golden};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn period(as_of: &str, from: &str, to: &str) -> Period {
    Period { as_of: at(as_of), from: Some(day(from)), to: day(to), only: None }
}

fn worked_out(world: &World, period: Period) -> Return {
    of(&world.keeper.reader(), (world.tenant, "shop"), period).unwrap()
}

fn zone() -> Zone {
    Zone::find("Europe/London").unwrap()
}

/// A figure of all cases, or by something.
#[track_caller]
fn figure(found: &Return, by: &str, value: &str, name: &str) -> Option<u64> {
    let is_it = |it: &&register::returns::Figure| {
        (it.by.as_str(), it.value.as_str(), it.name) == (by, value, name)
    };
    found.figures.iter().find(is_it).and_then(|it| it.n)
}

#[test]
fn a_return_says_what_it_counts() {
    let world = lived();
    let found = worked_out(&world, period("2026-06-30T22:59:59.999Z", "2026-06-01", "2026-06-30"));
    golden("return.txt", &as_text(&found, &zone()));
    golden("return.csv", &as_csv(&found, &zone()).unwrap());
    golden("return.json", &as_json(&found, &zone()));
}

#[test]
fn late_news_changes_no_return_that_was_made() {
    let world = World::new(SHOP);
    let case = world.open("anna", &[("complaint", text("It smokes"))]);
    world.set("2026-06-16T10:00:00Z");
    let asked = || period("2026-06-15T22:59:59.999Z", "2026-06-01", "2026-06-15");
    let before = as_json(&worked_out(&world, asked()), &zone());
    assert_eq!(
        figure(&worked_out(&world, asked()), "deadline", "answer", "over and owed"),
        Some(1)
    );
    world.report_late(
        case,
        "answered",
        "clerk",
        &[("outcome", text("upheld"))],
        Some("2026-06-12T10:00:00Z"),
    );
    // Another version of the protocol, with a field and a deadline more, changes nothing either.
    let newer = SHOP.replace("version     = \"1\"", "version     = \"2\"").replace(
        "[records.talk]",
        "colour = { type = \"choice\", of = [\"red\", \"blue\"] }\n\n[records.talk]",
    );
    world.add(&newer, at("2026-06-16T11:00:00Z"));
    world.set("2026-06-20T10:00:00Z");
    world.open("bert", &[("complaint", text("So does mine")), ("colour", text("red"))]);
    assert_eq!(as_json(&worked_out(&world, asked()), &zone()), before);
    let now = worked_out(&world, period("2026-06-20T10:00:00Z", "2026-06-01", "2026-06-15"));
    assert_eq!(figure(&now, "deadline", "answer", "within"), Some(1));
    assert_eq!(figure(&now, "", "", "closed"), Some(1));
    // What only the other version asks is a group of its own there, and of nobody else.
    let all = worked_out(&world, period("2026-06-20T10:00:00Z", "2026-06-01", "2026-06-20"));
    assert_eq!(figure(&all, "colour", "red", "received"), Some(1));
    assert_eq!(figure(&all, "colour", "(not said)", "received"), None);
}

const REOPENS: &str = r#"
[protocol]
id          = "shop"
title       = "Two houses"
version     = "1"
language    = "en"
zone        = "Europe/London"
calendar    = "shop"
effective   = { from = 2026-01-01 }
accountable = "clerk"
source      = "house rules"

[calendars.shop]
hours = { mon-fri = ["09:00-17:00"] }

[time]
first_day             = "next"
ends                  = "close"
receipt_outside_hours = "as_is"
backdate              = "5 working days"

[roles]
clerk = { title = "Clerk" }

[channels]
email = { title = "E-mail" }

[fields]
entity     = { type = "choice", of = ["north", "south"], required = true }
profession = { type = "choice", of = ["roofer", "plumber"] }

[records.subject]
title  = "Subject"
fields = { what = { type = "choice", of = ["delay", "damage", "conduct"] } }
by     = ["clerk"]

[history]
upheld = 'entity == "north"'

[events]
answered  = { by = ["clerk"] }
came_back = { by = ["complainant"] }

[stages.open]
start = true
owner = "clerk"

[stages.open.on.answered]
to = "done"

[stages.done]
end = true

[stages.done.on.came_back]
to = "open"
"#;

#[test]
fn a_case_that_was_reopened_counts_in_each_period_in_which_it_was_closed() {
    let world = World::new(REOPENS);
    let case = world.open("anna", &[("entity", text("north"))]);
    world.set("2026-06-10T09:00:00Z");
    world.report(case, "answered", "clerk", &[]);
    world.set("2026-07-02T09:00:00Z");
    world.report(case, "came_back", "complainant", &[]);
    world.set("2026-07-09T09:00:00Z");
    world.report(case, "answered", "clerk", &[]);
    let june = period("2026-07-20T09:00:00Z", "2026-06-01", "2026-06-30");
    let july = period("2026-07-20T09:00:00Z", "2026-07-01", "2026-07-20");
    let count = |period: &Period, name| figure(&worked_out(&world, period.clone()), "", "", name);
    assert_eq!(
        (count(&june, "closed"), count(&june, "reopened"), count(&june, "open")),
        (Some(1), Some(0), Some(0))
    );
    assert_eq!(
        (count(&july, "closed"), count(&july, "reopened"), count(&july, "received")),
        (Some(1), Some(1), Some(0))
    );
    assert_eq!(count(&june, "days to close, median"), Some(9));
    assert_eq!(count(&july, "days to close, median"), Some(38));
    assert_eq!(count(&june, "working days to close, median"), Some(7));
    let between = period("2026-07-05T09:00:00Z", "2026-07-01", "2026-07-05");
    assert_eq!(
        (count(&between, "open"), count(&between, "open, 29 to 56 days")),
        (Some(1), Some(1))
    );
}

#[test]
fn one_complaint_with_three_subjects_is_one_complaint() {
    let world = World::new(REOPENS);
    let case = world.open("anna", &[("entity", text("north")), ("profession", text("roofer"))]);
    for (id, what) in [("s1", "delay"), ("s2", "damage"), ("s3", "delay")] {
        world.entry(case, "subject", id, "clerk", &[("what", text(what))]);
    }
    world.set("2026-06-02T09:00:00Z");
    let found = worked_out(&world, period("2026-06-02T09:00:00Z", "2026-06-01", "2026-06-02"));
    assert_eq!(figure(&found, "", "", "received"), Some(1));
    assert_eq!(figure(&found, "profession", "roofer", "received"), Some(1));
    assert_eq!(figure(&found, "subject.what", "delay", "entries"), Some(2));
    assert_eq!(figure(&found, "subject.what", "damage", "entries"), Some(1));
}

#[test]
fn the_returns_of_two_entities_sum_to_that_of_both() {
    let world = World::new(REOPENS);
    for (person, entity) in
        [("a", "north"), ("b", "south"), ("c", "north"), ("d", "south"), ("e", "south")]
    {
        let case = world.open(person, &[("entity", text(entity))]);
        if person < "d" {
            world.report(case, "answered", "clerk", &[]);
        }
    }
    let both = period("2026-06-02T09:00:00Z", "2026-06-01", "2026-06-02");
    world.set("2026-06-02T09:00:00Z");
    let of = |entity: &str| Period {
        only: Some(("entity".to_owned(), entity.to_owned())),
        ..both.clone()
    };
    let (north, south, all) = (
        worked_out(&world, of("north")),
        worked_out(&world, of("south")),
        worked_out(&world, both.clone()),
    );
    for name in ["received", "closed", "open", "upheld", "not upheld"] {
        let n = |it: &Return| figure(it, "", "", name).unwrap_or(0);
        assert_eq!(n(&north) + n(&south), n(&all), "{name}");
    }
    assert_eq!(
        (figure(&north, "", "", "received"), figure(&south, "", "", "received")),
        (Some(2), Some(3))
    );
}
