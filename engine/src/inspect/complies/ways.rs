//! The way through: what may happen in each stage, what it sends, and how a case may end.

use crate::inspect::complies::deadlines::letters;
use crate::inspect::complies::events::{not_required, required};
use crate::inspect::complies::held::{Against, COMPLAINANT, Held, Side, alike, names};
use crate::inspect::rules;
use crate::syntax::{Escalate, Names, Stage, Transition};
use crate::text::Spanned;

/// Compares what each stage allows.
pub(super) fn compare(held: &mut Held<'_>) {
    let (house, statute) = (held.house, held.statute);
    for theirs in &statute.written.stages {
        let name = held.name("stages", &theirs.name.value).to_owned();
        let own = house.written.stages.iter().find(|it| it.name.value == name);
        for on in &theirs.on {
            let branches: Vec<&Transition> = on.branches.iter().collect();
            compare_event(held, &on.event, &branches, own, &name);
        }
        if let Some(own) = own {
            ends(held, own, theirs);
        }
    }
    for theirs in &statute.written.anywhere {
        let branches: Vec<&Transition> = theirs.branches.iter().map(|it| &it.transition).collect();
        let name = held.name("events", &theirs.event.value).to_owned();
        let own = house.written.anywhere.iter().find(|it| it.event.value == name);
        let Some(own) = own else {
            missing(held, &theirs.event, &branches, "is not allowed in every stage");
            continue;
        };
        let ours: Vec<&Transition> = own.branches.iter().map(|it| &it.transition).collect();
        compare_branches(held, &theirs.event, &ours, &branches);
        also(held, own, theirs);
    }
}

fn is_end(stage: &Stage) -> bool {
    stage.end.as_ref().is_some_and(|it| it.value)
}

fn is_right(side: Side<'_>, event: &str) -> bool {
    let found = side.written.events.iter().find(|it| it.name.value == event);
    found.is_some_and(|it| names(&it.by, COMPLAINANT))
}

/// In the end stages in which an event of the complainant must be possible, it is.
fn also(held: &mut Held<'_>, own: &crate::syntax::Anywhere, theirs: &crate::syntax::Anywhere) {
    if !is_right(held.statute, &theirs.event.value) {
        return;
    }
    let ends = held.house.written.stages.iter().filter(|it| is_end(it));
    let ends: Vec<String> = ends.map(|it| it.name.value.clone()).collect();
    let named: Vec<&str> =
        theirs.branches.iter().flat_map(|it| &it.also).map(|it| it.value.as_str()).collect();
    let stages = held.statute.written.stages.iter();
    let wanted = stages.filter(|it| {
        named.contains(&it.name.value.as_str()) || (is_end(it) && named.contains(&"@end"))
    });
    let mut wanted: Vec<String> =
        wanted.map(|it| held.name("stages", &it.name.value).to_owned()).collect();
    wanted.retain(|it| ends.contains(it));
    let is_open = |stage: &str| {
        let in_stage = held.house.written.stages.iter().find(|it| it.name.value == stage);
        let by_itself =
            in_stage.is_some_and(|it| it.on.iter().any(|it| it.event.value == own.event.value));
        by_itself || own.branches.iter().any(|it| names(&it.also, stage) || names(&it.also, "@end"))
    };
    let lost: Vec<String> = wanted.into_iter().filter(|it| !is_open(it)).collect();
    for stage in lost {
        let (one, other) = (own.branches.first(), theirs.branches.first());
        let (Some(one), Some(other)) = (one, other) else { continue };
        let both = held.against(
            (own.event.span, &one.transition.citation),
            (theirs.event.span, &other.transition.citation),
        );
        let what = format!("is not allowed in stage `{stage}`");
        held.say(rules::right_gone(&own.event.value, &what, &both));
    }
}

