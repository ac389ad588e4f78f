//! A role that takes no part.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::syntax::Written;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::warning("role-never-used");

/// Reports every role that does, owes, owns, reads and is told nothing. Where a field holds a
/// role, the case itself may name any of them; and an external role, such as an ombudsman, may be
/// there only to say how it is reached.
pub(crate) fn role_never_used(written: &Written, out: &mut Diagnostics) {
    let of_entries = || written.records.iter().flat_map(|it| &it.fields).map(|it| &it.field);
    let kinds = || written.fields.iter().chain(of_entries()).filter_map(|it| it.kind.as_ref());
    if kinds().any(|kind| kind.value == "role") {
        return;
    }
    let used: BTreeSet<&str> = named(written).iter().map(|it| it.value.as_str()).collect();
    for name in written.roles.iter().filter(|it| !it.external).map(|it| &it.name) {
        if !used.contains(name.value.as_str()) {
            let message = format!("role `{}` takes no part in the procedure", name.value);
            let label = "may open a case, as every role may, and do nothing else";
            out.push(
                Diagnostic::new(CODE, message, name.span, label)
                    .help("let it report an event, own a stage or answer for a deadline"),
            );
        }
    }
}

/// Every mention of somebody.
fn named(written: &Written) -> Vec<&Spanned<String>> {
    let mut named: Vec<&Spanned<String>> = Vec::new();
    named.extend(written.protocol.iter().filter_map(|it| it.accountable.as_ref()));
    named.extend(written.roles.iter().filter_map(|it| it.deputy.as_ref()));
    named.extend(written.ladder.iter().filter_map(|it| it.handled_by.as_ref()));
    named.extend(written.events.iter().flat_map(|it| it.by.iter().chain(&it.entered_by)));
    named.extend(written.records.iter().flat_map(|it| it.by.iter().chain(&it.entered_by)));
    named.extend(written.records.iter().flat_map(|it| &it.read_by));
    named.extend(written.fields.iter().flat_map(|it| &it.read_by));
    named.extend(written.letters.iter().flat_map(|it| it.to.iter().chain(&it.copy)));
    for stage in &written.stages {
        named.extend(&stage.owner);
        named.extend(stage.on.iter().flat_map(|it| &it.branches).flat_map(|it| &it.tells));
        named.extend(stage.after.iter().flat_map(|it| &it.transition.tells));
    }
    let anywhere = written.anywhere.iter().flat_map(|it| &it.branches);
    named.extend(anywhere.flat_map(|it| &it.transition.tells));
    for stop in &written.stops {
        named.extend(stop.proposed.iter().flat_map(|it| &it.by).chain(&stop.decided_by));
        named.extend(stop.review.iter().filter_map(|it| it.by.as_ref()));
        named.extend(stop.appeal.iter().filter_map(|it| it.to.as_ref()));
    }
    named.extend(written.trends.iter().flat_map(|it| &it.tells));
    for deadline in &written.deadlines {
        named.extend(&deadline.who);
        named.extend(deadline.extend.iter().flat_map(|it| &it.tells));
        let outcomes = deadline.breach.iter().chain(&deadline.lapse);
        named.extend(outcomes.flat_map(|it| &it.tells));
    }
    named
}
