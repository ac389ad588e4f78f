//! A field that is no date says when something ends.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("not-a-date-field");

/// `user` says who names it: "`due` names".
pub(crate) fn not_a_date_field(user: &str, field: &Spanned<String>) -> Diagnostic {
    let message = format!("{user} `{}`, which is no date", field.value);
    Diagnostic::new(CODE, message, field.span, "this field has another type")
        .help("name a field of type `date`")
}
