//! No stage is the one in which cases begin.

use crate::check::log::Log;
use crate::check::rules::several_start_stages;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::Stage;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("no-start-stage");

/// The place of the stage in which cases begin. None and several are reported.
pub(crate) fn start_stage(stages: &[Stage], header: Span, log: &mut Log<'_>) -> Option<usize> {
    let starts = |stage: &Stage| stage.start.as_ref().is_some_and(|it| it.value);
    let mut found = stages.iter().enumerate().filter(|(_, stage)| starts(stage));
    let Some((place, first)) = found.next() else {
        log.say(no_start_stage(stages.first().map_or(header, |stage| stage.span)));
        return None;
    };
    for (_, other) in found {
        log.say(several_start_stages(&other.name, first));
    }
    Some(place)
}

fn no_start_stage(span: Span) -> Diagnostic {
    Diagnostic::new(CODE, "no stage is where cases begin", span, "cases could not be opened")
        .help("write `start = true` in the first stage of the procedure")
}
