//! What the complainant may report, and what others must say when they report.

use crate::inspect::complies::held::{Against, COMPLAINANT, Held, names};
use crate::inspect::rules;
use crate::syntax::{Event, Names};

/// Compares every event of the statute that the protocol has, and every letter.
pub(super) fn compare(held: &mut Held<'_>) {
    let (house, statute) = (held.house, held.statute);
    for theirs in &statute.written.events {
        let name = held.name("events", &theirs.name.value).to_owned();
        let own = house.written.events.iter().find(|it| it.name.value == name);
        let is_right = names(&theirs.by, COMPLAINANT);
        match own {
            Some(own) if is_right => right(held, own, theirs),
            Some(own) => report(held, own, theirs),
            None if is_right => {
                let absent = held.absent((theirs.name.span, &theirs.citation));
                held.say(rules::right_gone(&name, "is no event", &absent));
            }
            None => {}
        }
    }
    letters(held);
}

fn both(held: &Held<'_>, own: &Event, theirs: &Event) -> Against {
    held.against((own.name.span, &own.citation), (theirs.name.span, &theirs.citation))
}

/// An event of the complainant asks for no more than the statute does.
fn right(held: &mut Held<'_>, own: &Event, theirs: &Event) {
    let (name, both) = (own.name.value.clone(), both(held, own, theirs));
    let mut faults = Vec::new();
    if !names(&own.by, COMPLAINANT) {
        faults.push("is no act of the complainant".to_owned());
    }
    for lost in held.lacking(&theirs.entered_by, &own.entered_by, |it| held.party(it)) {
        faults.push(format!("cannot be entered by `{}`", lost.value));
    }
    for field in own.carries.iter().filter(|it| !it.optional) {
        let is_known = theirs
            .carries
            .iter()
            .any(|it| !it.optional && held.name("fields", &it.field.value) == field.field.value);
        if !is_known {
            faults.push(format!("must bring `{}`", field.field.value));
        }
    }
    if own.reason && !theirs.reason {
        faults.push("must give a reason".to_owned());
    }
    if own.written && !theirs.written {
        faults.push("must be in writing".to_owned());
    }
    for added in required(held, &own.requires, &theirs.requires) {
        faults.push(format!("requires `{added}`"));
    }
    for added in held.added(&theirs.not_by, &own.not_by, |it| held.party(it)) {
        faults.push(format!("may not be reported by `{}`", added.value));
    }
    for fault in faults {
        held.say(rules::right_gone(&name, &fault, &both));
    }
}

/// The conditions that the first list has and the second has not, by name and by what they say.
pub(super) fn required(held: &Held<'_>, own: &Names, theirs: &Names) -> Vec<String> {
    let is_same = |name: &str| names(theirs, name) && same_condition(held, name);
    own.iter().filter(|it| !is_same(&it.value)).map(|it| it.value.clone()).collect()
}

/// The conditions of the statute that the protocol does not ask for.
pub(super) fn not_required(held: &Held<'_>, own: &Names, theirs: &Names) -> Vec<String> {
    let is_same = |name: &str| names(own, name) && same_condition(held, name);
    theirs.iter().filter(|it| !is_same(&it.value)).map(|it| it.value.clone()).collect()
}

fn same_condition(held: &Held<'_>, name: &str) -> bool {
    let of = |it: crate::inspect::complies::Side<'_>| {
        let found = it.written.conditions.iter().find(|it| it.name.value == name);
        found.and_then(|it| it.is.clone())
    };
    let (own, theirs) = (of(held.house), of(held.statute));
    crate::inspect::complies::held::alike(own.as_ref(), theirs.as_ref())
}

/// An event of the organisation says no less than by the statute.
fn report(held: &mut Held<'_>, own: &Event, theirs: &Event) {
    let (name, both) = (own.name.value.clone(), both(held, own, theirs));
    let mut faults = Vec::new();
    for field in theirs.carries.iter().filter(|it| !it.optional) {
        let wanted = held.name("fields", &field.field.value);
        if !own.carries.iter().any(|it| !it.optional && it.field.value == wanted) {
            faults.push(format!("event `{name}` need not bring `{wanted}`"));
        }
    }
    if theirs.reason && !own.reason {
        faults.push(format!("event `{name}` needs no reason"));
    }
    if theirs.written && !own.written {
        faults.push(format!("event `{name}` need not be in writing"));
    }
    for lost in not_required(held, &own.requires, &theirs.requires) {
        faults.push(format!("event `{name}` does not require `{lost}`"));
    }
    for lost in held.lacking(&theirs.not_by, &own.not_by, |it| held.party(it)) {
        faults.push(format!("event `{name}` may be reported by `{}`", lost.value));
    }
    for fault in faults {
        held.say(rules::duty_weaker(&fault, &both));
    }
}

/// A letter that both have goes to the same people and says as much.
fn letters(held: &mut Held<'_>) {
    let (house, statute) = (held.house, held.statute);
    for theirs in &statute.written.letters {
        let name = held.name("letters", &theirs.name.value).to_owned();
        let Some(own) = house.written.letters.iter().find(|it| it.name.value == name) else {
            continue;
        };
        let span = own.states.first().map_or(own.name.span, |it| it.span);
        let both = held.against((span, &own.citation), (theirs.name.span, &theirs.citation));
        let mut faults = Vec::new();
        for lost in held.lacking(&theirs.to, &own.to, |it| held.party(it)) {
            faults.push(format!("does not go to `{}`", lost.value));
        }
        for lost in held.lacking(&theirs.states, &own.states, |it| stated(held, it)) {
            faults.push(format!("does not state `{}`", lost.value));
        }
        for fault in faults {
            held.say(rules::letter_gone(&name, &fault, &both));
        }
    }
}

/// What stands for something that a letter states.
fn stated(held: &Held<'_>, what: &str) -> String {
    let deadline = what.strip_prefix("deadline.").and_then(|it| it.split_once('.'));
    match deadline {
        Some((name, rest)) => format!("deadline.{}.{rest}", held.name("deadlines", name)),
        None => held.name("fields", what).to_owned(),
    }
}
