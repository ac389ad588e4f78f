//! An included file is not there.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::syntax::name::shown;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("include-missing");

/// The path of the file, and the paths of the files that there are.
pub(crate) fn include_missing(path: &str, span: Span, files: &[&str]) -> Diagnostic {
    let message = format!("the included file `{}` is not in the protocol folder", shown(path));
    let help = nearest_or_listed(path, "other file", files.iter().copied());
    Diagnostic::new(CODE, message, span, "no such file").maybe_help(help)
}
