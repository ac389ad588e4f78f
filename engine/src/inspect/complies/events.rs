//! What those outside may report, and what the organisation must say when it reports.

use crate::inspect::complies::held::{Against, COMPLAINANT, Held, Side, names};
use crate::inspect::rules;
use crate::syntax::{Event, Names, Record};

/// Compares every event and record of the statute that the protocol has.
pub(super) fn compare(held: &mut Held<'_>) {
    let (house, statute) = (held.house, held.statute);
    for theirs in &statute.written.events {
        let name = held.name("events", &theirs.name.value).to_owned();
        let own = house.written.events.iter().find(|it| it.name.value == name);
        match own {
            Some(own) if of_outside(statute, &theirs.by) => {
                right(held, own, theirs);
                if costs_them(statute, &theirs.name.value) {
                    report(held, own, theirs);
                }
            }
            Some(own) => report(held, own, theirs),
            None if of_outside(statute, &theirs.by) => {
                let absent = held.absent((theirs.name.span, &theirs.citation));
                held.say(rules::right_gone(&name, "is no event", &absent));
            }
            None => {}
        }
    }
    for theirs in &statute.written.records {
        record(held, theirs);
    }
}

/// Whether somebody outside the organisation may do what these do.
pub(super) fn of_outside(side: Side<'_>, by: &Names) -> bool {
    by.iter().any(|it| Held::is_outside(side, &it.value))
}

/// Whether those outside also lose something by an event, or somebody inside may report it: then it asks for
/// no less than by the statute either.
pub(super) fn costs_them(side: Side<'_>, event: &str) -> bool {
    let written = side.written;
    let is_inside =
        written.events.iter().any(|it| it.name.value == event && !only_outside(side, &it.by));
    let duties = || written.deadlines.iter().filter(|it| !it.window);
    let extends = duties()
        .flat_map(|it| &it.extend)
        .any(|it| it.on.as_ref().is_some_and(|it| it.value == event));
    let meets = duties().any(|it| {
        it.met_by.iter().any(|it| it.on.value == event) || names(&it.cancelled_by, event)
    });
    let on = written.stages.iter().flat_map(|it| &it.on).filter(|it| it.event.value == event);
    let anywhere = written.anywhere.iter().filter(|it| it.event.value == event);
    let ways = on
        .flat_map(|it| &it.branches)
        .chain(anywhere.flat_map(|it| &it.branches).map(|it| &it.transition));
    let ends = ways.filter_map(|it| it.to.as_ref()).any(|to| {
        let stage = written.stages.iter().find(|it| it.name.value == to.value);
        stage.and_then(|it| it.end.as_ref()).is_some_and(|it| it.value)
    });
    is_inside || extends || meets || ends
}

/// Whether nobody inside does what these do.
pub(super) fn only_outside(side: Side<'_>, by: &Names) -> bool {
    !by.is_empty() && by.iter().all(|it| Held::is_outside(side, &it.value))
}

fn both(held: &Held<'_>, own: &Event, theirs: &Event) -> Against {
    held.against((own.name.span, &own.citation), (theirs.name.span, &theirs.citation))
}

/// Whose act it is no more, and who can no more enter it.
fn narrowed(held: &Held<'_>, own: (&Names, &Names), theirs: (&Names, &Names)) -> Vec<String> {
    let mut faults = Vec::new();
    for lost in held.lacking(theirs.0, own.0, |it| held.party(it)) {
        if lost.value == COMPLAINANT {
            faults.push("is no act of the complainant".to_owned());
        } else if Held::is_outside(held.statute, &lost.value) {
            faults.push(format!("is no act of `{}`", held.party(&lost.value)));
        }
    }
    for lost in held.lacking(theirs.1, own.1, |it| held.party(it)) {
        faults.push(format!("cannot be entered by `{}`", held.party(&lost.value)));
    }
    faults
}

