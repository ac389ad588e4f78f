//! An included file is not there.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest;
use crate::diagnostic::only_near;
use crate::syntax::name::shown;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("include-missing");

/// The path of the file, and the paths of the files that there are.
pub(crate) fn include_missing(path: &str, span: Span, files: &[&str]) -> Diagnostic {
    let message = format!("the included file `{}` is not in the protocol folder", shown(path));
    let fault = Diagnostic::new(CODE, message, span, "no such file");
    let fault = match nearest(path, files.iter().copied()) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help("put the file there; its path starts at the folder of `protocol.toml`"),
    };
    match only_near(path, files.iter().copied()) {
        Some(near) => fault.fix(format!("write `{near}`"), span, format!("\"{near}\"")),
        None => fault,
    }
}
