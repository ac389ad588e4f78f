//! More than one stage is where cases begin.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::Stage;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("several-start-stages");

/// `first` is the stage that is marked before.
pub(crate) fn several_start_stages(name: &Spanned<String>, first: &Stage) -> Diagnostic {
    let message = format!("cases cannot begin in `{}` and in `{}`", first.name.value, name.value);
    Diagnostic::new(CODE, message, name.span, "a second stage with `start = true`")
        .other(first.name.span, "the first")
        .help("keep `start = true` in one stage; a rung's `enter_at` and conditions may lead on")
}
