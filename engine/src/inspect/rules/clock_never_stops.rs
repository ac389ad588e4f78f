//! A duty cannot be done.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::points::Happening;
use crate::model::Protocol;

pub(crate) const CODE: Code = Code::error("clock-never-stops");

/// Reports every duty that nothing meets. A window may lapse in every case.
pub(crate) fn clock_never_stops(protocol: &Protocol, happening: &Happening, out: &mut Diagnostics) {
    for deadline in protocol.deadlines.iter().filter(|it| !it.window) {
        if deadline.met_by.iter().any(|met| happening.contains(met.on)) {
            continue;
        }
        let names: Vec<String> =
            deadline.met_by.iter().map(|it| format!("`{}`", protocol.point_name(it.on))).collect();
        let label = match names.is_empty() {
            true => "it has no `met_by`".to_owned(),
            false => format!("{} never happens", names.join(", ")),
        };
        let message = format!("nothing meets deadline `{}`", deadline.name);
        let span = protocol.rule(deadline.rule).span;
        out.push(
            Diagnostic::new(CODE, message, span, label)
                .help("name what must be done: an event, or `letter:` and a letter"),
        );
    }
}
