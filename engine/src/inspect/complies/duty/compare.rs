//! Every deadline of the statute with the one that stands for it.

use crate::inspect::complies::duty::{owed, pauses, windows};
use crate::inspect::complies::held::{Against, COMPLAINANT, Held};
use crate::inspect::complies::way::Pairs;
use crate::inspect::rules;
use crate::syntax::{Deadline, Names};
use crate::text::Span;

/// Compares every deadline of the statute with the one that stands for it.
pub(crate) fn compare(held: &mut Held<'_>, pairs: &Pairs) {
    let (house, statute) = (held.house, held.statute);
    for theirs in &statute.written.deadlines {
        let name = held.name("deadlines", &theirs.name.value).to_owned();
        let Some(own) = house.written.deadlines.iter().find(|it| it.name.value == name) else {
            let absent = held.absent((theirs.name.span, &theirs.citation));
            held.say(rules::duty_gone(&name, "is not there", &absent));
            continue;
        };
        same_kind(held, own, theirs, &name);
        if theirs.window && who(theirs) == Some(COMPLAINANT) {
            windows::compare(held, own, theirs);
            pauses::of_right(held, own, theirs);
        } else {
            owed::compare(held, own, theirs);
            pauses::of_duty(held, own, theirs, pairs);
        }
    }
}

fn who(deadline: &Deadline) -> Option<&str> {
    deadline.who.as_ref().map(|it| it.value.as_str())
}

/// The places of both, with their sources.
pub(super) fn at(held: &Held<'_>, own: (&Deadline, Span), theirs: (&Deadline, Span)) -> Against {
    held.against((own.1, &own.0.citation), (theirs.1, &theirs.0.citation))
}

/// Where a list of names stands, or the deadline where there is none.
pub(super) fn place(list: &Names, deadline: &Deadline) -> Span {
    list.first().map_or(deadline.name.span, |it| it.span)
}

/// Whether it is still the same duty, or the same right, and there for the same cases.
fn same_kind(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline, name: &str) {
    let whole = at(held, (own, own.name.span), (theirs, theirs.name.span));
    let mut gone = Vec::new();
    if own.window != theirs.window {
        gone.push(if own.window { "is a right, not a duty" } else { "is a duty, not a right" });
    }
    let (ours, wanted) = (who(own), who(theirs));
    if own.window && wanted == Some(COMPLAINANT) && ours != Some(COMPLAINANT) {
        gone.push("is no right of the complainant");
    }
    let is_outside = |side, who: Option<&str>| who.is_some_and(|it| Held::is_outside(side, it));
    if !theirs.window && is_outside(held.house, ours) && !is_outside(held.statute, wanted) {
        gone.push("is no duty of the organisation");
    }
    if theirs.every.is_some() && own.every.is_none() {
        gone.push("does not come back");
    }
    let records = |it: &Deadline| it.for_each.as_ref().map(|it| it.value.clone());
    let agreed = |it: &Deadline| it.due.as_ref().map(|it| it.value.clone());
    let field = agreed(theirs).map(|it| held.name("fields", &it).to_owned());
    let per = |it: &Deadline| it.per.as_ref().map(|it| it.value.clone());
    if records(own) != records(theirs) || field != agreed(own) || per(own) != per(theirs) {
        gone.push("is counted for something else");
    }
    for what in gone {
        held.say(rules::duty_gone(name, what, &whole));
    }
    if !held.covers(own.when.as_ref(), theirs.when.as_ref()) {
        let span = own.when.as_ref().map_or(own.name.span, |it| it.token);
        let both = at(held, (own, span), (theirs, theirs.name.span));
        held.say(rules::duty_gone(name, "is not there in every case", &both));
    }
    if theirs.after_close && !own.after_close {
        held.say(rules::duty_weaker(&format!("deadline `{name}` ends with the case"), &whole));
    }
}
