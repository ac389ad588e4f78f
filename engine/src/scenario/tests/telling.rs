//! What a timeline says.

use super::shop::{machine, scenario};
use crate::scenario::{read, run, timeline};
use crate::text::FileId;

/// Checks the lines of the timeline of a scenario that goes on as `rest` says, after those of
/// the opening.
#[track_caller]
fn check_timeline(rest: &str, expected: &str) {
    let machine = machine();
    let sources = scenario(rest);
    let scenario = read(&sources, FileId(0), &machine).0.unwrap();
    let told = timeline(&machine, &scenario, &run(&machine, &scenario));
    let later = told.split_once("(10 working days) [house rule 4]\n\n").unwrap().1;
    assert_eq!(later, expected);
}

#[test]
fn a_timeline_says_who_did_what_and_what_followed() {
    check_timeline(
        r#"
[[step]]
event  = "answered"
by     = "agent:anna"
expect = { refused = "both_heard" }
[[step]]
until  = "breach:answer"
[[step]]
wait   = "1 hour"
event  = "more_time"
reason = "Waiting for the depot"
expect = { refused = "answer" }
"#,
        "Mon 30 Mar 2026 16:20  answered by agent anna
    REFUSED: Both sides have been heard

Mon 13 Apr 2026 17:00  time passes
    clock answer: warning
    agent told
Wed 15 Apr 2026 17:00  time passes
    clock answer MISSED [house rule 4]
    officer told

Wed 15 Apr 2026 18:00  more_time by officer: \"Waiting for the depot\"
    REFUSED: \"answer\" is past its due instant and can no longer be extended [house rule 4]

at the end: stage open, rung desk
    answer: missed on Wed 15 Apr 2026 17:00, still open
",
    );
}
