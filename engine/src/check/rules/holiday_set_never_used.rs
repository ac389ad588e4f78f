//! No calendar closes on the days of a set.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::syntax::Written;
use crate::text::Span;

pub(crate) const CODE: Code = Code::warning("holiday-set-never-used");

/// Reports every set of holidays in the protocol's own folder that no calendar names.
pub(crate) fn holiday_set_never_used(written: &Written, out: &mut Diagnostics) {
    let named = written.calendars.iter().flat_map(|it| &it.holidays);
    let named: BTreeSet<&str> = named.map(|it| it.value.as_str()).collect();
    let own = written.holiday_sets.iter().filter(|it| !it.shipped);
    let own = own.map(|it| (it.id.value.as_str(), it.id.span));
    let files = written.ics.iter().map(|it| (it.id.as_str(), Span::whole(it.file)));
    for (id, span) in own.chain(files).filter(|(id, _)| !named.contains(id)) {
        let message = format!("no calendar is closed on the holidays of `{id}`");
        out.push(
            Diagnostic::new(CODE, message, span, "every day of it counts as any other")
                .help(format!("write `holidays = [\"{id}\"]` in a calendar, or remove the file")),
        );
    }
}
