use std::sync::atomic::{AtomicUsize, Ordering};

use engine::machine::Machine;

use crate::loading::shipped_with;
use crate::verdict::{Because, Outcome};
use crate::{Asked, Options, Patience, asked, prove};

/// Checks what is said of what has this name.
#[track_caller]
fn check(machine: &Machine, name: &str, expected: &str) {
    let options = Options { situations: 6_000, ..Options::new(machine) };
    let called = |it: &Asked| match it {
        Asked::Own(id) => machine.protocol.guarantees[id.index()].id == name,
        Asked::BuiltIn(it) => format!("{it:?}") == name,
    };
    let asked = asked(machine).into_iter().find(called).unwrap();
    let verdict = prove(machine, asked, &options);
    let said = match &verdict.outcome {
        Outcome::Proved(it) if it.vacuous => "proved vacuously".to_owned(),
        Outcome::Proved(_) => "proved".to_owned(),
        Outcome::Refuted(it) => match it.days {
            Some(days) => format!("refuted after {days} days"),
            None => "refuted".to_owned(),
        },
        Outcome::Impossible(it) => format!("impossible: {it:?}"),
        Outcome::Undecided(it) => format!("undecided: {it:?}"),
    };
    assert_eq!(said, expected, "{name}");
}

const FCA: &str = r#"
[[guarantees]]
id = "acknowledged-in-three-days"
says = "x"
from = ["opened"]
within = "3 calendar days"
expect = ["letter:acknowledgement"]

[[guarantees]]
id = "no-closing-without-letter"
says = "x"
never = ["stage:closed"]
before = ["letter:final_response", "letter:out_of_time", "letter:summary_resolution"]

[[guarantees]]
id = "answer-possible"
says = "x"
always_possible = "responded"
while = 'stage == "open"'
"#;

/// What the protocols that ship guarantee, and what hangs by dates that somebody enters, by changes
/// of the term, or by what a field may hold.
#[test]
fn what_ships_is_proved() {
    let machine = shipped_with("uk-housing-code", "");
    check(&machine, "stage-1-in-25-days", "proved");
    check(&machine, "stage-2-in-45-days", "proved");
    let machine = shipped_with("nl-awb", "");
    check(&machine, "decided-in-fifteen-weeks", "proved");
    let machine = shipped_with("uk-fca-disp", "");
    check(&machine, "answered-in-eight-weeks", "proved");
    check(&machine, "ombudsman-after-the-time", "proved");
}

const TIGHT: &str = r#"
[[guarantees]]
id = "a-day-less"
says = "x"
from = ["opened"]
within = "24 working days"
expect = ["letter:response1", "letter:refusal", "breach:answer1"]

[[guarantees]]
id = "just-so-long"
says = "x"
from = ["opened"]
within = "41 calendar days"
expect = ["letter:response1", "letter:refusal", "breach:answer1"]

[[guarantees]]
id = "put-off"
says = "x"
always_possible = "extended"
while = 'stage == "investigating"'
"#;

#[test]
fn a_date_may_lie_on_the_last_day_that_is_allowed() {
    let machine = shipped_with("uk-housing-code", TIGHT);
    check(&machine, "just-so-long", "proved");
    // Once only.
    check(&machine, "put-off", "refuted");
}

const HOUSING: &str = r#"
[[guarantees]]
id = "acknowledged-or-known"
says = "x"
from = ["opened"]
within = "5 working days"
expect = ["letter:ack1", "letter:refusal", "breach:acknowledge1"]

[[guarantees]]
id = "acknowledged"
says = "x"
from = ["opened"]
within = "1 week"
expect = ["letter:ack1", "letter:refusal"]

[[guarantees]]
id = "no-answer-unacknowledged"
says = "x"
never = ["letter:response1"]
before = ["letter:ack1"]

[[guarantees]]
id = "one-extension"
says = "x"
never = ["extended:answer1"]
more_than = 1
"#;

#[test]
fn how_a_financial_firm_answers() {
    let machine = shipped_with("uk-fca-disp", FCA);
    check(&machine, "acknowledged-in-three-days", "refuted after 3 days");
    check(&machine, "no-closing-without-letter", "refuted");
    check(&machine, "answer-possible", "proved");
    check(&machine, "NoDeadEnd", "proved");
    check(&machine, "ClosingPossible", "proved");
}

#[test]
fn how_a_landlord_answers() {
    let machine = shipped_with("uk-housing-code", HOUSING);
    check(&machine, "acknowledged-or-known", "proved");
    check(&machine, "acknowledged", "refuted after 7 days");
    check(&machine, "no-answer-unacknowledged", "proved");
    check(&machine, "one-extension", "proved");
    check(&machine, "ClosingPossible", "proved");
    check(&machine, "NoRungSkipped", "proved");
}

/// What is said of everything that is asked where there is no more time after so many looks.
fn said_within(machine: &Machine, n_looks: usize) -> Vec<Outcome> {
    let looked = AtomicUsize::new(0);
    let patience = Patience::until(move || looked.fetch_add(1, Ordering::Relaxed) >= n_looks);
    let options = Options { patience, ..Options::new(machine) };
    asked(machine).into_iter().map(|it| prove(machine, it, &options).outcome).collect()
}

#[test]
fn what_there_is_no_time_for_stays_undecided() {
    let machine = shipped_with("uk-fca-disp", FCA);
    let in_words = |it: &Outcome| match it {
        Outcome::Proved(_) => "proved".to_owned(),
        Outcome::Refuted(_) => "refuted".to_owned(),
        Outcome::Impossible(it) => format!("impossible: {it:?}"),
        Outcome::Undecided(_) => "undecided".to_owned(),
    };
    let whole = said_within(&machine, usize::MAX);
    assert!(whole.iter().any(|it| in_words(it) == "refuted"), "one is not so");
    let is_short = |it: &Outcome| {
        let Outcome::Undecided(it) = it else { return false };
        let is_missing = |it: &Because| matches!(it, Because::NoDates | Because::NotSeenMet(_));
        it.because.contains(&Because::Time) && !it.because.iter().any(is_missing)
    };
    for n_looks in [0, 1, 30, 1_000] {
        let said = said_within(&machine, n_looks);
        for (whole, said) in whole.iter().zip(&said) {
            assert!(is_short(said) || in_words(said) == in_words(whole), "{n_looks}: {said:?}");
        }
        let n_short = said.iter().filter(|it| is_short(it)).count();
        assert!(n_looks > 0 || n_short + 1 >= said.len(), "only one needs no looking: {said:?}");
    }
}
