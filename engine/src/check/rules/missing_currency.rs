//! An amount of money has no currency.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("missing-currency");

/// A field of type `money` has no `currency`.
pub(crate) fn missing_currency(name: &Spanned<String>) -> Diagnostic {
    let message = format!("amounts of field `{}` have no currency", name.value);
    Diagnostic::new(CODE, message, name.span, "money of which currency?")
        .help("name it by its ISO 4217 code: `currency = \"EUR\"`")
}

/// The currency is no code of three letters.
pub(crate) fn bad_currency(currency: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` is no currency", currency.value);
    Diagnostic::new(CODE, message, currency.span, "not a code of three capital letters")
        .help("write the ISO 4217 code, such as `EUR` or `GBP`")
}
