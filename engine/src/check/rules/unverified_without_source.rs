//! A rule is marked unverified, and nothing says against what it would be verified.

use crate::check::citations::citations;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::syntax::Written;

pub(crate) const CODE: Code = Code::warning("unverified-without-source");

/// Reports every `unverified = true` that stands without a source, its own or one it takes over.
pub(crate) fn unverified_without_source(written: &Written, out: &mut Diagnostics) {
    let protocol = written.protocol.as_ref();
    let of_protocol = protocol.is_some_and(|it| it.citation.source.is_some());
    for cited in citations(written) {
        let has_source = of_protocol || cited.inherits || cited.citation.source.is_some();
        if cited.citation.unverified && !has_source {
            let message = format!("{} is marked `unverified` and names no source", cited.what);
            out.push(Diagnostic::new(CODE, message, cited.span, "unverified against what?").help(
                "name the law, code or rule that somebody still has to read, or take the \
                     mark away",
            ));
        }
    }
}
