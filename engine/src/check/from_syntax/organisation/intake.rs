//! `[intake]`.

use crate::check::from_syntax::organisation::role::title;
use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::rules;
use crate::model::{Intake, IntakeId, StageId};
use crate::syntax;

/// One entry of `[intake]`. `start` is the stage in which cases of this protocol begin.
pub(crate) fn intake(
    written: &syntax::Intake,
    start: Option<StageId>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Intake> {
    let own = match &written.start {
        Some(name) => find::stage("`start` names", name, known, log).inspect(|stage| {
            let stage = known.written.stages.get(stage.index());
            if stage.is_some_and(|it| it.end.as_ref().is_some_and(|end| end.value)) {
                log.say(rules::intake_starts_at_end(&written.name, name));
            }
        }),
        None => start,
    };
    let becomes = written.becomes.as_ref();
    let becomes = becomes.and_then(|it| find::intake("`becomes` names", it, known, log));
    if let (Some(name), true) = (&written.becomes, comes_back(becomes, known)) {
        log.say(rules::intake_cycle(&written.name, name));
    }
    Some(Intake {
        name: written.name.value.clone(),
        title: title(written.title.as_ref(), &written.name),
        start: own?,
        complainant: written.complainant,
        required: find::each(&written.required, log, |name, log| {
            find::field("`required` names", name, known, log)
        }),
        becomes,
        rule: log.rule(format!("intake.{}", written.name.value), written.span, &written.citation),
    })
}

/// Whether what becomes something goes on becoming for ever.
fn comes_back(first: Option<IntakeId>, known: &Known<'_>) -> bool {
    let mut next = first;
    for _ in 0..=known.written.intake.len() {
        let Some(at) = next else { return false };
        let written = known.written.intake.get(at.index());
        let becomes = written.and_then(|it| it.becomes.as_ref());
        next = becomes.and_then(|it| known.names.intake.place(&it.value)).map(IntakeId::at);
    }
    true
}
