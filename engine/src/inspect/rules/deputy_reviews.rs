//! By standing in for each other, one person may judge a case twice.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::people::unbarred_below;
use crate::model::{Party, Protocol, RoleId, Rung};

pub(crate) const CODE: Code = Code::warning("deputy-reviews");

/// Reports every rung whose handler stands in for that of a lower rung, or the other way about,
/// unless whoever handled the case there is barred here.
pub(crate) fn deputy_reviews(protocol: &Protocol, out: &mut Diagnostics) {
    for (place, rung) in protocol.ladder.iter().enumerate() {
        let stands_in = |lower: &Rung| {
            let (here, there) = (rung.handled_by, lower.handled_by);
            let is_deputy = |deputy: RoleId, role: RoleId| {
                deputy != role
                    && protocol.roles.get(role.index()).and_then(|it| it.deputy) == Some(deputy)
            };
            if is_deputy(here, there) {
                return Some((here, there, lower.rule, lower.name.clone()));
            }
            is_deputy(there, here).then(|| (there, here, lower.rule, lower.name.clone()))
        };
        let Some((deputy, role, lower_rule, lower)) =
            unbarred_below(place, &protocol.ladder).find_map(stands_in)
        else {
            continue;
        };
        let name = |role| protocol.party_name(Party::Role(role));
        let message = format!(
            "`{}` may act for `{}`, and so judge a case on rung `{}` that was theirs on `{lower}`",
            name(deputy),
            name(role),
            rung.name
        );
        out.push(
            Diagnostic::new(
                CODE,
                message,
                protocol.rule(rung.rule).span,
                "meant to be a second look",
            )
            .other(protocol.rule(lower_rule).span, "the first look")
            .help(format!("bar whoever had the case before: `not_by = [\"rung:{lower}\"]`")),
        );
    }
}
