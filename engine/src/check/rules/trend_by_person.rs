//! A trend groups cases by what identifies a person.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("trend-by-person");

/// The field as it is named.
pub(crate) fn trend_by_person(field: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` is personal: no two cases hold the same in it", field.value);
    Diagnostic::new(CODE, message, field.span, "a personal field").help(
        "group by what went wrong: a category, a product; how often one person complains is asked \
         by `history.cases`",
    )
}
