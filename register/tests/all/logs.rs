//! Event logs have the structure that their formats publish.

use std::collections::{BTreeMap, BTreeSet};

use engine::runtime::Given;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use register::log::{ocel, xes};
use register::viewer::Viewer;
use serde_json::Value;

use crate::export::{lived, text, without_ids};
use crate::world::{SHOP, World, golden};

fn xes_of(world: &World, viewer: Viewer) -> String {
    let mut written = Vec::new();
    xes(&world.keeper.reader(), &world.asked(viewer), &mut written).unwrap();
    String::from_utf8(written).unwrap()
}

fn attributes(element: &BytesStart<'_>) -> BTreeMap<String, String> {
    let each = element.attributes().map(Result::unwrap);
    each.map(|it| {
        (it.key.as_ref().to_owned(), quick_xml::escape::unescape(&it.value).unwrap().into_owned())
    })
    .collect()
}

/// What stands in what, and with which attributes, by the schema of XES 1.0 (xes-ieee-1849-2016.xsd):
/// a log holds extensions, globals, classifiers, attributes and traces, in this order.
fn check(log: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = Reader::from_str(log);
    let mut open: Vec<String> = Vec::new();
    let mut found = Vec::new();
    let mut last_of_log = 0;
    let order = ["extension", "global", "classifier", "string", "trace"];
    let mut enter = |element: &BytesStart<'_>, open: &[String]| {
        let name = element.local_name().as_ref().to_owned();
        let has = attributes(element);
        let of = |it: &str| has.get(it).cloned().unwrap_or_else(|| panic!("{name} has no `{it}`"));
        match (open.last().map(String::as_str), name.as_str()) {
            (None, "log") => assert_eq!(of("xes.version"), "1.0"),
            (Some("log"), _) => {
                let place = order.iter().position(|it| *it == name).unwrap();
                assert!(place >= last_of_log, "{name} comes too late");
                last_of_log = place;
                match name.as_str() {
                    "extension" => {
                        assert!(of("uri").ends_with(&format!("{}.xesext", of("prefix"))));
                    }
                    "global" => assert!(["trace", "event"].contains(&of("scope").as_str())),
                    "classifier" => assert_eq!(of("keys"), "concept:name"),
                    _ => {}
                }
            }
            (Some("trace"), "event") => {}
            (Some("trace" | "event" | "global"), "string" | "date" | "boolean") => {
                let value = of("value");
                match name.as_str() {
                    "date" => {
                        chrono::DateTime::parse_from_rfc3339(&value).unwrap();
                    }
                    "boolean" => assert!(value == "true" || value == "false"),
                    _ => {}
                }
                assert!(!of("key").is_empty());
                found.push(has.clone());
            }
            (within, name) => panic!("{name} in {within:?}"),
        }
        name
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                let name = enter(&element, &open);
                open.push(name);
            }
            Event::Empty(element) => {
                enter(&element, &open);
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn a_log_is_xes() {
    let world = lived();
    let log = xes_of(&world, Viewer::Anybody);
    check(&log);
    golden("log.xes", &without_ids(&log));
}

#[test]
fn no_text_breaks_a_log_and_nothing_personal_is_in_it() {
    let world = World::new(SHOP);
    let bad = "<!-- ]]> & \"'\u{1b}[2J\u{8}\u{fffe}\u{7f}\r\n\t</log>";
    let case = world.open("a<b>&\"c\"", &[("complaint", text(bad)), ("name", text("Anna Secret"))]);
    world.report(case, "talk", "counsellor", &[("note", text("in confidence"))]);
    world.set("2026-06-02T10:00:00Z");
    for roles in ["clerk", "counsellor"] {
        let viewer = Viewer::Roles(vec![roles.to_owned()]);
        let log = xes_of(&world, viewer.clone());
        let found = check(&log);
        let complaint = found.iter().find(|it| it["key"] == "field:complaint").unwrap();
        let shown = bad.replace(['\u{1b}', '\u{8}', '\u{fffe}'], "\u{fffd}");
        assert_eq!(complaint["value"], shown);
        let mut other = Vec::new();
        ocel(&world.keeper.reader(), &world.asked(viewer), &mut other).unwrap();
        let all = log + std::str::from_utf8(&other).unwrap();
        assert!(!all.contains("Secret") && !all.contains("in confidence"), "{all}");
    }
}

/// Broken by whoever is not answered within two days.
const ANSWERED: &str = r#"
[[guarantees]]
id     = "answered-in-two-days"
says   = "Whoever complains is answered within two working days"
from   = ["opened"]
within = "2 working days"
expect = ["letter:answer"]
"#;

#[test]
fn a_guarantee_that_is_broken_is_an_event_of_both_logs() {
    let world = World::new(&format!("{SHOP}{ANSWERED}"));
    world.open("anna", &[("complaint", text("First"))]);
    world.set("2026-07-02T10:00:00Z");
    let found = check(&xes_of(&world, Viewer::Anybody));
    let is_it = |it: &&BTreeMap<String, String>| it["value"] == "broken:answered-in-two-days";
    assert_eq!(found.iter().filter(is_it).count(), 1);
    let mut written = Vec::new();
    ocel(&world.keeper.reader(), &world.asked(Viewer::Anybody), &mut written).unwrap();
    let log: Value = serde_json::from_slice(&written).unwrap();
    for (list, key) in [("eventTypes", "name"), ("events", "type")] {
        let all = log[list].as_array().unwrap();
        let n = all.iter().filter(|it| it[key] == "broken:answered-in-two-days").count();
        assert_eq!(n, 1, "{list}");
    }
}

#[test]
fn a_log_is_ocel() {
    let world = lived();
    let case = world.open("carla", &[("complaint", text("Third")), ("urgent", Given::Flag(false))]);
    world.report(case, "talk", "counsellor", &[("note", text("x"))]);
    world.set("2026-07-02T10:00:00Z");
    let mut written = Vec::new();
    let n_cases =
        ocel(&world.keeper.reader(), &world.asked(Viewer::Anybody), &mut written).unwrap();
    assert_eq!(n_cases, 4);
    let log: Value = serde_json::from_slice(&written).unwrap();
    let keys: Vec<&String> = log.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["eventTypes", "events", "objectTypes", "objects"]);
    let list = |name: &str| log[name].as_array().unwrap().clone();
    let names = |all: &[Value], key: &str| -> BTreeSet<String> {
        all.iter().map(|it| it[key].as_str().unwrap().to_owned()).collect()
    };
    let (object_types, event_types) =
        (names(&list("objectTypes"), "name"), names(&list("eventTypes"), "name"));
    let objects = names(&list("objects"), "id");
    assert_eq!(objects.len(), list("objects").len(), "no object twice");
    assert_eq!(names(&list("events"), "id").len(), list("events").len(), "no event twice");
    for object in list("objects") {
        assert!(object_types.contains(object["type"].as_str().unwrap()), "{object}");
        for related in object["relationships"].as_array().unwrap() {
            assert!(objects.contains(related["objectId"].as_str().unwrap()), "{related}");
        }
        for attribute in object["attributes"].as_array().unwrap() {
            chrono::DateTime::parse_from_rfc3339(attribute["time"].as_str().unwrap()).unwrap();
            assert!(attribute["name"].is_string() && attribute["value"].is_string());
        }
    }
    let mut of_entries = 0;
    for event in list("events") {
        assert!(event_types.contains(event["type"].as_str().unwrap()), "{event}");
        chrono::DateTime::parse_from_rfc3339(event["time"].as_str().unwrap()).unwrap();
        let related = event["relationships"].as_array().unwrap();
        assert!(!related.is_empty());
        for it in related {
            assert!(objects.contains(it["objectId"].as_str().unwrap()), "{it}");
            of_entries += usize::from(it["qualifier"] == "entry");
        }
    }
    assert_eq!(of_entries, 2, "each note is an event of its entry");
    let empty = World::new(SHOP);
    let mut written = Vec::new();
    ocel(&empty.keeper.reader(), &empty.asked(Viewer::Anybody), &mut written).unwrap();
    let log: Value = serde_json::from_slice(&written).unwrap();
    assert_eq!(log["events"], Value::Array(Vec::new()));
}
