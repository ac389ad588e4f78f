//! A protocol is held against another one that has errors.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("statute-unusable");

/// The protocol that cannot be compared with, and the first thing that is wrong with it.
pub(crate) fn statute_unusable(name: &Spanned<String>, first: Option<&str>) -> Diagnostic {
    let what = first.map_or_else(String::new, |it| format!(": {it}"));
    let message = format!("`{}` has errors, so nothing can be held against it{what}", name.value);
    Diagnostic::new(CODE, message, name.span, "cannot be compared with")
        .help("`protocol check` on its folder shows all of them; mend them there first")
}
