//! Late news in scenarios: what is true stays recorded as it was.

use super::shop::{PROTOCOL, machine_of};
use crate::machine::Machine;
use crate::runtime::FactKind;
use crate::scenario::{Outcome, Scenario, read, run, timeline};
use crate::text::{FileId, SourceSet};

const PROMISES: &str = r#"
[records.promise]
by     = ["agent"]
done   = true
fields = { due = { type = "date" } }

[deadlines.keep]
for_each = "promise"
who      = "agent"
due      = "promise.due"
breach   = { tells = ["officer"] }
source   = "house rule 7"
"#;

/// A promise that is not kept, and an earlier one that becomes known later.
const LATE: &str = r#"title = "t"
[opened]
at     = 2026-03-02T09:00:00
by     = "agent"
fields = { summary = "x" }

[[step]]
at    = 2026-03-03T09:00:00
event = "promise"
entry = "second"
with  = { due = 2026-03-05 }

[[step]]
until = "breach:keep"

[[step]]
at          = 2026-03-02T10:00:00
recorded_at = 2026-03-06T09:00:00
event       = "promise"
entry       = "first"
with        = { due = 2026-03-09 }
reason      = "it was said on the telephone"
"#;

fn ran(machine: &Machine, text: &str) -> (Scenario, Outcome) {
    let sources = SourceSet::new("", [("scenarios/t.toml".to_owned(), text.as_bytes().to_vec())]);
    let (scenario, faults) = read(&sources, FileId(0), machine);
    let faults: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
    let scenario = scenario.unwrap_or_else(|| panic!("{faults:?}"));
    let outcome = run(machine, &scenario);
    (scenario, outcome)
}

/// The clock of an entry is its own, whatever becomes known of what was promised before.
#[test]
fn an_entry_that_comes_late_leaves_the_clocks_of_the_others_alone() {
    let machine = machine_of(&format!("{PROTOCOL}{PROMISES}"));
    let (scenario, outcome) = ran(&machine, LATE);
    let failures: Vec<_> = outcome.steps.iter().flat_map(|it| &it.failures).collect();
    assert!(failures.is_empty(), "{failures:?}");
    let last = outcome.steps.last().unwrap();
    assert!(last.news.is_empty(), "{:?}", last.news);
    let text = timeline(&machine, &scenario, &outcome);
    for line in [
        "    clock keep of second started for agent: due Thu 5 Mar 2026 17:00 (agreed date)",
        "    clock keep of second MISSED [house rule 7]",
        "    clock keep of first started for agent: due Mon 9 Mar 2026 17:00 (agreed date)",
        "    keep of second: missed on Thu 5 Mar 2026 17:00, still open",
        "    keep of first: due Mon 9 Mar 2026 17:00",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

/// A number that an entry had is given to no other one, so that what was recorded keeps its name.
#[test]
fn an_entry_that_never_was_gives_its_number_to_nobody() {
    let corrected =
        PROTOCOL.replace("[events]\n", "[events]\ncorrected = { by = [\"officer\"] }\n");
    let machine = machine_of(&format!("{corrected}{PROMISES}"));
    let rest = r#"
[[step]]
at     = 2026-03-06T10:00:00
event  = "corrected"
of     = "step-3"
struck = true
reason = "it was another case"

[[step]]
at    = 2026-03-06T11:00:00
event = "promise"
entry = "third"
with  = { due = 2026-03-10 }
"#;
    let (_, outcome) = ran(&machine, &format!("{LATE}{rest}"));
    let (_, held) = outcome.register.iter().next().unwrap();
    let numbers: Vec<(u16, &str)> = held
        .facts()
        .filter_map(|it| match it.kind {
            FactKind::EntryAdded { number, id, .. } => Some((number, outcome.strings.get(id))),
            _ => None,
        })
        .collect();
    assert_eq!(numbers, [(1, "second"), (2, "first"), (3, "third")]);
    let facts: Vec<_> = held.facts().copied().collect();
    assert!(crate::runtime::fold(&machine, &facts) == held.case);
}