/// An event of somebody outside asks for no more than the statute does.
fn right(held: &mut Held<'_>, own: &Event, theirs: &Event) {
    let (name, both) = (own.name.value.clone(), both(held, own, theirs));
    let mut faults = narrowed(held, (&own.by, &own.entered_by), (&theirs.by, &theirs.entered_by));
    for field in own.carries.iter().filter(|it| !it.optional) {
        let is_known = theirs
            .carries
            .iter()
            .any(|it| !it.optional && held.name("fields", &it.field.value) == field.field.value);
        if !is_known {
            faults.push(format!("must bring `{}`", field.field.value));
        }
    }
    for field in &theirs.carries {
        let wanted = held.name("fields", &field.field.value);
        if !own.carries.iter().any(|it| it.field.value == wanted) {
            faults.push(format!("cannot bring `{wanted}`"));
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

/// The conditions that the first list has and the second does not imply, by name and by what they say.
pub(super) fn required(held: &Held<'_>, own: &Names, theirs: &Names) -> Vec<String> {
    let is_known = |name: &str| {
        theirs.iter().any(|it| {
            let (ours, wanted) = (condition(held.house, name), condition(held.statute, &it.value));
            wanted.is_some() && held.covers(ours, wanted)
        })
    };
    own.iter().filter(|it| !is_known(&it.value)).map(|it| it.value.clone()).collect()
}

/// The conditions of the statute that the protocol does not ask for.
pub(super) fn not_required(held: &Held<'_>, own: &Names, theirs: &Names) -> Vec<String> {
    let is_known = |name: &str| {
        own.iter().any(|it| {
            let (ours, wanted) = (condition(held.house, &it.value), condition(held.statute, name));
            ours.is_some() && held.only_where(ours, wanted)
        })
    };
    theirs.iter().filter(|it| !is_known(&it.value)).map(|it| it.value.clone()).collect()
}

fn condition<'p>(side: Side<'p>, name: &str) -> Option<&'p crate::syntax::Script> {
    let found = side.written.conditions.iter().find(|it| it.name.value == name);
    found.and_then(|it| it.is.as_ref())
}

/// An event of the organisation says no less than by the statute, and is nobody else's act.
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
        faults.push(format!("event `{name}` may be reported by `{}`", held.party(&lost.value)));
    }
    // Who handles a rung may be anybody inside; but where the statute bars somebody on a rung, a role
    // that is named instead of the handler is not barred.
    let is_theirs = only_outside(held.statute, &theirs.by);
    let is_barred = held.statute.written.ladder.iter().any(|it| !it.not_by.is_empty());
    for added in held.added(&theirs.by, &own.by, |it| held.party(it)) {
        let stands_in = names(&theirs.by, "@handler") && is_barred && !added.value.starts_with('@');
        let is_else = Held::is_outside(held.house, &added.value) || added.value == "system";
        let is_else = if is_theirs { !is_else } else { is_else };
        if stands_in || is_else {
            faults.push(format!("event `{name}` may be reported by `{}`", added.value));
        }
    }
    for fault in faults {
        held.say(rules::duty_weaker(&fault, &both));
    }
}

/// What those outside may add to a case, they may add in the same stages, with as little.
fn record(held: &mut Held<'_>, theirs: &Record) {
    if !of_outside(held.statute, &theirs.by) {
        return;
    }
    let house = held.house.written;
    let name = theirs.name.value.as_str();
    let Some(own) = house.records.iter().find(|it| it.name.value == name) else {
        let absent = held.absent((theirs.name.span, &theirs.citation));
        held.say(rules::right_gone(name, "is no record", &absent));
        return;
    };
    let both = held.against((own.name.span, &own.citation), (theirs.name.span, &theirs.citation));
    let mut faults = narrowed(held, (&own.by, &own.entered_by), (&theirs.by, &theirs.entered_by));
    for added in required(held, &own.requires, &theirs.requires) {
        faults.push(format!("requires `{added}`"));
    }
    for added in held.added(&theirs.not_by, &own.not_by, |it| held.party(it)) {
        faults.push(format!("may not be reported by `{}`", added.value));
    }
    let is_asked = |it: &crate::syntax::EntryField| {
        it.field.default.is_none() && !it.optional.as_ref().is_some_and(|it| it.value)
    };
    for field in own.fields.iter().filter(|it| is_asked(it)) {
        let of_statute = |it: &&crate::syntax::EntryField| {
            it.field.name.value == field.field.name.value && is_asked(it)
        };
        if !theirs.fields.iter().any(|it| of_statute(&it)) {
            faults.push(format!("must bring `{}`", field.field.name.value));
        }
    }
    let map = |it: &str| held.name("stages", it).to_owned();
    let is_everywhere = theirs.stages.is_empty();
    if !own.stages.is_empty()
        && (is_everywhere || !held.lacking(&theirs.stages, &own.stages, map).is_empty())
        || !held.lacking(&theirs.also, &own.also, map).is_empty()
    {
        faults.push("is not kept in every stage".to_owned());
    }
    for fault in faults {
        held.say(rules::right_gone(name, &fault, &both));
    }
}
