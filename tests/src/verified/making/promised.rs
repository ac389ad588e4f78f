//! What a random protocol guarantees: each shape of guarantee, about things that it has.

use super::generate::Told;
use super::pieces::{amount, term};
use crate::random::Random;

/// Two or three guarantees.
pub(super) fn promised(random: &mut Random, told: &Told) -> Vec<String> {
    let n = 2 + random.below(2);
    (0..n).map(|number| one(random, told, number)).collect()
}

fn one(random: &mut Random, told: &Told, number: usize) -> String {
    let stage = random.below(told.n_stages);
    let deadline = random.below(told.n_deadlines);
    let is = match random.below(10) {
        0 => "never = [\"stage:closed\"]\nbefore = [\"letter:answer\"]".to_owned(),
        1 if told.is_graded && told.has_ladder => {
            "never = [\"rung:upper\"]\nwhile = 'severity == \"low\"'".to_owned()
        }
        1 => "never = [\"letter:sorry\"]\nwhile = 'stage == \"s0\"'".to_owned(),
        2 => {
            let term = term(random);
            format!("never = [\"stage:closed\"]\nfrom = [\"stage:s{stage}\"]\nwithin = \"{term}\"")
        }
        3 if told.extends => {
            let times = random.below(2) + 1;
            format!("never = [\"extended:d0\"]\nmore_than = {times}")
        }
        3 => format!(
            "never = [\"letter:note\", \"letter:sorry\"]\nmore_than = {}",
            1 + random.below(2)
        ),
        4 if told.withdraws => {
            "always_possible = \"withdrawn\"\nwhile = 'stage == \"s0\"'".to_owned()
        }
        4 => "always_reachable = [\"stage:closed\"]".to_owned(),
        _ => within(random, told, stage, deadline),
    };
    format!("[[guarantees]]\nid = \"g{number}\"\nsays = \"Guarantee {number}\"\n{is}\n")
}

/// An answer within a term: mostly that of a deadline, or a little more.
fn within(random: &mut Random, told: &Told, stage: usize, deadline: usize) -> String {
    let (from, term) = match random.below(4) {
        0 => (format!("stage:s{stage}"), term(random)),
        1 => ("opened".to_owned(), amount(2 + random.below(6), "working day")),
        2 => ("opened".to_owned(), amount(3 + random.below(9), "calendar day")),
        _ => ("opened".to_owned(), told.terms[0].clone()),
    };
    let expect = match random.below(3) {
        0 => format!("\"breach:d{deadline}\", \"met:d{deadline}\""),
        1 => format!("\"letter:answer\", \"breach:d{deadline}\""),
        _ => "\"letter:answer\", \"breach:d0\"".to_owned(),
    };
    let unless = if random.one_in(2) { "\nunless = [\"stage:closed\"]" } else { "" };
    let assume = match random.one_in(6) {
        true => format!("\nassume = [\"met:d{deadline}\"]"),
        false => String::new(),
    };
    format!("from = [\"{from}\"]\nwithin = \"{term}\"\nexpect = [{expect}]{unless}{assume}")
}
