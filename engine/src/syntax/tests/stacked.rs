//! A protocol that extends another.

use crate::diagnostic::Diagnostics;
use crate::syntax::{EffectiveText, Written, effective, protocols_wanted, read};
use crate::text::SourceSet;

const BASE: &str = r#"
[protocol]
id = "base"
title = "Base"
version = "1"
source = "Act 1"

[fields]
a = { type = "text" }

[events]
answered = { by = ["agent"], carries = ["a"] }
told = { by = ["agent"], source = "Act 2" }

[[ladder]]
rung = "one"
handled_by = "agent"

[[stages.open.on.answered]]
when = 'a == "x"'
to = "closed"

[[stages.open.on.answered]]
to = "open"

[deadlines.answer]
within = "5 working days"
breach = { tells = ["head", "agent"] }
"#;

const OWN: &str = "[protocol]\nid = 'own'\ntitle = 'Own'\nversion = '2'\nsource = 'House 1'\n";

fn sources(own: &str, others: &[(&str, &str)]) -> SourceSet {
    let all = others.iter().copied().chain([("protocol.toml", own)]);
    SourceSet::new("", all.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())))
}

/// What is written, and what is wrong with it, each with its place.
fn read_all(sources: &SourceSet) -> (Option<Written>, Vec<String>) {
    let mut out = Diagnostics::default();
    let written = read(sources, &mut out);
    out.sort();
    let faults = out.iter().map(|it| {
        let path = sources.shown_path(it.primary.span.file);
        format!("{path}: {}: {}", it.code.name, it.message)
    });
    (written, faults.collect())
}

fn whole(own: &str) -> EffectiveText {
    let own = format!("extends = 'base'\n{own}");
    let sources = sources(&own, &[("beside:base/protocol.toml", BASE)]);
    effective(&sources, &mut Diagnostics::default()).unwrap()
}

/// Checks which faults there are over the base, with the names of their files.
#[track_caller]
fn check_faults(own: &str, expected: &[&str]) {
    let sources = sources(own, &[("beside:base/protocol.toml", BASE)]);
    let faults = read_all(&sources).1;
    let faults: Vec<&str> = faults
        .iter()
        .map(String::as_str)
        .filter(|it| {
            !it.contains("missing-key: `[protocol]` has no")
                && !it.contains("missing-key: deadline")
        })
        .collect();
    assert_eq!(faults, expected);
}

#[test]
fn tables_are_merged_by_key_and_all_else_takes_the_place_of_what_was_there() {
    let own = "[[ladder]]\nrung = 'one'\nhandled_by = 'head'\n[[ladder]]\nrung = 'two'\n\
               [deadlines.answer]\nbreach.tells = ['head']\n\
               [[stages.open.on.answered]]\nto = 'closed'\n";
    let text = whole(&format!("{OWN}{own}")).text;
    let expected = "[protocol]\nid = 'own'\ntitle = 'Own'\nversion = '2'\nsource = 'House 1'\n\n\
        [fields]\na = { type = \"text\" }\n\n\
        [events.answered]\nsource = \"Act 1\"\nby = [\"agent\"]\ncarries = [\"a\"]\n\n\
        [events.told]\nby = [\"agent\"]\nsource = \"Act 2\"\n\n\
        [[ladder]]\nsource = \"Act 1\"\nrung = 'one'\nhandled_by = 'head'\n\n\
        [[ladder]]\nrung = 'two'\n\n\
        [stages.open]\nsource = \"Act 1\"\n\n\
        [[stages.open.on.answered]]\nto = 'closed'\n\n\
        [deadlines.answer]\nsource = \"Act 1\"\nwithin = \"5 working days\"\n\n\
        [deadlines.answer.breach]\ntells = ['head']\n";
    assert_eq!(text, expected);
    let again = sources(&text, &[]);
    assert_eq!(effective(&again, &mut Diagnostics::default()).unwrap().text, text);
}

#[test]
fn what_is_removed_is_gone_before_the_rest_is_merged() {
    let own = format!(
        "removes = ['events.told', 'ladder.one', 'deadlines.answer', 'fields.a.type']\n{OWN}\
         [deadlines.answer]\nwithin = '3 days'\n"
    );
    let whole = whole(&own);
    for gone in ["told", "rung", "breach", "type ="] {
        assert!(!whole.text.contains(gone), "{gone}: {}", whole.text);
    }
    assert!(whole.text.contains("[deadlines.answer]\nwithin = '3 days'\n"));
    let shown = |path: &str| {
        let found = whole.changes.iter().find(|it| it.path == path).unwrap();
        (found.before.as_deref(), found.after.as_deref())
    };
    assert_eq!(shown("deadlines.answer.within"), (Some("\"5 working days\""), Some("'3 days'")));
    assert_eq!(shown("ladder.one.rung"), (Some("\"one\""), None));
    assert_eq!(shown("protocol.version"), (Some("\"1\""), Some("'2'")));
    assert!(!whole.changes.iter().any(|it| it.path.starts_with("stages")), "{:?}", whole.changes);
}

