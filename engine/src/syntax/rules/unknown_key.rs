//! A key that means nothing where it stands.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::listed;
use crate::diagnostic::nearest;
use crate::diagnostic::only_near;
use crate::syntax::name::shown;
use crate::text::Span;

const LISTED_MAX: usize = 8;

pub(crate) const CODE: Code = Code::error("unknown-key");

/// The key, the thing that it stands in, the keys that thing can have, and those it has already.
pub(crate) fn unknown_key(
    key: &str,
    holder: &str,
    span: Span,
    known: &[&str],
    written: &[&str],
) -> Diagnostic {
    let message = format!("{holder} has no key `{}`", shown(key));
    let fault = Diagnostic::new(CODE, message, span, "means nothing here");
    if let Some(near) = nearest(key, known.iter().copied()) {
        let fault = fault.help(format!("did you mean `{near}`?"));
        let surely = only_near(key, known.iter().copied()).filter(|it| !written.contains(it));
        return match surely {
            Some(near) => fault.fix(format!("write `{near}`"), span, near),
            None => fault,
        };
    }
    if known.is_empty() || known.len() > LISTED_MAX {
        return fault.help("nothing that is written is ignored: remove the key");
    }
    fault.help(format!("keys that can stand here: {}", listed(known.iter().copied())))
}
