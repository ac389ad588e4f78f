//! What one entry says and means.

use crate::check::tests::sound::{SOUND, check, loaded, meaning};
use crate::model::{Point, Stage, To};

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
fn a_bare_name_of_another_kind_is_told_how_points_are_written() {
    let (_, shown) = loaded(SOUND.replace("[\"letter:answer\"]", "[\"closed\"]"));
    assert_eq!(shown, "unknown-point 50:11 clock is met by `closed`, which is no point");
    let protocol = meaning("[\"letter:answer\"]", "[\"stage:closed\"]");
    let met = &protocol.deadlines[0].met_by[0];
    assert!(matches!(met.on, Point::Stage(_)));
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

#[test]
fn a_part_reaches_every_end_without_knowing_its_name() {
    let more = SOUND.replace("[stages.closed]\nend = true\n", "[stages.closed]\nend = true\n\n[stages.gone]\nend = true\n\n[anywhere.on.heard]\nalso = [\"@end\"]\n");
    let text = more.replace(
        "[stages.received.on",
        "[stages.received.on.dropped]\nto = \"gone\"\n\n[stages.received.on",
    );
    let text = text.replace(
        "[events]",
        "[events]\nheard = { by = [\"officer\"] }\ndropped = { by = [\"officer\"] }",
    );
    let (protocol, said) = loaded(text.clone());
    assert_eq!(said, "");
    let protocol = protocol.unwrap();
    let heard = protocol.events.iter().position(|it| it.name == "heard").unwrap();
    let takes = |stage: &Stage| stage.on.iter().any(|it| it.event.index() == heard);
    assert!(protocol.stages.len() == 3 && protocol.stages.iter().all(takes));
    let (_, said) = loaded(text.replace("@end", "@ends"));
    assert!(said.contains("unknown-stage"), "{said}");
}

#[test]
fn somebody_outside_may_be_listed_to_be_reached() {
    let role = |rest: &str| format!("[roles]\nombud = {{ title = \"Ombudsman\"{rest} }}");
    check("[roles]", &role(", external = true"), "");
    check("[roles]", &role(""), "role-never-used 23:1 role `ombud` takes no part in the procedure");
}
