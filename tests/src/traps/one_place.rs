//! One place computes: whoever asks for a due instant gets the same one, and asking does nothing.

use engine::runtime::{
    Assumed, Context, Effect, EffectKind, Fact, allowed, apply, decide, due_for, explain,
    explain_wake, ledger, next_due, start_at, wake,
};
use engine::script::Value;
use engine::time::Instant;

use super::case::{case, shipped};
use crate::histories::machine;

/// 2026-06-01T08:00Z, a Monday.
const MONDAY: Instant = Instant::from_ms(1_780_300_800_000);

#[test]
fn c12_a_question_a_decision_and_its_working_give_one_due_instant() {
    for protocol in ["small-business", "uk-housing-code"] {
        let machine = engine::load(&shipped(protocol)).0.unwrap();
        let (case, _, strings) = case(&machine, MONDAY);
        let fields = machine.protocol.fields.iter().zip(&case.fields).zip(0u16..);
        let set = fields.filter(|((_, value), _)| **value != Value::Unset);
        let fields = set.map(|((_, value), at)| (engine::model::FieldId(at), *value)).collect();
        let assumed = Assumed { severity: case.severity, rung: Some(case.rung), fields };
        let mut n_counted = 0;
        for clock in &case.clocks {
            let deadline = &machine.protocol.deadlines[clock.id.deadline.index()];
            let start = start_at(deadline, clock.start.at, clock.start.date_only);
            let asked = due_for(&machine, clock.id.deadline, start, &assumed, &strings).unwrap();
            let (_, worked) = ledger(&machine, &case, clock).unwrap();
            let asked = asked.due.and_then(|it| it.at);
            assert_eq!(asked, clock.times.due, "{protocol}: {}", deadline.name);
            assert_eq!(worked.and_then(|it| it.at), asked, "{protocol}: {}", deadline.name);
            n_counted += usize::from(asked.is_some());
        }
        assert!(n_counted > 0, "{protocol}");
    }
}

#[test]
fn d13_a_case_says_of_every_clock_its_rule_its_start_its_end_and_its_state() {
    let machine = machine("front-desk");
    let (case, ..) = case(&machine, MONDAY);
    let shown: Vec<String> = case
        .clocks
        .iter()
        .map(|clock| {
            let deadline = &machine.protocol.deadlines[clock.id.deadline.index()];
            let rule = machine.protocol.rule(deadline.rule);
            let due = clock.times.due.unwrap();
            format!("{} from {} to {due} {:?}", rule.path, clock.start.at, clock.state)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "deadlines.acknowledge from 2026-06-01T08:00:00Z to 2026-06-02T15:00:00Z Running",
            "deadlines.answer from 2026-06-01T08:00:00Z to 2026-06-15T15:00:00Z Running",
            "deadlines.whole_procedure from 2026-06-01T08:00:00Z to 2026-09-21T15:00:00Z Running",
        ]
    );
}

#[test]
fn g3_trying_what_would_happen_sends_nothing_and_changes_nothing() {
    let machine = machine("front-desk");
    let (case, event, strings) = case(&machine, MONDAY);
    let context = Context::new(&strings);
    let before = case.clone();
    let later = next_due(&case).unwrap().plus_ms(40 * 24 * 3_600_000).unwrap();
    let tried = explain_wake(&machine, &case, later, &context).outcome.unwrap();
    // What would be sent is a value that somebody else would have to take.
    let tellings = |it: &&Effect| matches!(it.kind, EffectKind::Tell(_));
    assert!(tried.effects.iter().filter(tellings).count() > 0);
    assert!(explain(&machine, &case, &event, &context).outcome.is_err());
    assert!(!allowed(&machine, &case).is_empty());
    assert!(case == before);
    // The same thing done in earnest afterwards is not a repetition.
    let done = wake(&machine, &case, later, &context).unwrap();
    assert!(done == tried);
    let mut case = case;
    done.facts.iter().for_each(|it: &Fact| apply(&mut case, it));
    assert!(case != before);
    assert!(decide(&machine, &case, &event, &context).is_err());
}
