//! Rights of the complainant that end.

use crate::inspect::complies::duty::compare::{at, place};
use crate::inspect::complies::duty::pairs::pairs;
use crate::inspect::complies::duty::terms::{Clock, later};
use crate::inspect::complies::duty::{extensions, outcome};
use crate::inspect::complies::held::Held;
use crate::inspect::rules;
use crate::syntax::{Citation, Deadline};
use crate::text::Span;

/// A right that is cut short: it ends earlier, or does not begin where it should.
pub(super) fn compare(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    begins(held, own, theirs);
    let name = own.name.value.as_str();
    let (clock, other) = (Clock::of(held.house, own), Clock::of(held.statute, theirs));
    for (term, limit) in pairs(held, own, theirs) {
        if later((other, &limit.value), (clock, &term.value)).is_some() {
            let both = at(held, (own, term.span), (theirs, limit.span));
            let why = match term.value == limit.value {
                true => format!("`{}` is counted to an earlier end", term.value),
                false => format!("`{}` is less than `{}`", term.value, limit.value),
            };
            held.say(rules::window_shorter(name, &why, &both));
            break;
        }
    }
    extensions::of_right(held, own, theirs);
    ends(held, own, theirs);
}

fn begins(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    let name = own.name.value.as_str();
    for (list, limit) in [(&own.starts, &theirs.starts), (&own.restarts, &theirs.restarts)] {
        let lost = held.lacking(limit, list, |it| held.point(it)).first().map(|it| (*it).clone());
        if let Some(lost) = lost {
            let both = at(held, (own, place(list, own)), (theirs, lost.span));
            let why = format!("`{}` does not begin it", lost.value);
            held.say(rules::window_shorter(name, &why, &both));
        }
    }
    let early = held.added(&theirs.starts, &own.starts, |it| held.point(it));
    if let Some(early) = early.first().map(|it| (*it).clone()) {
        let both = at(held, (own, early.span), (theirs, theirs.name.span));
        let why = format!("`{}` begins it as well", early.value);
        held.say(rules::window_shorter(name, &why, &both));
    }
}

/// What ends it before its term, and what its end does.
fn ends(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    let name = own.name.value.as_str();
    let whole = |held: &Held<'_>, span: Span| at(held, (own, span), (theirs, theirs.name.span));
    for added in held.added(&theirs.cancelled_by, &own.cancelled_by, |it| held.point(it)) {
        let both = whole(held, added.span);
        let fault = rules::window_shorter(name, &format!("`{}` ends it", added.value), &both);
        held.say(fault);
    }
    for used in &own.met_by {
        let is_known = theirs.met_by.iter().any(|it| {
            held.point(&it.on.value) == used.on.value
                && held.only_where(used.when.as_ref(), it.when.as_ref())
        });
        if !is_known {
            let both = whole(held, used.on.span);
            let why = format!("`{}` counts as its use", used.on.value);
            held.say(rules::window_shorter(name, &why, &both));
        }
    }
    let is_known = theirs.lapse.as_ref().is_some_and(|it| it.to.is_some());
    if let Some(to) = own.lapse.as_ref().and_then(|it| it.to.as_ref()).filter(|_| !is_known) {
        let both =
            held.against((to.span, &Citation::default()), (theirs.name.span, &theirs.citation));
        held.say(rules::window_shorter(name, "its end moves the case", &both));
        return;
    }
    if own.lapse.as_ref().is_some_and(|it| it.to.is_some()) {
        for used in &theirs.met_by {
            let point = held.point(&used.on.value);
            let is_there = own.met_by.iter().any(|it| {
                it.on.value == point && held.covers(it.when.as_ref(), used.when.as_ref())
            });
            if !is_there {
                let both = whole(held, own.name.span);
                held.say(rules::window_shorter(name, &format!("`{point}` is no use of it"), &both));
            }
        }
    }
    outcome::compare(held, own, theirs, (own.lapse.as_ref(), theirs.lapse.as_ref()), "the end of");
}
