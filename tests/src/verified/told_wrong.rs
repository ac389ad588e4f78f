//! The comparison notices what is wrong: whoever says the same of every guarantee is caught.

use analysis::{Asked, Because, Course, Outcome, Proved, Undecided, Verdict};
use engine::machine::Machine;
use engine::model::GuaranteeId;
use engine::time::Instant;

use super::{Looks, Made, Prove, Tally, compare_all, followed};

const PROTOCOLS: u64 = 25;

fn told(prove: &Prove) -> Tally {
    compare_all(1, PROTOCOLS, prove, Looks::few)
}

fn says(machine: &Machine, id: GuaranteeId, outcome: Outcome) -> Verdict {
    let assumed = machine.protocol.guarantees[id.index()].assume.clone();
    Verdict { asked: Asked::Own(id), outcome, assumed, situations: 1 }
}

#[test]
fn whoever_proves_everything_is_caught() {
    let tally = told(&|machine, id| says(machine, id, Outcome::Proved(Proved::default())));
    assert!(tally.wrong.len() > 12, "{tally}\n{:#?}", tally.wrong);
    let some = tally.wrong.iter().any(|it| it.contains("proved, but broken"));
    assert!(some && tally.proved == tally.guarantees());
}

#[test]
fn a_number_of_days_that_is_too_small_is_caught() {
    let proved = Proved { most_days: Some(0), ..Proved::default() };
    let tally = told(&move |machine, id| says(machine, id, Outcome::Proved(proved.clone())));
    assert!(tally.wrong.iter().any(|it| it.contains("at most 0 days, but it took")));
}

#[test]
fn a_refutation_that_is_none_is_caught() {
    let tally = told(&|machine, id| {
        let (strings, at) = (machine.strings(), Instant::from_ms(0));
        let course = Course { strings, events: Vec::new(), until: at, at, days: None };
        says(machine, id, Outcome::Refuted(Box::new(course)))
    });
    assert!(tally.wrong.iter().filter(|it| it.contains("refuted, but")).count() > 40);
}

/// Every shape of guarantee is seen broken, and the engine breaks it again.
#[test]
fn what_is_seen_to_be_broken_is_broken() {
    let tally = told(&|machine, id| {
        let made = Made { text: String::new(), guarantees: Vec::new(), is_weekly: false };
        let looks = Looks { situations_max: 300, ..Looks::few(&made) };
        let seen = followed(machine, &looks).swap_remove(id.index());
        says(
            machine,
            id,
            match seen.broken {
                Some(course) => Outcome::Refuted(Box::new(course)),
                None => Outcome::Undecided(Undecided {
                    because: vec![Because::Budget(0)],
                    ..Undecided::default()
                }),
            },
        )
    });
    assert!(tally.wrong.is_empty(), "{:#?}", tally.wrong);
    assert!(tally.refuted > 12, "{tally}");
}

#[test]
fn whoever_knows_nothing_must_say_why() {
    let tally = told(&|machine, id| says(machine, id, Outcome::Undecided(Undecided::default())));
    assert_eq!(tally.wrong.len(), tally.guarantees());
}
