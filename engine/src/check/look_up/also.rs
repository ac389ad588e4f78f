//! `also`: end stages in which something holds besides those that are no end.

use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::mend;
use crate::diagnostic::Diagnostic;
use crate::model::StageId;
use crate::syntax;
use crate::text::Spanned;

/// Every stage with `end = true`, for a part that does not know the stages of who includes it.
const EVERY_END: &str = "@end";

/// The stages that `also` names; `fault` is said of one that is no end.
pub(crate) fn also(
    listed: &[Spanned<String>],
    fault: fn(&Spanned<String>) -> Diagnostic,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Vec<StageId> {
    let all = &known.written.stages;
    let ends = || (0..all.len()).filter(|at| all.get(*at).is_some_and(is_end)).map(StageId::at);
    let found = find::each(listed, log, |name, log| {
        if name.value == EVERY_END {
            return Some(ends().collect());
        }
        let stage = find::stage("`also` names", name, known, log)?;
        if !all.get(stage.index()).is_some_and(is_end) {
            let place = listed.iter().position(|it| it.span == name.span).unwrap_or_default();
            log.say(mend::leave_out(fault(name), listed, place, log.sources));
        }
        Some(vec![stage])
    });
    found.concat()
}

/// Whether a stage closes the case.
pub(crate) fn is_end(written: &syntax::Stage) -> bool {
    written.end.as_ref().is_some_and(|it| it.value)
}
