//! Stops in scenarios: what the person who is restricted may do stays possible.

use super::shop::{PROTOCOL, machine_of};
use crate::machine::Machine;
use crate::scenario::{Outcome, Scenario, read, run, timeline};
use crate::text::{FileId, SourceSet};

const STOP: &str = r#"
notice = { to = ["complainant"] }

[stops.written]
covers     = "complainant"
proposed   = { by = ["agent"] }
decided_by = ["officer"]
notice     = "notice"
review     = { every = "3 months", by = "director" }
appeal     = { to = "director", within = "4 weeks", answer = "2 weeks" }

[[stops.written.refuses]]
events = ["rejected"]
unless = 'channel.written'
says   = "Write to us"
"#;

/// A stop that stands from Tuesday 3 March 2026 on.
const IMPOSED: &str = r#"title = "t"
[opened]
at          = 2026-03-02T09:00:00
by          = "agent"
complainant = "ann"
fields      = { summary = "x" }

[[step]]
at    = 2026-03-02T10:00:00
event = "stop_proposed"
stop  = "written"
by    = "agent:bob"

[[step]]
at     = 2026-03-03T10:00:00
event  = "stop_decided"
stop   = "written"
by     = "officer:cas"
reason = "calls every day"
"#;

fn machine() -> Machine {
    let director = "[roles]\ndirector = { title = \"Director\" }\n";
    machine_of(&format!("{}{STOP}", PROTOCOL.replace("[roles]\n", director)))
}

fn ran(machine: &Machine, text: &str) -> (Scenario, Outcome) {
    let sources = SourceSet::new("", [("scenarios/t.toml".to_owned(), text.as_bytes().to_vec())]);
    let (scenario, faults) = read(&sources, FileId(0), machine);
    let faults: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
    let scenario = scenario.unwrap_or_else(|| panic!("{faults:?}"));
    let outcome = run(machine, &scenario);
    (scenario, outcome)
}

#[track_caller]
fn check(steps: &str) {
    let machine = machine();
    let (_, outcome) = ran(&machine, &format!("{IMPOSED}{steps}"));
    let failures: Vec<String> = outcome
        .failures()
        .map(|it| format!("{}: {} {}, was {}", it.what, it.aspect, it.expected, it.was))
        .collect();
    assert_eq!(failures, Vec::<String>::new());
}

const APPEALED: &str = r#"
[[step]]
at    = 2026-03-04T10:00:00
event = "stop_appealed"
stop  = "written"
by    = "complainant:ann"
"#;

const DECIDED_ANEW: &str = r#"
[[step]]
at     = 2026-03-05T10:00:00
event  = "stop_decided"
stop   = "written"
by     = "officer:cas"
reason = "goes on calling"
"#;

/// An appeal against the first decision is answered all the same, in time or late, and once.
#[test]
fn a_stop_that_is_decided_anew_leaves_the_appeal_waiting() {
    let answered = |at: &str, missed: &str, then: &str| {
        format!(
            "[[step]]\nat = {at}T10:00:00\nevent = \"stop_appeal_decided\"\nstop = \"written\"\n\
             by = \"director:dea\"\nreason = \"so it is\"\nwith = {{ appeal = \"dismissed\" }}\n\
             expect = {{ {then}stop.written = {{ missed = {missed} }} }}\n"
        )
    };
    let begun = format!("{APPEALED}{DECIDED_ANEW}");
    let in_time = answered("2026-03-13", "[]", "");
    let again = answered("2026-03-13", "[]", "refused = \"written\", ");
    check(&format!("{begun}{in_time}{again}"));
    let breach = "breached = [\"answer\"], ";
    check(&format!("{begun}{}", answered("2026-03-19", "[\"appeal_answer\"]", breach)));
    check(&format!("{DECIDED_ANEW}{}", answered("2026-03-13", "[]", "refused = \"written\", ")));
}

/// The complainant posted it in time; that it was entered after the window had closed costs them
/// nothing.
#[test]
fn an_appeal_that_was_made_in_time_and_entered_late_is_heard() {
    let appealed = |reason: &str, expect: &str| {
        format!(
            "[[step]]\nat = 2026-03-31T10:00:00\nrecorded_at = 2026-04-02T10:00:00\n\
             event = \"stop_appealed\"\nstop = \"written\"\nby = \"complainant:ann\"\n\
             entered_by = \"agent\"\n{reason}expect = {{ {expect} }}\n"
        )
    };
    let answer = "stop.written = { appeal_answer = 2026-04-14T17:00:00 }";
    let reason = "reason = \"it lay in the wrong tray\"\n";
    let breach = "breached = [\"answer\"], ";
    let refused = appealed("", &format!("{breach}refused = \"reason\""));
    let text = format!("{refused}{}", appealed(reason, answer));
    check(&text);
    let machine = machine();
    let (scenario, outcome) = ran(&machine, &format!("{IMPOSED}{text}"));
    let told = timeline(&machine, &scenario, &outcome);
    for line in [
        "Tue 31 Mar 2026 10:00  stop_appealed for written by complainant ann, entered by agent, \
         recorded Thu 2 Apr 2026 10:00: \"it lay in the wrong tray\"",
        "    not true: Tue 31 Mar 2026 17:00  an appeal is no longer possible",
        "    the appeal is answered by Tue 14 Apr 2026 17:00",
        "stop written: in force, looked at again by Wed 3 Jun 2026 17:00, appeal answered by Tue 14 Apr 2026 17:00",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    let late = appealed(reason, &format!("{breach}refused = \"written\""));
    check(&late.replace("2026-03-31T10:00:00", "2026-03-31T17:00:00.001"));
}

/// A stop refuses what happens while it stands, whenever that is reported.
#[test]
fn a_stop_refuses_what_happened_while_it_stood() {
    let rejected = |at: &str, recorded: &str, expect: &str| {
        format!(
            "[[step]]\nat = 2026-03-{at}\nrecorded_at = 2026-03-{recorded}\nevent = \"rejected\"\n\
             channel = \"phone\"\nreason = \"noted on paper\"\n{expect}"
        )
    };
    let refused = "expect = { refused = \"written\" }\n";
    let lifted = "[[step]]\nat = 2026-03-05T10:00:00\nevent = \"stop_lifted\"\nstop = \"written\"\n\
                  by = \"officer:cas\"\n";
    check(&rejected("03T09:00:00", "04T09:00:00", ""));
    check(&rejected("03T10:00:00", "04T09:00:00", refused));
    check(&format!("{lifted}{}", rejected("04T09:00:00", "05T12:00:00", refused)));
    check(&format!("{lifted}{}", rejected("05T11:00:00", "05T12:00:00", "")));
    // Of the day on which it was imposed only the date is known.
    check(&rejected("03", "04T09:00:00", refused));
}
