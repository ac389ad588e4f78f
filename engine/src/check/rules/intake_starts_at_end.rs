//! A kind of intake begins in a stage that closes the case.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("intake-starts-at-end");

/// `start` is the stage that it names.
pub(crate) fn intake_starts_at_end(name: &Spanned<String>, start: &Spanned<String>) -> Diagnostic {
    let message = format!("intake `{}` begins in end stage `{}`", name.value, start.value);
    Diagnostic::new(CODE, message, start.span, "whatever comes in so is closed at once")
        .help("name a stage in which somebody looks at it, with a way to the end from there")
}
