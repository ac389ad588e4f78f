//! Cases of shipped protocols, to look at from all sides.

use std::path::Path;

use engine::machine::Machine;
use engine::model::{EventId, FieldKind};
use engine::runtime::{Case, Context, Event, Given, Report, apply, decide, read_report};
use engine::text::{SourceSet, Strings};
use engine::time::Instant;

/// The files of a shipped protocol.
pub(crate) fn shipped(protocol: &str) -> SourceSet {
    store::folder::read(&Path::new("../protocols").join(protocol)).unwrap()
}

/// A report that opens a case.
pub(crate) fn opened(at: Instant) -> Report {
    Report::new("opened", "opened", at, "complainant")
}

/// The same for any machine, with all that it must bring.
fn opening(machine: &Machine, at: Instant) -> Report {
    let protocol = &machine.protocol;
    let carries = &protocol.events[EventId::OPENED.index()].carries;
    let data = carries.iter().filter(|it| it.required).map(|it| {
        let field = &protocol.fields[it.field.index()];
        let text = match &field.kind {
            FieldKind::Choice(set) | FieldKind::Role(set) => {
                protocol.scope.set(*set).unwrap().names[0].clone()
            }
            _ => "made for this test".to_owned(),
        };
        (field.name.clone(), Given::Text(text))
    });
    Report { data: data.collect(), complainant: Some("mia".to_owned()), ..opened(at) }
}

/// A case of a machine that was opened at an instant, and the event that opened it.
pub(crate) fn case(machine: &Machine, at: Instant) -> (Case, Event, Strings) {
    let report = opening(machine, at);
    let mut strings = machine.strings();
    let event = read_report(machine, &report, &mut strings).unwrap();
    let mut case = Case::new(machine);
    let decision = decide(machine, &case, &event, &Context::new(&strings)).unwrap();
    for fact in &decision.facts {
        apply(&mut case, fact);
    }
    (case, event, strings)
}
