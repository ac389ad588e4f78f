use crate::machine::Machine;
use crate::model::RungId;
use crate::picture::{Picture, Wanted, of};
use crate::scenario::{read, run};
use crate::text::{FileId, SourceSet};

const PROTOCOL: &str = r#"
[protocol]
id          = "shop"
title       = "Complaints of a shop"
version     = "1"
language    = "en"
zone        = "Europe/London"
calendar    = "office"
effective   = { from = 2026-01-01 }
accountable = "manager"
source      = "house rules"

[calendars.office]
hours = { mon-fri = ["09:00-17:00"] }

[time]
first_day             = "next"
ends                  = "close"
roll                  = "forward"
receipt_outside_hours = "as_is"
backdate              = "10 working days"

[roles]
clerk   = { title = "Clerk" }
manager = { title = "Manager" }

[channels]
email = { title = "E-mail", written = true }

[fields]
urgent = { type = "flag", default = false }

[severity]
levels    = ["low", "high"]
policy    = "first"
otherwise = "low"

[[severity.rules]]
when = "urgent"
is   = "high"

[[ladder]]
rung       = "desk"
handled_by = "clerk"

[[ladder]]
rung       = "board"
handled_by = "manager"
enter_at   = "open"

[events]
sorted    = { by = ["clerk"], carries = ["urgent?"] }
answered  = { by = ["@handler"] }
rejected  = { by = ["complainant"], entered_by = ["clerk"] }
withdrawn = { by = ["complainant"], entered_by = ["clerk"] }
more_time = { by = ["manager"], reason = true }

[conditions.on_the_desk]
says = "Only the desk sorts"
is   = 'rung == "desk"'

[stages.new]
start = true
owner = "clerk"

[stages.new.on.sorted]
requires = ["on_the_desk"]
to       = "open"

[stages.open]
owner = "@handler"

[[stages.open.on.answered]]
when = 'rung == "desk"'
to   = "told"

[[stages.open.on.answered]]
when = 'urgent'
to   = "done"

[[stages.open.on.answered]]
to = "told"

[stages.told]
after = { "4 weeks" = { to = "done" } }

[stages.told.on.rejected]
escalate = true

[stages.done]
end = true

[anywhere.on.withdrawn]
to = "done"

[deadlines.answer]
who    = "@handler"
starts = "stage:open"
within = { by = "severity", high = "2 working days", otherwise = "10 working days" }
met_by = ["answered"]
breach = { tells = ["manager"], escalate = "board", to = "@same" }

[[deadlines.answer.extend]]
on    = "more_time"
add   = "5 working days"
times = 1

[deadlines.finish]
who    = "manager"
starts = "opened"
within = "12 weeks"
met_by = ["stage:done"]
breach = { tells = ["manager"] }
"#;

const SCENARIO: &str = r#"
title = "the board answers late"

[opened]
at = 2026-03-02T10:00:00

[[step]]
event = "sorted"
with  = { urgent = true }

[[step]]
until = "breach:answer"
expect = { rung = "board", breached = ["answer"], told = ["manager"] }
"#;

fn machine(text: &str) -> (Machine, SourceSet) {
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.as_bytes().to_vec())]);
    let (machine, faults) = crate::load(&sources);
    let messages: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
    (machine.unwrap_or_else(|| panic!("{messages:?}")), sources)
}

/// A picture as lines: arrows, what happens without leading on, notes.
fn lines(picture: &Picture) -> Vec<String> {
    let mut lines = Vec::new();
    let said = |way: &crate::picture::Way| {
        let within: Vec<String> =
            way.within.iter().map(|it| format!("{} {}", it.deadline, it.term)).collect();
        let parts = [way.heading(), way.condition(), way.who.join("/"), within.join("/")];
        let taken = way.taken.iter().map(|it| format!("#{it}"));
        let parts = parts.into_iter().filter(|it| !it.is_empty()).chain(taken);
        parts.collect::<Vec<_>>().join(", ")
    };
    for arrow in &picture.arrows {
        let (from, to) = (picture.name_of(arrow.from), picture.name_of(arrow.to));
        lines.extend(arrow.ways.iter().map(|way| format!("{from} > {to}: {}", said(way))));
    }
    for (at, place) in picture.places.iter().enumerate() {
        let name = picture.name_of(at);
        lines.extend(place.stays.iter().map(|way| format!("{name}: {}", said(way))));
    }
    for note in &picture.notes {
        let to = note.to.as_deref().unwrap_or("stays");
        lines.push(format!("{} > {to}: {}", note.from, said(&note.way)));
    }
    lines
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (machine, sources) = machine(text);
    assert_eq!(lines(&of(&machine, &sources, &Wanted::default())), expected);
}

