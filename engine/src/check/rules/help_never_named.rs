//! Nobody is pointed to help that is on call.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::syntax::Written;

pub(crate) const CODE: Code = Code::warning("help-never-named");

/// Reports every entry of `[help]` that no stage names.
pub(crate) fn help_never_named(written: &Written, out: &mut Diagnostics) {
    for name in written.help.iter().map(|it| &it.name) {
        let is_named =
            written.stages.iter().flat_map(|it| &it.help).any(|it| it.value == name.value);
        if !is_named {
            let message = format!("no stage names the help `{}`", name.value);
            out.push(
                Diagnostic::new(CODE, message, name.span, "nobody would ever be pointed to it")
                    .help(format!(
                        "write `help = [\"{}\"]` in the stages in which it may be needed",
                        name.value
                    )),
            );
        }
    }
}
