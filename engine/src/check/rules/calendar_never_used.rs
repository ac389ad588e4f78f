//! Nothing is counted on a calendar.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::syntax::Written;

pub(crate) const CODE: Code = Code::warning("calendar-never-used");

/// Reports every calendar that neither `[protocol]` nor a deadline nor a role names.
pub(crate) fn calendar_never_used(written: &Written, out: &mut Diagnostics) {
    let by_protocol = written.protocol.iter().filter_map(|it| it.calendar.as_ref());
    let counts = written.deadlines.iter().filter_map(|it| it.counts.as_ref());
    let by_deadlines = counts.filter_map(|it| it.calendar.as_ref());
    let by_roles = written.roles.iter().filter_map(|it| it.told.as_ref());
    let used: BTreeSet<&str> =
        by_protocol.chain(by_deadlines).chain(by_roles).map(|it| it.value.as_str()).collect();
    for name in written.calendars.iter().map(|it| &it.name) {
        if !used.contains(name.value.as_str()) {
            let message = format!("nothing is counted on calendar `{}`", name.value);
            out.push(
                Diagnostic::new(CODE, message, name.span, "its hours and holidays move no date")
                    .help(format!(
                        "name it in `[protocol]`, or in a deadline: `counts = {{ calendar = \
                         \"{}\" }}`",
                        name.value
                    )),
            );
        }
    }
}
