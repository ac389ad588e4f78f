//! The time for which something is kept never begins to run.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::points::Happening;
use crate::model::Protocol;

pub(crate) const CODE: Code = Code::error("retention-never-begins");

/// Reports every retention that counts from a point that never happens.
pub(crate) fn retention_never_begins(
    protocol: &Protocol,
    happening: &Happening,
    out: &mut Diagnostics,
) {
    for retention in protocol.retention.iter().filter(|it| !happening.contains(it.after)) {
        let message = format!("retention `{}` never begins", retention.name);
        let label = format!("`{}` never happens", protocol.point_name(retention.after));
        let span = protocol.rule(retention.rule).span;
        out.push(Diagnostic::new(CODE, message, span, label).help(
            "count from a point that every case comes to, such as `stage:` and an end stage",
        ));
    }
}
