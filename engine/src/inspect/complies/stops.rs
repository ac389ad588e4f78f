//! Restrictions: what protects somebody against whom one is decided, and what it may refuse.

use crate::inspect::complies::duty::{Clock, later};
use crate::inspect::complies::events::of_outside;
use crate::inspect::complies::held::Held;
use crate::inspect::rules;
use crate::syntax::{Stop, StopRefuses};

/// Compares every stop of the protocol with that of the statute, if it has one of that name.
pub(super) fn compare(held: &mut Held<'_>) {
    let (house, statute) = (held.house, held.statute);
    for own in &house.written.stops {
        let theirs = statute.written.stops.iter().find(|it| it.name.value == own.name.value);
        let faults = match theirs {
            Some(theirs) => weaker(held, own, theirs),
            None => refused(held, own, None),
        };
        let limit = theirs.map(|it| (it.name.span, &it.citation));
        let first = statute.written.protocol.as_ref().map(|it| (it.span, &it.citation));
        let Some(limit) = limit.or(first) else { continue };
        let both = held.against((own.name.span, &own.citation), limit);
        for fault in faults {
            held.say(rules::right_gone(&own.name.value, &fault, &both));
        }
    }
}

fn weaker(held: &Held<'_>, own: &Stop, theirs: &Stop) -> Vec<String> {
    let mut faults = Vec::new();
    let (house, statute) = (held.house.protocol, held.statute.protocol);
    let clock = Clock { protocol: house, deadline: None, receipt: false };
    let other = Clock { protocol: statute, deadline: None, receipt: false };
    let is_longer = |own: Option<&String>, theirs: Option<&String>| match (own, theirs) {
        (Some(own), Some(theirs)) => later((clock, own), (other, theirs)).is_some(),
        (None, Some(_)) => true,
        (_, None) => false,
    };
    let is_shorter = |own: Option<&String>, theirs: Option<&String>| match (own, theirs) {
        (Some(own), Some(theirs)) => later((other, theirs), (clock, own)).is_some(),
        (None, Some(_)) => true,
        (_, None) => false,
    };
    let wait = |it: &Stop| it.warn_first.as_ref().and_then(|it| it.wait.clone()).map(|it| it.value);
    if theirs.warn_first.is_some() && own.warn_first.is_none() {
        faults.push("comes without a warning".to_owned());
    } else if is_shorter(wait(own).as_ref(), wait(theirs).as_ref()) {
        faults.push("comes sooner after the warning".to_owned());
    }
    let every = |it: &Stop| it.review.as_ref().and_then(|it| it.every.clone()).map(|it| it.value);
    if is_longer(every(own).as_ref(), every(theirs).as_ref()) {
        faults.push("is reviewed less often".to_owned());
    }
    let within = |it: &Stop| it.appeal.as_ref().and_then(|it| it.within.clone()).map(|it| it.value);
    let answer = |it: &Stop| it.appeal.as_ref().and_then(|it| it.answer.clone()).map(|it| it.value);
    if is_shorter(within(own).as_ref(), within(theirs).as_ref()) {
        faults.push("leaves less time to appeal".to_owned());
    }
    if is_longer(answer(own).as_ref(), answer(theirs).as_ref()) {
        faults.push("takes longer to answer an appeal".to_owned());
    }
    let lasts = |it: &Stop| it.lasts.as_ref().map(|it| it.value.clone());
    if is_longer(lasts(own).as_ref(), lasts(theirs).as_ref()) {
        faults.push("lasts longer".to_owned());
    }
    faults.extend(letters(held, own, theirs));
    faults.extend(people(held, own, theirs));
    for lost in held.lacking(&theirs.not_by, &own.not_by, |it| held.party(it)) {
        faults.push(format!("may be decided by `{}`", lost.value));
    }
    faults.extend(refused(held, own, Some(theirs)));
    faults
}

