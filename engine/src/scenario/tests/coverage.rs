//! What scenarios have shown.

use super::shop::{machine, scenario};
use crate::scenario::{Coverage, read, run};
use crate::text::FileId;

#[test]
fn what_no_scenario_has_shown_is_missing() {
    let machine = machine();
    let sources =
        scenario("[[step]]\nevent = \"answered\"\nexpect = { refused = \"both_heard\" }\n");
    let (scenario, _) = read(&sources, FileId(0), &machine);
    let mut coverage = Coverage::new(&machine);
    coverage.add(&run(&machine, &scenario.unwrap()));
    let missing: Vec<&str> = coverage.missing().map(|goal| goal.words.as_str()).collect();
    assert_eq!(
        missing,
        [
            "open on heard_them",
            "open → done on answered",
            "open → the next rung on rejected",
            "answer met",
            "answer missed",
            "conditions.both_heard true",
            "answer extended more than 1 × by more_time",
            "rejected refused on the last rung",
            "letter answer sent",
        ]
    );
    assert_eq!(coverage.percent(), 18);
}
