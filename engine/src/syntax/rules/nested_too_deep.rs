//! Brackets, the parts of a key, or included files stand deeper inside each other than any protocol needs.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::limit::INCLUDE_DEPTH_MAX;
use crate::syntax::limit::KEY_PARTS_MAX;
use crate::syntax::limit::NESTING_MAX;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("nested-too-deep");

/// The first bracket, part or include that is too deep.
pub(crate) fn nested_too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(CODE, "the text is nested too deep", span, "one too many").help(format!(
        "at most {NESTING_MAX} brackets stand inside each other, {INCLUDE_DEPTH_MAX} files include \
         each other, and a key has {KEY_PARTS_MAX} parts; look for a bracket that is not closed"
    ))
}
