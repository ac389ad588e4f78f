//! `[maps]` names something that is not there.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-map");

/// The kind of name, the name, and whose it should be.
pub(crate) fn unknown_map(
    kind: &str,
    name: &Spanned<String>,
    whose: &str,
    help: Option<String>,
) -> Diagnostic {
    let message = format!("`[maps.{kind}]` names `{}`, which {whose} does not have", name.value);
    Diagnostic::new(CODE, message, name.span, "no such name")
        .help("left is a name of the statute, right the name here that stands for it")
        .maybe_help(help)
}