fn compare_event(
    held: &mut Held<'_>,
    event: &Spanned<String>,
    theirs: &[&Transition],
    stage: Option<&Stage>,
    stage_name: &str,
) {
    let house = held.house;
    let name = held.name("events", &event.value).to_owned();
    let inside = stage.and_then(|it| it.on.iter().find(|it| it.event.value == name));
    let own: Vec<&Transition> = match (inside, stage) {
        (Some(on), _) => on.branches.iter().collect(),
        (None, Some(stage)) => {
            let anywhere = house.written.anywhere.iter().find(|it| it.event.value == name);
            let reaches = |it: &&crate::syntax::AnywhereBranch| {
                !is_end(stage) || names(&it.also, &stage.name.value) || names(&it.also, "@end")
            };
            let branches = anywhere.into_iter().flat_map(|it| &it.branches).filter(reaches);
            branches.map(|it| &it.transition).collect()
        }
        (None, None) => Vec::new(),
    };
    match own.is_empty() {
        true => missing(held, event, theirs, &format!("is not allowed in stage `{stage_name}`")),
        false => compare_branches(held, event, &own, theirs),
    }
}

/// An event that the statute allows and the protocol does not: a right is gone if it is the
/// complainant's. What the organisation may do it may leave undone, for its duties run all the same.
fn missing(held: &mut Held<'_>, event: &Spanned<String>, theirs: &[&Transition], what: &str) {
    let Some(first) = theirs.first() else { return };
    if is_right(held.statute, &event.value) {
        let name = held.name("events", &event.value).to_owned();
        let absent = held.absent((event.span, &first.citation));
        held.say(rules::right_gone(&name, what, &absent));
    }
}

fn compare_branches(
    held: &mut Held<'_>,
    event: &Spanned<String>,
    own: &[&Transition],
    theirs: &[&Transition],
) {
    let right = is_right(held.statute, &event.value);
    let is_free = |list: &[&Transition]| list.iter().any(|it| it.when.is_none());
    if let (true, true, Some(one), Some(other)) =
        (right && is_free(theirs), !is_free(own), own.last(), theirs.last())
    {
        let both = held.against((one.span, &one.citation), (event.span, &other.citation));
        let name = held.name("events", &event.value).to_owned();
        held.say(rules::right_gone(&name, "is not allowed in every case", &both));
    }
    for (place, one) in own.iter().enumerate() {
        let same = theirs.iter().find(|it| alike(it.when.as_ref(), one.when.as_ref()));
        let in_place = theirs.get(place).filter(|_| own.len() == theirs.len());
        let Some(other) = same.or(in_place).or(theirs.last()) else { continue };
        let both = held.against((one.span, &one.citation), (other.span, &other.citation));
        compare_branch(held, event, one, other, right, &both);
    }
}

fn compare_branch(
    held: &mut Held<'_>,
    event: &Spanned<String>,
    own: &Transition,
    theirs: &Transition,
    right: bool,
    both: &Against,
) {
    let name = held.name("events", &event.value).to_owned();
    letters(held, &own.sends, &theirs.sends, both);
    let untold: Vec<String> = held
        .lacking(&theirs.tells, &own.tells, |it| held.party(it))
        .into_iter()
        .map(|it| it.value.clone())
        .collect();
    for party in untold {
        held.say(rules::duty_weaker(&format!("`{party}` is not told of `{name}`"), both));
    }
    let asked = match right {
        true => required(held, &own.requires, &theirs.requires),
        false => not_required(held, &own.requires, &theirs.requires),
    };
    for condition in asked {
        held.say(match right {
            true => rules::right_gone(&name, &format!("requires `{condition}`"), both),
            false => rules::duty_weaker(&format!("`{name}` does not require `{condition}`"), both),
        });
    }
    let climbs = |it: &Transition| it.escalate.as_ref().map(|it| it.value.clone());
    let wanted = climbs(theirs).map(|it| match it {
        Escalate::OneRung => Escalate::OneRung,
        Escalate::To(rung) => Escalate::To(held.name("rungs", &rung).to_owned()),
    });
    if wanted.is_some() && climbs(own) != wanted && !is_one_rung(held, own, wanted.as_ref()) {
        let what = format!("`{name}` does not go up the ladder as by the statute");
        held.say(rules::step_skipped(&what, both));
    }
    target(held, &name, own, theirs, both);
}

