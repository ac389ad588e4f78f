//! What the organisation owes, or may do until a term is over.

use crate::inspect::complies::duty::compare::{at, place};
use crate::inspect::complies::duty::pairs::pairs;
use crate::inspect::complies::duty::terms::{Clock, later};
use crate::inspect::complies::duty::{extensions, outcome};
use crate::inspect::complies::held::{Held, names};
use crate::inspect::rules;
use crate::syntax::{Deadline, Names};
use crate::text::Spanned;

/// Compares two duties, or two windows that are not the complainant's.
pub(super) fn compare(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    starts(held, own, theirs);
    let name = own.name.value.as_str();
    let (clock, other) = (Clock::of(held.house, own), Clock::of(held.statute, theirs));
    for (term, limit) in pairs(held, own, theirs) {
        if let Some(example) = later((clock, &term.value), (other, &limit.value)) {
            let both = at(held, (own, term.span), (theirs, limit.span));
            held.say(rules::term_longer(name, &term.value, &limit.value, &example, &both));
            break;
        }
    }
    extensions::compare(held, own, theirs);
    easier(held, own, theirs);
    outcome::of_deadline(held, own, theirs);
}

/// The points of which a case can have another after the clock that `opened` started has ended: each must
/// start it anew.
fn comes_again(point: &str) -> bool {
    ["opened", "escalated", "reopened"].contains(&point) || point.starts_with("rung:")
}

fn starts(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    let name = own.name.value.as_str();
    let first_lost = |held: &Held<'_>, list: &Names, own: &Names| -> Option<Spanned<String>> {
        held.lacking(list, own, |it| held.point(it)).first().map(|it| (*it).clone())
    };
    let is_earlier = names(&own.starts, "opened")
        && theirs.restarts.is_empty()
        && !theirs.starts.iter().any(|it| comes_again(&it.value));
    let lost = first_lost(held, &theirs.starts, &own.starts).filter(|_| !is_earlier);
    let again: Names = own.starts.iter().chain(&own.restarts).cloned().collect();
    let lost = lost.or_else(|| first_lost(held, &theirs.restarts, &again));
    if let Some(lost) = lost {
        let both = at(held, (own, place(&own.starts, own)), (theirs, lost.span));
        held.say(rules::duty_starts_later(name, &lost.value, &both));
    }
    let added = held.added(&theirs.restarts, &own.restarts, |it| held.point(it));
    if let Some(added) = added.first() {
        let both = at(held, (own, added.span), (theirs, theirs.name.span));
        let what = format!("`{}` starts deadline `{name}` again", added.value);
        held.say(rules::duty_weaker(&what, &both));
    }
    let added = held.added(&theirs.starts, &own.starts, |it| held.point(it));
    let fields = &held.house.written.fields;
    let is_field = |point: &str| fields.iter().any(|it| it.name.value == point);
    let date = added.iter().find(|it| is_field(&it.value));
    if let Some(date) = date.filter(|_| !theirs.starts.is_empty()) {
        let both = at(held, (own, date.span), (theirs, theirs.name.span));
        let what =
            format!("deadline `{name}` may begin with a date that lies ahead, `{}`", date.value);
        held.say(rules::duty_weaker(&what, &both));
    }
}

/// What meets or ends a duty that does not meet or end that of the statute.
fn easier(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    let name = own.name.value.as_str();
    for met in &own.met_by {
        let is_known = theirs.met_by.iter().any(|it| {
            held.point(&it.on.value) == met.on.value
                && held.only_where(met.when.as_ref(), it.when.as_ref())
        });
        if !is_known {
            let both = at(held, (own, met.on.span), (theirs, theirs.name.span));
            let what = format!("deadline `{name}` is met by `{}`", met.on.value);
            held.say(rules::duty_weaker(&what, &both));
        }
    }
    for (list, limit, says) in [
        (&own.cancelled_by, &theirs.cancelled_by, "cancelled"),
        (&own.until, &theirs.until, "ended"),
    ] {
        for added in held.added(limit, list, |it| held.point(it)) {
            let both = at(held, (own, added.span), (theirs, theirs.name.span));
            let what = format!("deadline `{name}` is {says} by `{}`", added.value);
            let fault = rules::duty_weaker(&what, &both);
            held.say(fault);
        }
    }
}
