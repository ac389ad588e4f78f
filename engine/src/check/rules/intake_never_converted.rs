//! What may become a complaint has no way to become one.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::Written;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::warning("intake-never-converted");

/// Reports the first `becomes` of a protocol in which no stage takes `converted`.
pub(crate) fn intake_never_converted(written: &Written) -> Option<Diagnostic> {
    let is_converted = |name: &Spanned<String>| name.value == "converted";
    let in_stages = written.stages.iter().flat_map(|it| &it.on).any(|it| is_converted(&it.event));
    if in_stages || written.anywhere.iter().any(|it| is_converted(&it.event)) {
        return None;
    }
    let intake = written.intake.iter().find(|it| it.becomes.is_some())?;
    let becomes = intake.becomes.as_ref()?;
    let message = format!("intake `{}` can never become `{}`", intake.name.value, becomes.value);
    let label = "no stage takes the event `converted`, so its clocks never start";
    Some(Diagnostic::new(CODE, message, becomes.span, label).help(
        "declare `[events.converted]`, and say where the case goes: `[stages.….on.converted]` \
         with `to`",
    ))
}