#[test]
fn a_fault_is_shown_where_it_is_written() {
    let fault = "beside:base/protocol.toml: wrong-type: ";
    let base = BASE.replace("\"5 working days\"", "\"5 working days\"\nwarn = 3");
    let sources =
        sources(&format!("extends = 'base'\n{OWN}"), &[("beside:base/protocol.toml", &base)]);
    let faults = read_all(&sources).1;
    assert!(faults.iter().any(|it| it.starts_with(fault)), "{faults:?}");
}

#[test]
fn what_cannot_be_carried_out_is_refused() {
    let nothing = "protocol.toml: nothing-to-remove: there is no `";
    let no = |path: &str| format!("{nothing}{path}` to remove");
    let paths = [
        "x",
        "events.x",
        "events.told.by.x",
        "ladder.two",
        "ladder",
        "",
        "stages.open.on.answered.1",
    ];
    for path in paths.iter().filter(|it| **it != "ladder") {
        let own = format!("extends = 'base'\nremoves = ['{path}']\n{OWN}");
        check_faults(&own, &[&no(path)]);
    }
    check_faults(&format!("removes = ['events.told']\n{OWN}"), &[&no("events.told")]);
    let unknown = "protocol.toml: unknown-protocol: there is no protocol `bass` beside this one, and none ships";
    check_faults(&format!("extends = 'bass'\n{OWN}"), &[unknown]);
    let wrong = "protocol.toml: wrong-type: `extends` takes";
    let sources = sources(&format!("extends = 3\n{OWN}"), &[]);
    assert!(
        read_all(&sources).1.iter().any(|it| it.starts_with(wrong)),
        "{:?}",
        read_all(&sources).1
    );
    let headless = "the `[protocol]` of a protocol that extends another has no `";
    let missing = ["id", "source", "title", "version"]
        .map(|it| format!("protocol.toml: missing-key: {headless}{it}`"));
    check_faults("extends = 'base'\n", &missing.each_ref().map(String::as_str));
}

#[test]
fn a_circle_and_a_long_row_of_protocols_end() {
    let round = |next: &str| format!("extends = '{next}'\n{OWN}");
    let (a, b) = (round("b"), round("a"));
    let all =
        sources(&round("a"), &[("beside:a/protocol.toml", &a), ("beside:b/protocol.toml", &b)]);
    let (written, faults) = read_all(&all);
    assert_eq!(written, None);
    let circle = "beside:b/protocol.toml: extends-cycle: extending `a` leads back to a protocol that extends it";
    assert_eq!(faults, [circle]);
    let names: Vec<String> = (0..20).map(|it| format!("beside:p{it}/protocol.toml")).collect();
    let texts: Vec<String> = (1..=20).map(|it| round(&format!("p{it}"))).collect();
    let row: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let faults = read_all(&sources(&round("p0"), &row)).1;
    assert_eq!(faults, ["beside:p7/protocol.toml: nested-too-deep: the text is nested too deep"]);
    assert_eq!(protocols_wanted(&all).into_iter().collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn files_of_one_protocol_still_say_a_thing_once() {
    let own =
        format!("include = ['b.toml']\nextends = 'base'\n{OWN}[events]\nx = {{ by = ['a'] }}\n");
    let part = "extends = 'base'\n[events]\nx = { by = ['b'] }\n[time]\nends = 'close'\n";
    let all = sources(&own, &[("beside:base/protocol.toml", BASE), ("b.toml", part)]);
    let faults = read_all(&all).1;
    let found = |start: &str| faults.iter().any(|it| it.starts_with(start));
    assert!(found("b.toml: duplicate-name: the event `x` is written twice"), "{faults:?}");
    assert!(found("b.toml: unknown-key: "), "{faults:?}");
}

#[test]
fn garbage_below_a_protocol_stops_nothing() {
    let own = format!("extends = 'base'\nremoves = ['a.b', '\u{e9}', 'ladder.']\n{OWN}");
    let deep = "[".repeat(100_000);
    let texts = [
        "",
        "extends",
        "extends = ['base']",
        "protocol = 3",
        "ladder = 3\n[[guarantees]]\n",
        &deep,
    ];
    for text in texts.into_iter().chain(["[deadlines]\nanswer = 3\n", "ladder = [3, {rung = 4}]\n"])
    {
        let all = sources(&own, &[("beside:base/protocol.toml", text)]);
        assert!(!read_all(&all).1.is_empty(), "{text}");
        let _ = effective(&all, &mut Diagnostics::default());
    }
    let binary = [("beside:base/protocol.toml".to_owned(), vec![0xff; 10])];
    assert!(read_all(&sources(&own, &[]).with(binary)).0.is_none());
}
