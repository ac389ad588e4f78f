//! `also` names a stage that is included anyway.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("also-no-end");

/// `anywhere` holds in every stage that is no end; `also` adds end stages.
pub(crate) fn also_no_end(name: &Spanned<String>) -> Diagnostic {
    let message = format!("`also` names `{}`, which is no end stage", name.value);
    Diagnostic::new(CODE, message, name.span, "`anywhere` holds in this stage as it is")
        .help(format!("take `{}` out of `also`", name.value))
}

/// A record has entries in every stage that is no end; `also` adds end stages.
pub(crate) fn also_no_end_of_record(name: &Spanned<String>) -> Diagnostic {
    let message = format!("`also` names `{}`, which is no end stage", name.value);
    Diagnostic::new(CODE, message, name.span, "there may be entries in this stage as it is")
        .help(format!("take `{}` out of `also`", name.value))
}
