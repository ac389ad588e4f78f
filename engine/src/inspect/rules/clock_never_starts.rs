//! A deadline exists only on paper.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::points::Happening;
use crate::model::Protocol;

pub(crate) const CODE: Code = Code::error("clock-never-starts");

/// Reports every clock that nothing starts.
pub(crate) fn clock_never_starts(
    protocol: &Protocol,
    happening: &Happening,
    out: &mut Diagnostics,
) {
    for deadline in &protocol.deadlines {
        let mut points = deadline.starts.iter().chain(&deadline.restarts);
        if points.any(|point| happening.contains(*point)) {
            continue;
        }
        let names: Vec<String> = deadline
            .starts
            .iter()
            .chain(&deadline.restarts)
            .map(|it| format!("`{}`", protocol.point_name(*it)))
            .collect();
        let label = match names.is_empty() {
            true => "it has no `starts`".to_owned(),
            false => format!("{} never happens", names.join(", ")),
        };
        let message = format!("nothing starts deadline `{}`", deadline.name);
        let span = protocol.rule(deadline.rule).span;
        out.push(
            Diagnostic::new(CODE, message, span, label)
                .help("name what makes it owed, such as `starts = \"opened\"`"),
        );
    }
}
