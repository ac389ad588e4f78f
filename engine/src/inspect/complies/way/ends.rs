//! Ways that the statute does not have: to an end, up the ladder, or to a letter that meets a duty.

use crate::inspect::complies::duty::{climbs_as, early};
use crate::inspect::complies::events::{not_required, of_outside, only_outside};
use crate::inspect::complies::held::Held;
use crate::inspect::complies::way::entries::{branches, by, ends_at, events, is_end, to};
use crate::inspect::rules;
use crate::syntax::{Event, Names, Stage, Transition};

/// Compares the events that only the protocol has in a stage. One that those outside take is theirs to take.
pub(super) fn compare(held: &mut Held<'_>, own: &Stage, theirs: &Stage) {
    let (house, statute) = (held.house, held.statute);
    if is_end(own) && !is_end(theirs) && held.name("stages", &theirs.name.value) == own.name.value {
        let both =
            held.against((own.name.span, &own.citation), (theirs.name.span, &theirs.citation));
        let what = format!("a case ends in stage `{}`", own.name.value);
        held.say(rules::duty_weaker(&what, &both));
    }
    if is_end(own) || is_end(theirs) {
        return;
    }
    let known: Vec<String> = events(statute, theirs)
        .into_iter()
        .map(|it| held.name("events", &it.value).to_owned())
        .collect();
    for event in events(house, own) {
        let is_theirs = by(house, &event.value).is_some_and(|it| only_outside(house, it));
        if known.contains(&event.value) || is_theirs {
            continue;
        }
        for way in branches(house, own, &event.value) {
            further(held, &event.value, way, own, theirs);
        }
    }
}

fn further(held: &mut Held<'_>, event: &str, way: &Transition, own: &Stage, theirs: &Stage) {
    let both = held.against((way.span, &way.citation), (theirs.name.span, &theirs.citation));
    let ways = ways(held, event, way, theirs);
    let end = to(way).filter(|it| ends_at(held.house, &it.value));
    let leads_alike = |it: &&Transition| {
        let wanted = to(it).map(|it| held.name("stages", &it.value));
        end.is_some_and(|it| wanted == Some(it.value.as_str()))
    };
    if end.is_some() && !ways.iter().any(leads_alike) {
        let what = format!("`{event}` ends a case in stage `{}`", own.name.value);
        held.say(rules::duty_weaker(&what, &both));
    }
    let climb = way.escalate.as_ref().map(|it| &it.value);
    let climbs_alike = |it: &&Transition| {
        it.escalate.is_some() && climbs_as(held, climb, it.escalate.as_ref().map(|it| &it.value))
    };
    if climb.is_some() && !ways.iter().any(climbs_alike) {
        let what = format!("`{event}` goes up the ladder in stage `{}`", own.name.value);
        held.say(rules::duty_weaker(&what, &both));
    }
    let sent: Names = ways.iter().flat_map(|it| it.sends.clone()).collect();
    early(held, &format!("`{event}`"), &way.sends, &sent, &both);
}

/// The transitions of the statute in a stage that this one stands for: it is taken only where they are, asks
/// for all that they ask, and sends all their letters.
fn ways<'p>(
    held: &Held<'p>,
    event: &str,
    way: &Transition,
    theirs: &'p Stage,
) -> Vec<&'p Transition> {
    let statute = held.statute;
    let house = held.house.written.events.iter().find(|it| it.name.value == event);
    let mut all = Vec::new();
    let Some(house) = house else { return all };
    for name in events(statute, theirs) {
        let of_statute = statute.written.events.iter().find(|it| it.name.value == name.value);
        let Some(of_statute) = of_statute.filter(|it| !of_outside(statute, &it.by)) else {
            continue;
        };
        let found = branches(statute, theirs, &name.value);
        all.extend(found.into_iter().filter(|it| {
            held.lacking(&it.sends, &way.sends, |it| held.name("letters", it).to_owned()).is_empty()
                && not_required(
                    held,
                    &[&way.requires[..], &house.requires[..]].concat(),
                    &it.requires,
                )
                .is_empty()
                && held.only_where(way.when.as_ref(), it.when.as_ref())
                && asks_for_all(held, house, of_statute)
        }));
    }
    all
}

/// Whether an event of the protocol brings and demands all that one of the statute does.
fn asks_for_all(held: &Held<'_>, own: &Event, theirs: &Event) -> bool {
    let brings = theirs.carries.iter().filter(|it| !it.optional).all(|it| {
        let wanted = held.name("fields", &it.field.value);
        own.carries.iter().any(|it| !it.optional && it.field.value == wanted)
    });
    let is_by = |party: &str| theirs.by.iter().any(|it| held.party(&it.value) == party);
    brings
        && (own.reason || !theirs.reason)
        && (own.written || !theirs.written)
        && not_required(held, &own.requires, &theirs.requires).is_empty()
        && held.lacking(&theirs.not_by, &own.not_by, |it| held.party(it)).is_empty()
        && own.by.iter().all(|it| is_by(&it.value))
}
