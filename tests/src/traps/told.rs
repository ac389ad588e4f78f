//! When somebody hears of what happened outside their hours.

use std::path::Path;

use engine::machine::Machine;
use engine::runtime::{
    Context, EffectKind, FactKind, Given, apply, decide, next_due, read_report, wake,
};
use engine::time::Instant;

use super::case::opened;

fn machine() -> Machine {
    let sources = store::folder::read(Path::new("suite/traps/E7-told-in-working-hours")).unwrap();
    engine::load(&sources).0.unwrap()
}

/// A case opened on Friday 5 June 2026 at 14:00 that nobody answers: the instant of the breach,
/// and of each telling whose it is and from when.
fn tellings(injured: bool) -> (String, Vec<(String, String)>) {
    let machine = machine();
    let mut strings = machine.strings();
    let at = Instant::from_ms(1_780_660_800_000);
    let mut report = opened(at);
    report.data = vec![("injured".to_owned(), Given::Flag(injured))];
    let event = read_report(&machine, &report, &mut strings).unwrap();
    let context = Context::new(&strings);
    let mut case = engine::runtime::Case::new(&machine);
    for fact in &decide(&machine, &case, &event, &context).unwrap().facts {
        apply(&mut case, fact);
    }
    let due = next_due(&case).unwrap();
    let late = wake(&machine, &case, due.plus_ms(1).unwrap(), &context).unwrap();
    let breach = late.facts.iter().find(|it| matches!(it.kind, FactKind::Breached { .. })).unwrap();
    let told = late.effects.iter().filter_map(|effect| match effect.kind {
        EffectKind::Tell(party) => {
            let from = effect.not_before.map_or("at once".to_owned(), |it| it.to_string());
            Some((machine.protocol.party_name(party).to_owned(), from))
        }
        EffectKind::Send(_) => None,
    });
    (breach.at.to_string(), told.collect())
}

fn wanted(told: &[(&str, &str)]) -> Vec<(String, String)> {
    told.iter().map(|(who, from)| ((*who).to_owned(), (*from).to_owned())).collect()
}

#[test]
fn e7_a_breach_keeps_its_instant_and_is_told_when_the_office_opens() {
    let (breach, told) = tellings(false);
    assert_eq!(breach, "2026-06-07T00:00:00Z");
    assert_eq!(told, wanted(&[("manager", "2026-06-08T07:00:00Z"), ("director", "at once")]));
}

#[test]
fn e7_an_emergency_is_told_at_once() {
    let (breach, told) = tellings(true);
    assert_eq!(breach, "2026-06-07T00:00:00Z");
    assert_eq!(told, wanted(&[("manager", "at once"), ("director", "at once")]));
}
