//! A trend of so few cases that there is nothing to see.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("trend-of-one");

/// The trend, the number it is made of, and the least number that makes sense.
pub(crate) fn trend_of_one(name: &str, count: &Spanned<u32>, least: u32) -> Diagnostic {
    let message = format!("trend `{name}` would be raised by every case");
    Diagnostic::new(CODE, message, count.span, format!("at least {least} is needed"))
        .help("say how many cases make it worth looking at what they have in common")
}
