use crate::prove::built_in::tests::world::{machine, outcome, said};
use crate::verdict::BuiltIn::DeadlinesReal;
use crate::verdict::Outcome;

const TWO_TERMS: &str = r#"
[events]
answered = { by = ["clerk"] }
checked  = { by = ["boss"] }

[stages.received]
start = true
owner = "clerk"
on    = { answered = { to = "closed" }, checked = {} }

[deadlines.answer]
who    = "clerk"
starts = "opened"
met_by = ["answered"]
within = "5 working days"
breach = { tells = ["boss"], to = "closed" }

[deadlines.check]
who    = "boss"
starts = "opened"
met_by = ["checked"]
within = "3 working days"
breach = { tells = ["boss"] }
"#;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(said(&machine(text), DeadlinesReal), expected);
}

#[test]
fn what_may_be_done_or_left_undone_can_be_met_and_missed() {
    check(TWO_TERMS, "proved");
}

#[test]
fn a_term_longer_than_what_closes_the_case_is_never_missed() {
    let longer = TWO_TERMS.replace("3 working days", "6 working days");
    check(&longer, "impossible: [Missed(DeadlineId(1))]");
    // Weeks are counted otherwise, and are longer all the same.
    check(&TWO_TERMS.replace("3 working days", "6 weeks"), "impossible: [Missed(DeadlineId(1))]");
}

#[test]
fn a_term_that_ends_at_the_same_instant_is_told_by_the_order_of_the_file() {
    // The first of the file closes the case before the other is looked at.
    let same = TWO_TERMS.replace("3 working days", "5 working days");
    check(&same, "impossible: [Missed(DeadlineId(1))]");
}

#[test]
fn what_its_own_beginning_meets_is_never_missed() {
    let text = TWO_TERMS.replace("met_by = [\"checked\"]", "met_by = [\"stage:received\"]");
    check(&text, "impossible: [Missed(DeadlineId(1))]");
}

#[test]
fn what_nothing_can_meet_while_it_runs_is_never_met() {
    let text = TWO_TERMS.replace(
        "met_by = [\"checked\"]",
        "met_by = [{ on = \"checked\", when = 'stage == \"closed\"' }]",
    );
    check(&text, "impossible: [Met(DeadlineId(1))]");
}

#[test]
fn a_duty_without_a_counted_term_is_not_asked_to_be_missed() {
    let text = TWO_TERMS.replace(
        "within = \"3 working days\"\nbreach = { tells = [\"boss\"] }",
        "within = \"promptly\"",
    );
    check(&text, "proved");
}

#[test]
fn a_window_that_nothing_uses_only_runs_out() {
    let text = TWO_TERMS.to_owned()
        + r#"
[deadlines.object]
window = true
who    = "complainant"
starts = "stage:closed"
within = "4 weeks"
lapse  = { tells = ["boss"] }
"#;
    check(&text, "proved");
}

#[test]
fn what_turns_on_a_puzzle_is_left_open() {
    let text = TWO_TERMS.replace(
        "met_by = [\"checked\"]",
        "met_by = [{ on = \"checked\", when = 'spent * 2 + 1 == spent * 2' }]",
    ) + "\n[fields]\nspent = { type = \"number\", required = true }\n";
    let said = said(&machine(&text), DeadlinesReal);
    assert!(said.starts_with("undecided: ") && said.contains("NotSeenMet"), "{said}");
}

#[test]
fn what_is_too_much_to_look_at_is_left_open() {
    let longer = TWO_TERMS.replace("3 working days", "6 working days");
    let Some(Outcome::Undecided(it)) = outcome(&machine(&longer), DeadlinesReal, 1) else {
        panic!("decided by looking at nothing");
    };
    assert!(it.because.iter().any(|it| matches!(it, crate::Because::NotSeenMissed(_))), "{it:?}");
}
