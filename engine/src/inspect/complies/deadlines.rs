//! Duties of the statute and windows of the complainant.

use crate::inspect::complies::held::{Against, COMPLAINANT, Held, alike, names};
use crate::inspect::complies::pauses;
use crate::inspect::complies::terms::{Clock, later, pairs};
use crate::inspect::rules;
use crate::syntax::{Citation, Deadline, Extension, Names, Outcome, Times};
use crate::text::Span;

/// Compares every deadline of the statute with the one that stands for it.
pub(super) fn compare(held: &mut Held<'_>) {
    let (house, statute) = (held.house, held.statute);
    for theirs in &statute.written.deadlines {
        let name = held.name("deadlines", &theirs.name.value).to_owned();
        let Some(own) = house.written.deadlines.iter().find(|it| it.name.value == name) else {
            let absent = held.absent((theirs.name.span, &theirs.citation));
            held.say(rules::duty_gone(&name, "is not there", &absent));
            continue;
        };
        let is_right = theirs.window && who(theirs) == Some(COMPLAINANT);
        same_kind(held, own, theirs, &name);
        if is_right {
            window(held, own, theirs);
        } else {
            duty(held, own, theirs);
            pauses::compare(held, own, theirs);
        }
    }
}

fn who(deadline: &Deadline) -> Option<&str> {
    deadline.who.as_ref().map(|it| it.value.as_str())
}

fn at(held: &Held<'_>, own: (&Deadline, Span), theirs: (&Deadline, Span)) -> Against {
    held.against((own.1, &own.0.citation), (theirs.1, &theirs.0.citation))
}

/// Where a list of names stands, or the deadline where there is none.
fn place(list: &Names, deadline: &Deadline) -> Span {
    list.first().map_or(deadline.name.span, |it| it.span)
}

/// Whether it is still the same duty, or the same right, and there for the same cases.
fn same_kind(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline, name: &str) {
    let whole = at(held, (own, own.name.span), (theirs, theirs.name.span));
    if own.window != theirs.window {
        let is = if own.window { "is a right, not a duty" } else { "is a duty, not a right" };
        held.say(rules::duty_gone(name, is, &whole));
    }
    if own.window && who(theirs) == Some(COMPLAINANT) && who(own) != Some(COMPLAINANT) {
        held.say(rules::duty_gone(name, "is no right of the complainant", &whole));
    }
    if own.when.is_some() && !alike(own.when.as_ref(), theirs.when.as_ref()) {
        let span = own.when.as_ref().map_or(own.name.span, |it| it.token);
        let whole = at(held, (own, span), (theirs, theirs.name.span));
        held.say(rules::duty_gone(name, "is not there in every case", &whole));
    }
    let records = |it: &Deadline| it.for_each.as_ref().map(|it| it.value.clone());
    let agreed = |it: &Deadline| it.due.as_ref().map(|it| it.value.clone());
    let field = agreed(theirs).map(|it| held.name("fields", &it).to_owned());
    if records(own) != records(theirs) || (field != agreed(own)) {
        held.say(rules::duty_gone(name, "is counted for something else", &whole));
    }
    if theirs.after_close && !own.after_close {
        held.say(rules::duty_weaker(&format!("deadline `{name}` ends with the case"), &whole));
    }
}

fn duty(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    let name = own.name.value.as_str();
    let map = |held: &Held<'_>, list: &Names, own: &Names| {
        held.lacking(list, own, |it| held.point(it)).first().map(|it| (*it).clone())
    };
    let is_earlier = names(&own.starts, "opened") && theirs.restarts.is_empty();
    if let Some(lost) = map(held, &theirs.starts, &own.starts).filter(|_| !is_earlier) {
        let both = at(held, (own, place(&own.starts, own)), (theirs, lost.span));
        held.say(rules::duty_starts_later(name, &lost.value, &both));
    }
    let added = held.added(&theirs.restarts, &own.restarts, |it| held.point(it));
    if let Some(added) = added.first().map(|it| (*it).clone()) {
        let both = at(held, (own, added.span), (theirs, theirs.name.span));
        held.say(rules::duty_weaker(
            &format!("`{}` starts deadline `{name}` again", added.value),
            &both,
        ));
    }
    let (clock, other) = (Clock::of(held.house, own), Clock::of(held.statute, theirs));
    for (term, limit) in pairs(own, theirs) {
        if let Some(example) = later((clock, &term.value), (other, &limit.value)) {
            let both = at(held, (own, term.span), (theirs, limit.span));
            held.say(rules::term_longer(name, &term.value, &limit.value, &example, &both));
            break;
        }
    }
    extensions(held, own, theirs);
    easier(held, own, theirs);
    outcome(held, own, theirs);
}

