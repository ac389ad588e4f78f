//! A key that means nothing where it stands.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::listed;
use crate::diagnostic::nearest;
use crate::syntax::name::shown;
use crate::text::Span;

const LISTED_MAX: usize = 8;

pub(crate) const CODE: Code = Code::error("unknown-key");

/// The key, the thing that it stands in, and the keys that thing can have.
pub(crate) fn unknown_key(key: &str, holder: &str, span: Span, known: &[&str]) -> Diagnostic {
    let message = format!("{holder} has no key `{}`", shown(key));
    let fault = Diagnostic::new(CODE, message, span, "means nothing here");
    if let Some(near) = nearest(key, known.iter().copied()) {
        return fault.help(format!("did you mean `{near}`?")).fix(
            format!("write `{near}`"),
            span,
            near,
        );
    }
    if known.is_empty() || known.len() > LISTED_MAX {
        return fault.help("nothing that is written is ignored: remove the key");
    }
    fault.help(format!("keys that can stand here: {}", listed(known.iter().copied())))
}
