//! What each stage allows.

use crate::inspect::complies::duty::counterparts;
use crate::inspect::complies::events::of_outside;
use crate::inspect::complies::held::Held;
use crate::inspect::complies::way::branch::compare_branch;
use crate::inspect::complies::way::entries::{branches, by, events, is_of_both, stage, to};
use crate::inspect::complies::way::walk::Pairs;
use crate::inspect::complies::way::{ends, timed};
use crate::inspect::rules;
use crate::syntax::{Script, Stage, Transition};
use crate::text::Spanned;

/// Compares what may happen in all stages in which a case can be at the same time.
pub(crate) fn compare(held: &mut Held<'_>, pairs: &Pairs) {
    let (house, statute) = (held.house, held.statute);
    for (theirs, own) in pairs.iter() {
        let (Some(theirs), Some(own)) = (stage(statute, theirs), stage(house, own)) else {
            continue;
        };
        let stands_for_it = held.name("stages", &theirs.name.value) == own.name.value;
        let is_comparable = stands_for_it || !is_of_both(held, &own.name.value);
        for event in events(statute, theirs) {
            compare_event(held, event, theirs, own, is_comparable);
        }
        if is_comparable {
            ends::compare(held, own, theirs);
            timed::compare(held, own, theirs);
        }
    }
    for theirs in &statute.written.stages {
        let name = held.name("stages", &theirs.name.value).to_owned();
        if stage(house, &name).is_none() {
            for event in events(statute, theirs) {
                let wanted = branches(statute, theirs, &event.value);
                let what = format!("is not allowed in stage `{name}`");
                missing(held, event, &wanted, &what, None);
            }
        }
    }
}

fn is_right(held: &Held<'_>, event: &str) -> bool {
    by(held.statute, event).is_some_and(|it| of_outside(held.statute, it))
}

fn compare_event(
    held: &mut Held<'_>,
    event: &Spanned<String>,
    theirs: &Stage,
    own: &Stage,
    is_comparable: bool,
) {
    let name = held.name("events", &event.value).to_owned();
    let wanted = branches(held.statute, theirs, &event.value);
    let ours = branches(held.house, own, &name);
    if !ours.is_empty() {
        if is_comparable {
            compare_branches(held, event, (own, &ours), (theirs, &wanted));
        }
        return;
    }
    let from_anywhere = !theirs.on.iter().any(|it| it.event.value == event.value);
    let has_anywhere = held.house.written.anywhere.iter().any(|it| it.event.value == name);
    let what = match from_anywhere && !has_anywhere {
        true => "is not allowed in every stage".to_owned(),
        false => format!("is not allowed in stage `{}`", own.name.value),
    };
    missing(held, event, &wanted, &what, is_comparable.then_some((theirs, own)));
}

/// An event that the statute allows and the protocol does not: a right is gone if it is that of somebody
/// outside. What the organisation may do it may leave undone, for its duties run all the same; but not
/// where they stand still until it does.
fn missing(
    held: &mut Held<'_>,
    event: &Spanned<String>,
    theirs: &[&Transition],
    what: &str,
    stages: Option<(&Stage, &Stage)>,
) {
    let Some(first) = theirs.first() else { return };
    let name = held.name("events", &event.value).to_owned();
    let absent = held.absent((event.span, &first.citation));
    if is_right(held, &event.value) {
        held.say(rules::right_gone(&name, what, &absent));
        return;
    }
    let Some((stage, own)) = stages else { return };
    let leaves = theirs.iter().any(|it| to(it).is_some_and(|it| it.value != stage.name.value));
    let duties = held.statute.written.deadlines.iter().filter(|it| !it.window);
    let mut duties = duties.map(|it| held.name("deadlines", &it.name.value));
    let waits = own.pauses.iter().find(|pause| duties.any(|it| it == pause.deadline.value));
    if let (true, Some(pause)) = (leaves, waits) {
        let what =
            format!("`{name}` {what}, where deadline `{}` stands still", pause.deadline.value);
        held.say(rules::duty_weaker(&what, &absent));
    }
}

fn compare_branches(
    held: &mut Held<'_>,
    event: &Spanned<String>,
    own: (&Stage, &[&Transition]),
    theirs: (&Stage, &[&Transition]),
) {
    let right = is_right(held, &event.value);
    let (ours, wanted) = (own.1, theirs.1);
    let whens: Vec<Option<&Script>> = ours.iter().map(|it| it.when.as_ref()).collect();
    let limits: Vec<Option<&Script>> = wanted.iter().map(|it| it.when.as_ref()).collect();
    if let (true, Some(one)) = (right, ours.last()) {
        let is_free = |limit: &Option<&Script>| whens.iter().any(|it| held.covers(*it, *limit));
        let lost = limits.iter().position(|it| !is_free(it)).and_then(|it| wanted.get(it));
        if let Some(other) = lost {
            let both = held.against((one.span, &one.citation), (event.span, &other.citation));
            let name = held.name("events", &event.value).to_owned();
            held.say(rules::right_gone(&name, "is not allowed in every case", &both));
        }
    }
    for (place, one) in ours.iter().enumerate() {
        for other in counterparts(held, &whens, place, &limits) {
            let Some(other) = wanted.get(other) else { continue };
            compare_branch(held, event, (own.0, one), (theirs.0, other), right);
        }
    }
}