/// The letters of the statute that do not go out.
fn letters(held: &Held<'_>, own: &Stop, theirs: &Stop) -> Vec<String> {
    let warning = |it: &Stop| it.warn_first.as_ref().and_then(|it| it.letter.clone());
    let review = |it: &Stop| it.review.as_ref().and_then(|it| it.letter.clone());
    let appeal = |it: &Stop| it.appeal.as_ref().and_then(|it| it.letter.clone());
    [
        (own.notice.clone(), theirs.notice.clone(), "is not notified"),
        (warning(own), warning(theirs), "is not warned of"),
        (review(own), review(theirs), "has no letter about its review"),
        (appeal(own), appeal(theirs), "has no letter about an appeal"),
    ]
    .into_iter()
    .filter(|(own, theirs, _)| {
        let wanted = theirs.as_ref().map(|it| held.name("letters", &it.value));
        wanted.is_some() && own.as_ref().map(|it| it.value.as_str()) != wanted
    })
    .map(|(_, _, what)| what.to_owned())
    .collect()
}

/// Who decides about it, and whom it concerns.
fn people(held: &Held<'_>, own: &Stop, theirs: &Stop) -> Vec<String> {
    let mut faults = Vec::new();
    let covers = |it: &Stop| it.covers.as_ref().map(|it| it.value.clone());
    if covers(own).as_deref() == Some("complainant") && covers(theirs).as_deref() == Some("case") {
        faults.push("covers every case of a person".to_owned());
    }
    for added in held.added(&theirs.decided_by, &own.decided_by, |it| held.party(it)) {
        faults.push(format!("may be decided by `{}`", added.value));
    }
    let review = |it: &Stop| it.review.as_ref().and_then(|it| it.by.clone()).map(|it| it.value);
    let appeal = |it: &Stop| it.appeal.as_ref().and_then(|it| it.to.clone()).map(|it| it.value);
    let is_other = |own: Option<String>, theirs: Option<String>| {
        let wanted = theirs.map(|it| held.party(&it));
        wanted.is_some() && own.is_some() && own != wanted
    };
    if is_other(review(own), review(theirs)) {
        faults.push("is reviewed by somebody else".to_owned());
    }
    if is_other(appeal(own), appeal(theirs)) {
        faults.push("has its appeals heard by somebody else".to_owned());
    }
    let proposed = |it: &Stop| it.proposed.as_ref().and_then(|it| it.when.clone());
    let (ours, wanted) = (proposed(own), proposed(theirs));
    if ours.is_some() && !(wanted.is_some() && held.only_where(ours.as_ref(), wanted.as_ref())) {
        faults.push("is proposed by itself in other cases".to_owned());
    }
    faults
}

/// The events of the complainant that it refuses and that the statute does not let it refuse.
fn refused(held: &Held<'_>, own: &Stop, theirs: Option<&Stop>) -> Vec<String> {
    let mut faults = Vec::new();
    let events = held.statute.written.events.iter().map(|it| (&it.name, &it.by));
    let records = held.statute.written.records.iter().map(|it| (&it.name, &it.by));
    let rights = events.chain(records).filter(|it| of_outside(held.statute, it.1));
    let rights: Vec<&str> = rights.map(|it| held.name("events", &it.0.value)).collect();
    for row in &own.refuses {
        for event in row.events.iter().filter(|it| rights.contains(&it.value.as_str())) {
            let mut known = theirs.into_iter().flat_map(|it| &it.refuses).filter(|it| {
                it.events.iter().any(|it| held.name("events", &it.value) == event.value)
            });
            let lets = |theirs: &StopRefuses| match (&row.unless, &theirs.unless) {
                (_, None) => true,
                (None, Some(_)) => false,
                (own, unless) => held.covers(own.as_ref(), unless.as_ref()),
            };
            let is_known = known.any(lets);
            if !is_known {
                faults.push(format!("refuses `{}`", event.value));
            }
        }
    }
    faults
}