/// Whether a transition climbs one rung by naming it: from the lowest rung, the second is the next.
fn is_one_rung(held: &Held<'_>, own: &Transition, wanted: Option<&Escalate>) -> bool {
    let second = held.house.written.ladder.get(1).map(|it| it.name.value.as_str());
    match (own.escalate.as_ref().map(|it| &it.value), wanted) {
        (Some(Escalate::To(rung)), Some(Escalate::OneRung)) => Some(rung.as_str()) == second,
        (Some(Escalate::OneRung), Some(Escalate::To(rung))) => Some(rung.as_str()) == second,
        _ => false,
    }
}

/// Where a transition leads: into another stage of the statute, or to an end, it must not.
fn target(held: &mut Held<'_>, name: &str, own: &Transition, theirs: &Transition, both: &Against) {
    let wanted = theirs.to.as_ref().map(|it| held.name("stages", &it.value).to_owned());
    let Some(to) = own.to.as_ref().filter(|it| Some(&it.value) != wanted.as_ref()) else { return };
    let of_statute = held
        .statute
        .written
        .stages
        .iter()
        .any(|it| held.name("stages", &it.name.value) == to.value);
    let ends = held.house.written.stages.iter().any(|it| it.name.value == to.value && is_end(it));
    if of_statute || ends {
        let what = format!("`{name}` leads to stage `{}`", to.value);
        held.say(rules::duty_weaker(&what, both));
    }
}

/// The ways to an end that the statute does not have. One that the complainant takes is theirs to take.
fn ends(held: &mut Held<'_>, own: &Stage, theirs: &Stage) {
    let citation = (theirs.name.span, &theirs.citation);
    if is_end(own) && !is_end(theirs) {
        let both = held.against((own.name.span, &own.citation), citation);
        let what = format!("a case ends in stage `{}`", own.name.value);
        held.say(rules::duty_weaker(&what, &both));
    }
    if is_end(own) {
        return;
    }
    let house = held.house;
    let mut ways: Vec<(String, &Transition)> = Vec::new();
    for on in &own.on {
        let is_known =
            theirs.on.iter().any(|it| held.name("events", &it.event.value) == on.event.value);
        if !is_known && !is_right(house, &on.event.value) {
            let name = &on.event.value;
            ways.extend(on.branches.iter().map(|it| (format!("`{name}`"), it)));
        }
    }
    for anywhere in &house.written.anywhere {
        let is_known = held
            .statute
            .written
            .anywhere
            .iter()
            .any(|it| held.name("events", &it.event.value) == anywhere.event.value);
        if !is_known && !is_right(house, &anywhere.event.value) {
            let name = &anywhere.event.value;
            ways.extend(anywhere.branches.iter().map(|it| (format!("`{name}`"), &it.transition)));
        }
    }
    for after in &own.after {
        let is_known = theirs.after.iter().any(|it| {
            let to = it.transition.to.as_ref().map(|it| held.name("stages", &it.value).to_owned());
            to == after.transition.to.as_ref().map(|it| it.value.clone())
        });
        if !is_known {
            ways.push((format!("the passing of {}", after.term.value), &after.transition));
        }
    }
    for (what, way) in ways {
        let Some(to) = &way.to else { continue };
        let is_end = house.written.stages.iter().any(|it| it.name.value == to.value && is_end(it));
        if is_end && !tells_as_much(held, way, &to.value) {
            let both = held.against((way.span, &way.citation), citation);
            let what = format!("{what} ends a case in stage `{}`", own.name.value);
            held.say(rules::duty_weaker(&what, &both));
        }
    }
}

/// Whether a way to an end sends every letter that all ways to it send by the statute, and there is one.
fn tells_as_much(held: &Held<'_>, way: &Transition, end: &str) -> bool {
    let stages = held.statute.written.stages.iter();
    let all = stages.flat_map(|it| it.on.iter().flat_map(|it| &it.branches));
    let into: Vec<&Names> = all
        .filter(|it| it.to.as_ref().is_some_and(|it| held.name("stages", &it.value) == end))
        .map(|it| &it.sends)
        .collect();
    let Some((first, rest)) = into.split_first() else { return false };
    let common = first.iter().filter(|it| rest.iter().all(|list| names(list, &it.value)));
    let mut common = common.map(|it| held.name("letters", &it.value)).peekable();
    common.peek().is_some() && common.all(|it| names(&way.sends, it))
}
