//! No case has a level of severity.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::syntax::Written;

pub(crate) const CODE: Code = Code::warning("level-never-given");

/// Reports every level that no rule of severity gives and that is not the level of all the rest.
/// Without a level for the rest, the cases that no rule covers are the fault to speak of.
pub(crate) fn level_never_given(written: &Written, out: &mut Diagnostics) {
    let Some(severity) = &written.severity else { return };
    let Some(otherwise) = &severity.otherwise else { return };
    let by_rules = severity.rules.iter().filter_map(|it| it.is.as_ref());
    let given: BTreeSet<&str> = by_rules.chain([otherwise]).map(|it| it.value.as_str()).collect();
    for level in severity.levels.iter().filter(|it| !given.contains(it.value.as_str())) {
        let message = format!("no case ever has the level `{}`", level.value);
        out.push(
            Diagnostic::new(CODE, message, level.span, "no rule gives it")
                .help(format!("write a rule with `is = \"{}\"`, or drop the level", level.value)),
        );
    }
}