#[test]
fn arrows_are_those_that_a_case_can_take_on_its_rung() {
    check(
        PROTOCOL,
        &[
            "new > open (desk): sorted, clerk",
            "open (desk) > told (desk): answered, clerk, answer 10 working days (high 2)",
            "open (desk) > open (board): answer missed, clerk, answer 10 working days (high 2)",
            "open (board) > done (board): answered, if urgent, manager, \
             answer 10 working days (high 2)/finish 12 weeks",
            "open (board) > told (board): answered, otherwise, manager, \
             answer 10 working days (high 2)",
            "told (desk) > open (board): rejected, complainant",
            "told (desk) > done (desk): after 4 weeks, finish 12 weeks",
            "told (board) > done (board): after 4 weeks, finish 12 weeks",
            "open (desk): more_time, while answer runs, manager",
            "open (board): more_time, while answer runs, manager",
            "every open stage > done: withdrawn, complainant, finish 12 weeks",
            "every open stage > stays: finish missed, manager, finish 12 weeks",
        ],
    );
}

#[test]
fn without_a_ladder_a_stage_is_one_place() {
    let before = PROTOCOL.split("[[ladder]]").next().unwrap().to_owned();
    let (_, after) = PROTOCOL.split_once("[events]").unwrap();
    let text = (before + "[events]" + after)
        .replace("@handler", "clerk")
        .replace(", escalate = \"board\", to = \"@same\"", "")
        .replace("escalate = true", "to = \"open\"")
        .replace("when = 'rung == \"desk\"'\n", "when = 'severity == \"high\"'\n")
        .replace("requires = [\"on_the_desk\"]\n", "")
        .replace(
            "[conditions.on_the_desk]\nsays = \"Only the desk sorts\"\nis   = 'rung == \"desk\"'\n",
            "",
        );
    let (machine, sources) = machine(&text);
    let picture = of(&machine, &sources, &Wanted::default());
    let names: Vec<String> = (0..picture.places.len()).map(|at| picture.name_of(at)).collect();
    assert_eq!(names, ["new", "open", "told", "done"]);
    assert_eq!(picture.bands, []);
}

#[test]
fn one_rung_has_its_places_and_those_next_to_it() {
    let (machine, sources) = machine(PROTOCOL);
    let wanted = Wanted { rung: Some(RungId(1)), path: None };
    let picture = of(&machine, &sources, &wanted);
    let names = picture.places.iter().enumerate();
    let names: Vec<(String, bool)> =
        names.map(|(at, it)| (picture.name_of(at), it.outside)).collect();
    let expected = [
        ("open (desk)", true),
        ("told (desk)", true),
        ("open (board)", false),
        ("told (board)", false),
        ("done", false),
    ];
    assert_eq!(names, expected.map(|(name, outside)| (name.to_owned(), outside)));
    assert!(picture.arrows.iter().all(|it| it.to >= 2), "{:?}", picture.arrows);
}

#[test]
fn the_path_of_a_scenario_is_numbered() {
    let (machine, sources) = machine(PROTOCOL);
    let file = SourceSet::new("", [("s.toml".to_owned(), SCENARIO.as_bytes().to_vec())]);
    let (scenario, faults) = read(&file, FileId(0), &machine);
    let messages: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
    let outcome = run(&machine, &scenario.unwrap_or_else(|| panic!("{messages:?}")));
    let wanted = Wanted { rung: None, path: Some(("late", &outcome)) };
    let picture = of(&machine, &sources, &wanted);
    let taken: Vec<String> = lines(&picture).into_iter().filter(|it| it.contains('#')).collect();
    assert_eq!(
        taken,
        [
            "new > open (desk): sorted, clerk, #1",
            "open (desk) > open (board): answer missed, clerk, answer 10 working days (high 2), #2",
        ]
    );
    let visited = picture.places.iter().enumerate().filter(|(_, it)| it.taken);
    let visited: Vec<String> = visited.map(|(at, _)| picture.name_of(at)).collect();
    assert_eq!(visited, ["new", "open (desk)", "open (board)"]);
}

#[test]
fn the_path_begins_where_the_first_case_does() {
    let intake = "\n[intake.complaint]\ntitle = \"Complaint\"\n\n\
                  [intake.handed_on]\ntitle = \"Handed on\"\nstart = \"open\"\n";
    let (machine, sources) = machine(&format!("{PROTOCOL}{intake}"));
    let scenario = "title = \"handed on\"\n\
                    [opened]\nat = 2026-03-02T10:00:00\nintake = \"handed_on\"\n\
                    [[case]]\nname = \"second\"\nat = 2026-03-02T11:00:00\n\
                    [[step]]\ncase = \"second\"\nat = 2026-03-03T10:00:00\nevent = \"sorted\"\n\
                    [[step]]\nuntil = \"breach:answer\"\nexpect = { told = [\"manager\"] }\n";
    let file = SourceSet::new("", [("s.toml".to_owned(), scenario.as_bytes().to_vec())]);
    let (scenario, faults) = read(&file, FileId(0), &machine);
    let messages: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
    let outcome = run(&machine, &scenario.unwrap_or_else(|| panic!("{messages:?}")));
    let wanted = Wanted { rung: None, path: Some(("handed on", &outcome)) };
    let picture = of(&machine, &sources, &wanted);
    let visited = picture.places.iter().enumerate().filter(|(_, it)| it.taken);
    let visited: Vec<String> = visited.map(|(at, _)| picture.name_of(at)).collect();
    assert_eq!(visited, ["open (desk)", "open (board)"]);
}
