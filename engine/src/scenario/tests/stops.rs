//! Stops in scenarios: what the person who is restricted may do stays possible.

use super::shop::{PROTOCOL, machine_of};
use crate::machine::Machine;
use crate::scenario::{Outcome, Scenario, read, run};
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
