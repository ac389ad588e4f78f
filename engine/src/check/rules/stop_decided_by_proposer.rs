//! A stop is decided by those alone who propose it.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("stop-decided-by-proposer");

/// `first` is the first role of `decided_by`.
pub(crate) fn stop_decided_by_proposer(stop: &str, first: &Spanned<String>) -> Diagnostic {
    let message = format!("stop `{stop}` is decided by nobody but those who propose it");
    Diagnostic::new(CODE, message, first.span, "proposes it as well")
        .help("let a role decide that stands above the front line and proposes nothing")
}
