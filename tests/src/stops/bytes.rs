//! What is stored of an act that a stop refused.

use engine::runtime::{Context, NoDecision, decide, fold, record, refused_act};
use engine::time::Instant;

use crate::histories::{History, Step, World, machine};

const HISTORY: &str = "protocol front-desk\n\
    2026-03-02T09:00:00Z opened by agent with summary=x with category=billing\n\
    2026-03-02T10:00:00Z put_in_writing by agent\n\
    2026-03-02T10:00:00Z screened by officer with harm=none with warranted=true\n\
    2026-03-02T10:00:00Z interview by officer entry 1 with party=employee\n\
    2026-03-02T10:00:00Z interview by officer entry 2 with party=complainant\n\
    2026-03-02T10:00:00Z answer_sent by agent with outcome=upheld with cause=fault\n\
    2026-03-02T11:00:00Z rejected by complainant on phone under written_only\n";

#[test]
fn an_act_that_a_stop_refused_is_kept_and_changes_nothing() {
    let machine = machine("front-desk");
    let History { steps, .. } = crate::histories::read(&machine, HISTORY);
    let mut world = World::new(&machine, &[]);
    let (last, before) = steps.split_last().unwrap();
    for step in before {
        assert_eq!(world.go(step), None);
    }
    let Step::Report(report) = last else { panic!() };
    let event = world.read(report);
    let context = Context::new(&world.strings);
    let refused = decide(&machine, &world.case, &event, &context);
    let Err(NoDecision::Refused(refusal)) = refused else { panic!("{refused:?}") };
    assert_eq!(refusal.name(&machine), "written_only");
    let fact = refused_act(&world.case, &event, &refusal).unwrap();
    let text = String::from_utf8(record(&machine, &world.strings, &fact).bytes()).unwrap();
    let end = "kind 11:act-refused\nevent 8:rejected\nstop 12:written_only\nplace-in-refuses 1:0\n";
    assert!(text.ends_with(end), "{text}");
    assert!(
        text.contains("rule 29:stops.written_only.refuses[1]\nsource 12:house rule 9\n"),
        "{text}"
    );
    let mut facts = world.facts.clone();
    facts.push(fact);
    let mut folded = fold(&machine, &facts);
    assert_eq!(folded.sequence, world.case.sequence + 1);
    assert_eq!(folded.last_at, Instant::from_ms(event.at.ms()));
    (folded.sequence, folded.last_at) = (world.case.sequence, world.case.last_at);
    assert_eq!(folded, world.case);
}
