//! What one entry says and means. The faults of each kind have a protocol of their own beside
//! the text that authors see.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::model::{Choose, Point, Protocol, To};
use crate::text::LineIndex;
use crate::text::SourceSet;
use crate::time::Ends;

const SOUND: &str = include_str!("tests/sound.toml");

fn shown(sources: &SourceSet, out: &Diagnostics) -> String {
    let line = |fault: &Diagnostic| {
        let span = fault.primary.span;
        let text = sources.get(span.file).unwrap().readable();
        let at = LineIndex::new(text).line_column(text, span.range().start);
        format!("{} {}:{} {}", fault.code.name, at.line, at.column, fault.message)
    };
    out.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn loaded(text: String) -> (Option<Protocol>, String) {
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.into_bytes())]);
    let (machine, out) = crate::load(&sources);
    let shown = shown(&sources, &out);
    (machine.map(|machine| machine.protocol), shown)
}

/// Replaces one piece of the sound protocol and expects these faults.
#[track_caller]
fn check(old: &str, new: &str, expected: &str) {
    assert_eq!(SOUND.matches(old).count(), 1, "`{old}` stands once in the protocol");
    let (_, shown) = loaded(SOUND.replace(old, new));
    assert_eq!(shown, expected);
}

/// Replaces one piece of the sound protocol and gives what it means.
#[track_caller]
fn meaning(old: &str, new: &str) -> Protocol {
    assert_eq!(SOUND.matches(old).count(), 1, "`{old}` stands once in the protocol");
    let (protocol, shown) = loaded(SOUND.replace(old, new));
    protocol.unwrap_or_else(|| panic!("{shown}"))
}

#[test]
fn all_faults_of_the_entries_come_at_once() {
    check(
        "to    = \"closed\"\nsends = [\"answer\"]",
        "to    = \"closd\"\nsends = [\"anser\"]\ntells = [\"@handler\"]",
        "unknown-stage 40:9 transition leads to undeclared stage `closd`\n\
         unknown-letter 41:10 `sends` names undeclared letter `anser`\n\
         handler-without-ladder 42:10 `@handler` is the role of the current rung, and there is \
         no ladder",
    );
}

#[test]
fn a_key_of_counting_is_asked_for_only_where_a_term_needs_it() {
    check("roll                  = \"forward\"\n", "", "");
    check("within = \"10 working days\"", "within = \"6 weeks\"\ncounts = { roll = \"none\" }", "");
    let without_roll = SOUND.replace("roll                  = \"forward\"\n", "");
    let (_, shown) = loaded(without_roll.replace("10 working days\"\nmet", "6 weeks\"\nmet"));
    assert_eq!(
        shown,
        "counting-not-said 45:12 deadline `answer` is counted in weeks, and nothing says `roll`"
    );
}

#[test]
fn a_missing_key_of_counting_is_asked_for_once_for_all_deadlines() {
    let second = SOUND.replace("first_day             = \"next\"\n", "");
    let second = format!(
        "{second}\n{}",
        "[deadlines.again]\nwho = \"officer\"\nstarts = \"opened\"\nwithin = \"2 working days\"\nmet_by = [\"answered\"]\n"
    );
    let (_, shown) = loaded(second);
    assert_eq!(
        shown,
        "counting-not-said 45:12 deadline `answer` is counted in working days, and nothing says \
         `first_day`"
    );
}

#[test]
fn the_calendar_of_the_protocol_stands_first_and_deadlines_find_their_own() {
    let protocol = meaning(
        "[calendars.office]",
        "[calendars.night]\nhours = { mon-fri = [\"22:00-06:00\"] }\n\n[calendars.office]",
    );
    let at_night = meaning(
        "[calendars.office]",
        "[deadlines.watch]\nwho = \"officer\"\nstarts = \"opened\"\nwithin = \"2 working days\"\n\
         met_by = [\"answered\"]\ncounts = { calendar = \"night\" }\n\n\
         [calendars.night]\nhours = { mon-fri = [\"22:00-06:00\"] }\n\n[calendars.office]",
    );
    let id = |protocol: &Protocol, at: usize| protocol.calendars[at].plan().id.clone();
    assert_eq!([id(&protocol, 0), id(&protocol, 1)], ["office", "night"]);
    let watch = &at_night.deadlines[0];
    assert_eq!(id(&at_night, watch.calendar.index()), "night");
}

#[test]
fn what_counts_says_is_stronger_than_time() {
    let protocol = meaning(
        "within = \"10 working days\"",
        "within = \"10 working days\"\ncounts = { ends = \"midnight\" }",
    );
    assert_eq!(protocol.deadlines[0].counts.ends, Ends::Midnight);
    assert_eq!(protocol.counts.ends, Ends::Close);
}

#[test]
fn a_bare_name_of_another_kind_is_told_how_points_are_written() {
    let (_, shown) = loaded(SOUND.replace("[\"letter:answer\"]", "[\"closed\"]"));
    assert_eq!(shown, "unknown-point 50:11 clock is met by `closed`, which is no point");
    let protocol = meaning("[\"letter:answer\"]", "[\"stage:closed\"]");
    let met = &protocol.deadlines[0].met_by[0];
    assert!(matches!(met.on, Point::Stage(_)));
}

