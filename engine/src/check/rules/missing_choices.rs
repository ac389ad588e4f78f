//! A choice has nothing to choose from.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("missing-choices");

/// A field of type `choice` has no `of`.
pub(crate) fn missing_choices(name: &Spanned<String>) -> Diagnostic {
    let message = format!("field `{}` is a choice of nothing", name.value);
    Diagnostic::new(CODE, message, name.span, "its values are not listed")
        .help("list them: `of = [\"delivery\", \"service\"]`")
}
