//! What has nothing to do with what is proved changes nothing: the order in which things are
//! written, and what nothing asks about.

use super::said::{days, kind, verdicts};
use crate::random::Random;
use crate::verified::{Made, made};

/// So many protocols are changed.
const PROTOCOLS: u64 = 4;

/// Checks that what is said of a protocol with another text is the same.
#[track_caller]
fn check_same(seed: u64, before: &str, after: &str) {
    assert_ne!(before, after, "seed {seed}");
    let (was, is) = (verdicts(before), verdicts(after));
    assert_eq!(was.len(), is.len(), "seed {seed}");
    for (was, is) in was.iter().zip(&is) {
        assert_eq!(kind(was), kind(is), "seed {seed}: {was:?} became {is:?}\n{after}");
        assert_eq!(days(was), days(is), "seed {seed}: {was:?} became {is:?}\n{after}");
    }
}

fn with(made: &Made, more: &str) -> String {
    format!("{}{more}{}", made.text, made.guarantees.join("\n"))
}

/// A duty of its own, which nothing asks about and which does nothing but tell.
const DEADLINE: &str = r#"
[deadlines.unrelated]
who    = "clerk"
starts = "stage:s0"
within = "2 working days"
met_by = ["done0"]
breach = { tells = ["head"] }
"#;

#[test]
fn a_deadline_that_nothing_asks_about_changes_nothing() {
    for seed in 1_000..1_000 + PROTOCOLS * 4 {
        let made = made(seed);
        check_same(seed, &made.whole(), &with(&made, DEADLINE));
    }
}

/// Notes of what was heard, in any stage, each with a letter.
const EVENT: &str = r#"
[fields.heard]
type = "text"

[letters.reminder]
to = ["complainant"]

[anywhere.on.noted]
sends = ["reminder"]
"#;

#[test]
fn an_event_that_nothing_asks_about_changes_nothing() {
    for seed in 1_100..1_100 + PROTOCOLS * 2 {
        let made = made(seed);
        let noted = "[events]\nnoted = { by = [\"clerk\"], carries = [\"heard\"] }";
        let text = made.text.replacen("[events]", noted, 1);
        let after = Made { text, ..made.clone() };
        check_same(seed, &made.whole(), &with(&after, EVENT));
    }
}

/// A stage that no other leads to.
const STAGE: &str = r#"
[stages.aside]
owner = "clerk"

[stages.aside.on.done0]
to = "closed"
"#;

#[test]
fn a_stage_that_no_case_comes_to_changes_nothing() {
    for seed in 1_200..1_200 + PROTOCOLS {
        let made = made(seed);
        check_same(seed, &made.whole(), &with(&made, STAGE));
    }
}

/// The text with its tables of a kind in another order, each with the tables inside it.
fn reordered(text: &str, kind: &str, random: &mut Random) -> String {
    let start = |name: &str| format!("[{kind}.{name}");
    let mut heads: Vec<String> = Vec::new();
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut other = String::new();
    let mut into: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        if line.starts_with('[') {
            let name = line
                .strip_prefix(&start(""))
                .map(|it| it.split(['.', ']']).next().unwrap_or_default().to_owned());
            into = name.map(|name| {
                heads.iter().position(|it| *it == name).unwrap_or_else(|| {
                    heads.push(name.clone());
                    blocks.push((name, String::new()));
                    heads.len() - 1
                })
            });
        }
        match into.and_then(|at| blocks.get_mut(at)) {
            Some((_, block)) => block.push_str(line),
            None => other.push_str(line),
        }
    }
    let mut mixed = String::new();
    let mut left = blocks;
    left.reverse();
    while !left.is_empty() {
        let (_, block) = left.swap_remove(random.below(left.len()));
        mixed.push_str(&block);
    }
    format!("{other}\n{mixed}\n")
}

#[test]
fn the_order_of_stages_changes_nothing() {
    let mut n_other = 0;
    for seed in 1_300..1_300 + PROTOCOLS * 2 {
        let made = made(seed);
        let text = reordered(&made.text, "stages", &mut Random::new(seed));
        if text.trim() != made.text.trim() {
            check_same(seed, &made.whole(), &with(&Made { text, ..made.clone() }, ""));
            n_other += 1;
        }
    }
    assert!(n_other >= PROTOCOLS, "{n_other}");
}

#[test]
fn the_order_of_deadlines_changes_nothing() {
    let mut n_other = 0;
    for seed in 1_400..1_400 + PROTOCOLS * 2 {
        let made = made(seed);
        let text = reordered(&made.text, "deadlines", &mut Random::new(seed));
        if made.text.matches("\n[deadlines.").count() >= 2 {
            check_same(seed, &made.whole(), &with(&Made { text, ..made.clone() }, ""));
            n_other += 1;
        }
    }
    assert!(n_other >= PROTOCOLS, "{n_other}");
}
