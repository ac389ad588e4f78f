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
    let is_shipped = path.starts_with("shipped:");
    let message = match is_shipped {
        true => format!("no part with the path `{}` ships with Redress", shown(path)),
        false => format!("the included file `{}` is not in the protocol folder", shown(path)),
    };
    let fault = Diagnostic::new(CODE, message, span, "no such file");
    let ship = || files.iter().filter(|it| it.starts_with("shipped:"));
    // Its own name without `shipped:` is further away than misspelt names are.
    let unsaid = ship().copied().find(|it| it.strip_prefix("shipped:") == Some(path));
    let fault = match unsaid.or_else(|| nearest(path, files.iter().copied())) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None if is_shipped && ship().next().is_some() => {
            let ship: Vec<String> = ship().map(|it| format!("`{it}`")).collect();
            fault.help(format!("these ship: {}", ship.join(", ")))
        }
        None => fault.help("put the file there; its path starts at the folder of `protocol.toml`"),
    };
    match unsaid.or_else(|| only_near(path, files.iter().copied())) {
        Some(near) => fault.fix(format!("write `{near}`"), span, format!("\"{near}\"")),
        None => fault,
    }
}
