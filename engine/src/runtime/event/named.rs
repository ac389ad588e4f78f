//! What a report names besides its event: a letter, a kind of intake, another case.

use crate::diagnostic::nearest_or_listed;
use crate::model::{BuiltIn, EventId, IntakeId, LetterId, Protocol};
use crate::runtime::event::read::misread;
use crate::runtime::{Misread, Report};

/// What was found.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Named {
    pub(crate) letter: Option<LetterId>,
    pub(crate) intake: Option<IntakeId>,
}

/// Looks up what a report names; a name that says nothing to its event is a fault.
pub(crate) fn named(
    protocol: &Protocol,
    report: &Report,
    event: Option<EventId>,
    faults: &mut Vec<Misread>,
) -> Named {
    let declared = event.and_then(|it| protocol.events.get(it.index()));
    let built_in = declared.and_then(|it| it.built_in);
    let mut only = |pointer: &str, given: bool, fits: bool, what: &str| {
        if given && !fits && event.is_some() {
            faults.push(misread(pointer, format!("it goes with {what} only")));
        }
    };
    let names_a_case = built_in.is_some_and(BuiltIn::names_a_case);
    only("/case", report.case.is_some(), names_a_case, "`merged`, `split` or `linked`");
    let of_letter = built_in == Some(BuiltIn::LetterFailed);
    only("/letter", report.letter.is_some(), of_letter, "`letter_failed`");
    let says_who = event == Some(EventId::OPENED) || built_in == Some(BuiltIn::Converted);
    only("/complainant", report.complainant.is_some(), says_who, "`opened` or `converted`");
    let opens = event == Some(EventId::OPENED);
    only("/intake", report.intake.is_some(), opens, "`opened`");
    if report.case.as_deref().is_some_and(|it| it.trim().is_empty()) {
        faults.push(misread("/case", "it names no case".to_owned()));
    }
    let letters = protocol.letters.iter().map(|it| it.name.as_str());
    let kinds = protocol.intake.iter().map(|it| it.name.as_str());
    let letter = find("/letter", "letter", report.letter.as_deref(), letters, faults);
    let intake = find("/intake", "kind of intake", report.intake.as_deref(), kinds, faults);
    Named { letter: letter.map(LetterId::at), intake: intake.map(IntakeId::at) }
}

fn find<'a>(
    pointer: &str,
    kind: &str,
    given: Option<&str>,
    names: impl Iterator<Item = &'a str> + Clone,
    faults: &mut Vec<Misread>,
) -> Option<usize> {
    let given = given?;
    let found = names.clone().position(|it| it == given);
    if found.is_none() {
        faults.push(Misread {
            pointer: pointer.to_owned(),
            problem: format!("`{given}` is no {kind} of this protocol"),
            help: nearest_or_listed(given, kind, names),
        });
    }
    found
}
