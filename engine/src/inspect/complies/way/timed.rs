//! What time alone does in a stage.

use crate::inspect::complies::duty::{Clock, early, later};
use crate::inspect::complies::held::{Held, Side};
use crate::inspect::complies::way::entries::{ends_at, to};
use crate::inspect::rules;
use crate::syntax::{Stage, TimedTransition};

fn clock(side: Side<'_>) -> Clock<'_> {
    Clock { protocol: side.protocol, deadline: None, receipt: false }
}

/// Compares `after` of two stages: what the statute brings about comes no later, and no case ends sooner.
pub(super) fn compare(held: &mut Held<'_>, own: &Stage, theirs: &Stage) {
    for wanted in &theirs.after {
        if !is_for_them(held, wanted) && !own.after.iter().any(|it| does(held, it, wanted)) {
            let both =
                held.against((own.name.span, &own.citation), (wanted.term.span, &theirs.citation));
            let what =
                format!("after `{}` in stage `{}` less happens", wanted.term.value, own.name.value);
            held.say(rules::duty_weaker(&what, &both));
        }
    }
    for timed in &own.after {
        added(held, timed, own, theirs);
    }
}

/// Whether it ends a case and does nothing else, so that nobody misses it.
fn is_for_them(held: &Held<'_>, timed: &TimedTransition) -> bool {
    let way = &timed.transition;
    let ends = to(way).is_some_and(|it| ends_at(held.statute, &it.value));
    ends && way.sends.is_empty() && way.tells.is_empty() && way.escalate.is_none()
}

fn leads_alike(held: &Held<'_>, own: &TimedTransition, theirs: &TimedTransition) -> bool {
    let wanted = to(&theirs.transition).map(|it| held.name("stages", &it.value));
    to(&own.transition).map(|it| it.value.as_str()) == wanted
}

fn sends_all(held: &Held<'_>, own: &TimedTransition, theirs: &TimedTransition) -> bool {
    let (own, theirs) = (&own.transition, &theirs.transition);
    held.lacking(&theirs.sends, &own.sends, |it| held.name("letters", it).to_owned()).is_empty()
        && held.lacking(&theirs.tells, &own.tells, |it| held.party(it)).is_empty()
}

/// Whether one does all that the other does, no later, and to an end no sooner.
fn does(held: &Held<'_>, own: &TimedTransition, theirs: &TimedTransition) -> bool {
    let is_later =
        later((clock(held.house), &own.term.value), (clock(held.statute), &theirs.term.value));
    leads_alike(held, own, theirs)
        && sends_all(held, own, theirs)
        && own.transition.escalate.is_some() == theirs.transition.escalate.is_some()
        && held.covers(own.transition.when.as_ref(), theirs.transition.when.as_ref())
        && is_later.is_none()
}

/// Reports an end that comes sooner than by the statute, and what the statute does not bring about.
fn added(held: &mut Held<'_>, own: &TimedTransition, stage: &Stage, theirs: &Stage) {
    let way = &own.transition;
    let same: Vec<&TimedTransition> = theirs
        .after
        .iter()
        .filter(|it| {
            leads_alike(held, own, it)
                && sends_all(held, own, it)
                && held.only_where(way.when.as_ref(), it.transition.when.as_ref())
        })
        .collect();
    let both = held.against((way.span, &way.citation), (theirs.name.span, &theirs.citation));
    let what = format!("the passing of {}", own.term.value);
    let is_no_sooner = |it: &&&TimedTransition| {
        later((clock(held.statute), &it.term.value), (clock(held.house), &own.term.value)).is_none()
    };
    let ends = to(way).is_some_and(|it| ends_at(held.house, &it.value));
    if ends && !same.iter().any(|it| is_no_sooner(&it)) {
        let what = format!("{what} ends a case in stage `{}`", stage.name.value);
        held.say(rules::duty_weaker(&what, &both));
    }
    if way.escalate.is_some() && !same.iter().any(|it| it.transition.escalate.is_some()) {
        let what = format!("{what} goes up the ladder in stage `{}`", stage.name.value);
        held.say(rules::duty_weaker(&what, &both));
    }
    let sent = same.iter().flat_map(|it| it.transition.sends.clone()).collect();
    early(held, &what, &way.sends, &sent, &both);
}
