//! Personal values are kept for hours.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("retention-in-hours");

/// `keep` is the term as written.
pub(crate) fn retention_in_hours(name: &str, keep: &Spanned<String>) -> Diagnostic {
    let message = format!("retention `{name}` counts in `{}`", keep.value);
    Diagnostic::new(CODE, message, keep.span, "what is kept is kept until the end of a date")
        .help("write calendar days, weeks, months or years: `keep = \"2 years\"`")
}