#[test]
fn a_term_that_cannot_be_read_is_not_called_missing_as_well() {
    let always_set = SOUND.replace("\"not_upheld\"] }", "\"not_upheld\"], required = true }");
    let by_outcome =
        "within = { by = \"outcome\", upheld = \"10 days\", not_upheld = \"2 weeks\" }";
    let (_, shown) = loaded(always_set.replace("within = \"10 working days\"", by_outcome));
    assert_eq!(shown, "bare-days 49:37 `10 days` does not say which days are counted");
}

#[test]
fn a_list_of_terms_ends_with_one_that_always_holds() {
    let list =
        |rest: &str| format!("within = [{{ when = 'hurt', is = \"2 working days\" }}{rest}]");
    check(
        "within = \"10 working days\"",
        &list(""),
        "within-gap 49:11 deadline `answer` has no term when none of its conditions hold",
    );
    let protocol = meaning("within = \"10 working days\"", &list(", { is = \"3 weeks\" }"));
    let answer = &protocol.deadlines[0];
    assert_eq!(answer.alternatives.len(), 2);
    assert!(matches!(&answer.choose, Choose::First(entries) if entries[1].0.is_none()));
}

#[test]
fn an_entry_of_a_stage_replaces_that_of_anywhere() {
    let protocol = meaning(
        "[stages.closed]",
        "[anywhere.on.answered]\nalso = [\"closed\"]\nto = \"closed\"\n\n[stages.closed]",
    );
    let stages = &protocol.stages;
    assert!(!stages[0].on[0].anywhere);
    assert!(stages[1].on[0].anywhere);
    assert!(matches!(stages[1].on[0].branches[0].to, To::Stage(_)));
}

#[test]
fn every_entry_has_a_path_and_a_source_of_its_own_or_the_protocols() {
    let protocol = meaning("sends = [\"answer\"]", "sends = [\"answer\"]\nsource = \"rule 7\"");
    let rule = |path: &str| {
        let found = protocol.rules.iter().find(|rule| rule.path == path);
        found.map(|rule| (rule.source.as_deref().unwrap_or_default(), rule.inherited))
    };
    assert_eq!(rule("stages.received.on.answered"), Some(("rule 7", false)));
    assert_eq!(rule("deadlines.answer"), Some(("house rules of 2026", true)));
}

#[test]
fn what_stands_inside_a_deadline_takes_the_deadlines_source() {
    let inside = "source = \"rule 4\"
breach = { tells = [\"officer\"], unverified = true }
within = [{ when = 'hurt', is = \"2 working days\", unverified = true }, { is = \"3 weeks\" }]
extend = [{ on = \"answered\", add = \"1 week\", times = 1 }, { on = \"answered\", add = \"1 week\", times = 1, source = \"rule 5\" }]";
    let protocol = meaning("within = \"10 working days\"", inside);
    let rule = |path: &str| {
        let found =
            protocol.rules.iter().find(|rule| rule.path == format!("deadlines.answer{path}"));
        found.map(|rule| {
            (rule.source.as_deref().unwrap_or_default(), rule.inherited, rule.unverified)
        })
    };
    assert_eq!(rule(".within[1]"), Some(("rule 4", false, true)));
    assert_eq!(rule(".within[2]"), Some(("rule 4", false, false)));
    assert_eq!(rule(".breach"), Some(("rule 4", false, true)));
    assert_eq!(rule(".extend[1]"), Some(("rule 4", false, false)));
    assert_eq!(rule(".extend[2]"), Some(("rule 5", false, false)));
}

/// A protocol that ships, with the holidays that ship.
#[track_caller]
fn check_shipped(protocol: &str) {
    let holidays = [
        ("nl", include_str!("../../../protocols/calendars/nl.toml")),
        ("england-and-wales", include_str!("../../../protocols/calendars/england-and-wales.toml")),
    ];
    let holidays = holidays
        .map(|(id, text)| (format!("shipped:calendars/{id}.toml"), text.as_bytes().to_vec()));
    let protocol = ("protocol.toml".to_owned(), protocol.as_bytes().to_vec());
    let sources = SourceSet::new("", holidays.into_iter().chain([protocol]));
    let (_, out) = crate::load(&sources);
    assert_eq!(shown(&sources, &out), "");
}

#[test]
fn the_housing_code_loads_without_a_word() {
    check_shipped(include_str!("../../../protocols/uk-housing-code/protocol.toml"));
}

#[test]
fn the_protocol_of_a_small_business_loads_without_a_word() {
    check_shipped(include_str!("../../../protocols/small-business/protocol.toml"));
}

#[test]
fn a_slip_is_mended_as_it_is_written() {
    let text = SOUND.replace("[\"letter:answer\"]", "['letter:anser']");
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.into_bytes())]);
    let (_, out) = crate::load(&sources);
    let fix = out.iter().next().unwrap().fix.as_ref().unwrap();
    assert_eq!(
        (fix.title.as_str(), fix.edits[0].text.as_str()),
        ("write `answer`", "'letter:answer'")
    );
}
