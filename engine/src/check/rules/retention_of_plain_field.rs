//! A value is to be erased that is part of the record.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("retention-of-plain-field");

/// `field` is named by `what`.
pub(crate) fn retention_of_plain_field(field: &Spanned<String>) -> Diagnostic {
    let message = format!("field `{}` cannot be erased", field.value);
    Diagnostic::new(CODE, message, field.span, "its values stand in the record of the case itself")
        .help("add `personal = true` to the field, so that its values are kept apart, or leave it out here")
}

/// `record` is named by `what`, and no field of its entries is personal.
pub(crate) fn retention_of_plain_record(record: &Spanned<String>) -> Diagnostic {
    let message = format!("record `{}` has nothing that can be erased", record.value);
    Diagnostic::new(CODE, message, record.span, "none of its fields is personal")
        .help("add `personal = true` to the fields that are, or leave the record out here")
}
