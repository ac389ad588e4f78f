//! No letter states a text.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::syntax::Written;

pub(crate) const CODE: Code = Code::warning("text-never-stated");

/// Reports every entry of `[texts]` that no letter must state.
pub(crate) fn text_never_stated(written: &Written, out: &mut Diagnostics) {
    let stated = written.letters.iter().flat_map(|it| &it.states);
    let stated: BTreeSet<&str> = stated.filter_map(|it| it.value.strip_prefix("texts.")).collect();
    for name in written.texts.iter().map(|it| &it.name) {
        if !stated.contains(name.value.as_str()) {
            let message = format!("no letter states the text `{}`", name.value);
            out.push(
                Diagnostic::new(CODE, message, name.span, "nobody would ever read it")
                    .help(format!("add `texts.{}` to `states` of a letter", name.value)),
            );
        }
    }
}