/// What meets or ends a duty that does not meet or end that of the statute.
fn easier(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    let name = own.name.value.as_str();
    for met in &own.met_by {
        let is_known = theirs.met_by.iter().any(|it| {
            let is_free = it.when.is_none() || alike(it.when.as_ref(), met.when.as_ref());
            held.point(&it.on.value) == met.on.value && is_free
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

fn extensions(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    let (clock, other) = (Clock::of(held.house, own), Clock::of(held.statute, theirs));
    for extension in &own.extend {
        let on = extension.on.as_ref().map(|it| it.value.as_str());
        let same = theirs
            .extend
            .iter()
            .find(|it| it.on.as_ref().map(|it| held.point(&it.value)).as_deref() == on);
        let span = extension.on.as_ref().map_or(extension.span, |it| it.span);
        let Some(same) = same else {
            let both =
                held.against((span, &extension.citation), (theirs.name.span, &theirs.citation));
            held.say(rules::extended_further(
                &own.name.value,
                "the statute has no such extension",
                &both,
            ));
            continue;
        };
        let both = held.against((span, &extension.citation), (same.span, &same.citation));
        if let Some(why) = longer(extension, same, clock, other) {
            held.say(rules::extended_further(&own.name.value, &why, &both));
        }
        letters(held, &extension.sends, &same.sends, &both);
    }
}

/// Why an extension goes further than that of the statute.
fn longer(
    own: &Extension,
    theirs: &Extension,
    clock: Clock<'_>,
    other: Clock<'_>,
) -> Option<String> {
    let of = |it: &Extension| [it.add.clone(), it.total.clone(), it.up_to.clone()];
    for (term, limit) in of(own).iter().zip(of(theirs)) {
        match (term, limit) {
            (Some(term), Some(limit)) => {
                if let Some(example) = later((clock, &term.value), (other, &limit.value)) {
                    return Some(format!(
                        "`{}` is more than `{}`: {example}",
                        term.value, limit.value
                    ));
                }
            }
            (None, None) => {}
            (None, Some(limit)) => return Some(format!("it is not limited to `{}`", limit.value)),
            (Some(_), None) => {}
        }
    }
    let is_of_its_kind =
        |it: &Extension| (it.add.is_some(), it.total.is_some(), it.until.is_some());
    if is_of_its_kind(own) != is_of_its_kind(theirs) {
        return Some("it is counted in another way".to_owned());
    }
    let times = |it: &Extension| match it.times.as_ref().map(|it| &it.value) {
        Some(Times::AtMost(times)) => *times,
        Some(Times::Any) => u32::MAX,
        None => 1,
    };
    if times(own) > times(theirs) {
        return Some("it may happen more often".to_owned());
    }
    if theirs.when.is_some() && !alike(own.when.as_ref(), theirs.when.as_ref()) {
        return Some("it may happen in other cases".to_owned());
    }
    (own.late && !theirs.late).then(|| "it may come after the due instant".to_owned())
}

/// What a missed duty does.
fn outcome(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    let name = own.name.value.as_str();
    let Some(limit) = &theirs.breach else { return };
    let Some(breach) = &own.breach else {
        let both = held.against((own.name.span, &own.citation), (limit.span, &limit.citation));
        if !limit.tells.is_empty() {
            held.say(rules::duty_weaker(&format!("nobody is told of a missed `{name}`"), &both));
        }
        letters(held, &Names::new(), &limit.sends, &both);
        rungs(held, own, None, limit);
        return;
    };
    let first = breach.tells.first().or_else(|| breach.sends.first());
    let span = first.map_or(breach.span, |it| it.span);
    let both = held.against(
        (span, breach.citation.source.as_ref().map_or(&own.citation, |_| &breach.citation)),
        (limit.span, limit.citation.source.as_ref().map_or(&theirs.citation, |_| &limit.citation)),
    );
    let lost = held.lacking(&limit.tells, &breach.tells, |it| held.party(it));
    if let Some(lost) = lost.first() {
        let what = format!("`{}` is not told of a missed `{name}`", lost.value);
        held.say(rules::duty_weaker(&what, &both));
    }
    letters(held, &breach.sends, &limit.sends, &both);
    rungs(held, own, Some(breach), limit);
}

fn rungs(held: &mut Held<'_>, own: &Deadline, breach: Option<&Outcome>, limit: &Outcome) {
    let climbs = breach.is_some_and(|it| it.escalate.is_some());
    if limit.escalate.is_some() && !climbs {
        let span = breach.map_or(own.name.span, |it| it.span);
        let both = held.against((span, &own.citation), (limit.span, &limit.citation));
        let what = format!("a missed `{}` does not go up the ladder", own.name.value);
        held.say(rules::step_skipped(&what, &both));
    }
}

/// Reports each letter that the statute sends and the protocol does not.
pub(super) fn letters(held: &mut Held<'_>, own: &Names, theirs: &Names, both: &Against) {
    let map = |it: &str| held.name("letters", it).to_owned();
    let lost: Vec<String> =
        held.lacking(theirs, own, map).into_iter().map(|it| it.value.clone()).collect();
    for letter in lost {
        let letter = held.name("letters", &letter).to_owned();
        held.say(rules::letter_gone(&letter, "is not sent", both));
    }
}

/// A right that is cut short: it ends earlier, or does not begin where it should.
fn window(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    let name = own.name.value.as_str();
    let whole = |held: &Held<'_>, span: Span| at(held, (own, span), (theirs, theirs.name.span));
    for (list, limit) in [(&own.starts, &theirs.starts), (&own.restarts, &theirs.restarts)] {
        let lost = held.lacking(limit, list, |it| held.point(it)).first().map(|it| (*it).clone());
        if let Some(lost) = lost {
            let both = at(held, (own, place(list, own)), (theirs, lost.span));
            held.say(rules::window_shorter(
                name,
                &format!("`{}` does not begin it", lost.value),
                &both,
            ));
        }
    }
    let early = held.added(&theirs.starts, &own.starts, |it| held.point(it));
    if let Some(early) = early.first().map(|it| (*it).clone()) {
        let both = whole(held, early.span);
        held.say(rules::window_shorter(
            name,
            &format!("`{}` begins it as well", early.value),
            &both,
        ));
    }
    let (clock, other) = (Clock::of(held.house, own), Clock::of(held.statute, theirs));
    for (term, limit) in pairs(own, theirs) {
        if later((other, &limit.value), (clock, &term.value)).is_some() {
            let both = at(held, (own, term.span), (theirs, limit.span));
            let why = format!("`{}` is less than `{}`", term.value, limit.value);
            held.say(rules::window_shorter(name, &why, &both));
            break;
        }
    }
    for added in held.added(&theirs.cancelled_by, &own.cancelled_by, |it| held.point(it)) {
        let both = whole(held, added.span);
        let fault = rules::window_shorter(name, &format!("`{}` ends it", added.value), &both);
        held.say(fault);
    }
    let Some(lapse) = &own.lapse else { return };
    let is_known = theirs.lapse.as_ref().is_some_and(|it| it.to.is_some());
    if let Some(to) = lapse.to.as_ref().filter(|_| !is_known) {
        let both =
            held.against((to.span, &Citation::default()), (theirs.name.span, &theirs.citation));
        held.say(rules::window_shorter(name, "its end moves the case", &both));
    }
}
