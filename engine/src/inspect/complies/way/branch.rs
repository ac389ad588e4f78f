//! One branch of an event with the one of the statute that may be taken in its place.

use crate::inspect::complies::duty::{climbs_as, early, untold};
use crate::inspect::complies::events::{costs_them, not_required, required};
use crate::inspect::complies::held::{Against, Held, names};
use crate::inspect::complies::letters;
use crate::inspect::complies::says::{tokens, translated};
use crate::inspect::complies::way::entries::{ends_at, is_of_both, to};
use crate::inspect::rules;
use crate::syntax::{Set, SetTo, Stage, Transition};
use crate::text::Spanned;

/// Compares two branches, each in its stage.
pub(super) fn compare_branch(
    held: &mut Held<'_>,
    event: &Spanned<String>,
    own: (&Stage, &Transition),
    theirs: (&Stage, &Transition),
    right: bool,
) {
    let ((stage, own), (in_stage, theirs)) = (own, theirs);
    let name = held.name("events", &event.value).to_owned();
    let both = held.against((own.span, &own.citation), (theirs.span, &theirs.citation));
    letters::sent(held, &own.sends, &theirs.sends, &both);
    let quoted = format!("`{name}`");
    early(held, &quoted, &own.sends, &theirs.sends, &both);
    untold(held, &quoted, &own.tells, &theirs.tells, &both);
    if right {
        for condition in required(held, &own.requires, &theirs.requires) {
            held.say(rules::right_gone(&name, &format!("requires `{condition}`"), &both));
        }
    }
    if !right || costs_them(held.statute, &event.value) {
        for condition in not_required(held, &own.requires, &theirs.requires) {
            let what = format!("{quoted} does not require `{condition}`");
            held.say(rules::duty_weaker(&what, &both));
        }
    }
    let climbs = |it: &Transition| it.escalate.as_ref().map(|it| it.value.clone());
    let (climb, wanted) = (climbs(own), climbs(theirs));
    if climb.is_some() != wanted.is_some() || !climbs_as(held, climb.as_ref(), wanted.as_ref()) {
        held.say(match wanted {
            Some(_) => {
                let what = format!("{quoted} does not go up the ladder as by the statute");
                rules::step_skipped(&what, &both)
            }
            None => rules::duty_weaker(&format!("{quoted} goes up the ladder"), &both),
        });
    }
    sets(held, &name, own, theirs, &both);
    let no_climb = climb.is_none();
    target(held, &name, (stage, own), (in_stage, theirs), no_climb, &both);
}

/// What the statute records with the event is recorded here.
fn sets(held: &mut Held<'_>, name: &str, own: &Transition, theirs: &Transition, both: &Against) {
    let mut lost = Vec::new();
    for wanted in &theirs.set {
        let field = held.name("fields", &wanted.field.value).to_owned();
        let is_set = own.set.iter().any(|it| it.field.value == field && is_same(held, it, wanted));
        if !is_set {
            lost.push(field);
        }
    }
    for field in lost {
        held.say(rules::duty_weaker(&format!("`{name}` does not set `{field}` alike"), both));
    }
}

fn is_same(held: &Held<'_>, own: &Set, theirs: &Set) -> bool {
    match (&own.to, &theirs.to) {
        (SetTo::Literal(own), SetTo::Literal(theirs)) => own.value == theirs.value,
        (SetTo::Script(own), SetTo::Script(theirs)) => {
            tokens(&own.text) == translated(held, theirs)
        }
        _ => false,
    }
}

/// Where a transition leads: into another stage of the statute, or to an end, it must not; and where the
/// statute leads on, it does.
fn target(
    held: &mut Held<'_>,
    name: &str,
    own: (&Stage, &Transition),
    theirs: (&Stage, &Transition),
    no_climb: bool,
    both: &Against,
) {
    let ((stage, own), (in_stage, theirs)) = (own, theirs);
    let here = held.name("stages", &in_stage.name.value) == stage.name.value;
    let wanted = to(theirs).map(|it| (it.value.clone(), held.name("stages", &it.value).to_owned()));
    let Some(leads) = to(own) else {
        // Where the statute ends a case, it may stay open.
        let Some((statute, wanted)) = wanted else { return };
        let stays = wanted == stage.name.value || ends_at(held.statute, &statute);
        if no_climb && here && !stays {
            let what = format!("`{name}` does not lead to stage `{wanted}`");
            held.say(rules::duty_weaker(&what, both));
        }
        return;
    };
    let point = wanted.as_ref().map(|(statute, _)| format!("stage:{statute}"));
    let Some(wanted) = wanted.map(|it| it.1).filter(|it| *it != leads.value) else {
        let stays = leads.value == stage.name.value
            || leads.value == held.name("stages", &in_stage.name.value);
        let is_other = to(theirs).is_none() && !stays;
        if is_other && (is_of_both(held, &leads.value) || ends_at(held.house, &leads.value)) {
            let what = format!("`{name}` leads to stage `{}`", leads.value);
            held.say(rules::duty_weaker(&what, both));
        }
        return;
    };
    if is_of_both(held, &leads.value) || ends_at(held.house, &leads.value) {
        let what = format!("`{name}` leads to stage `{}`", leads.value);
        held.say(rules::duty_weaker(&what, both));
        return;
    }
    let mut deadlines = held.statute.written.deadlines.iter();
    let started = point.and_then(|point| {
        deadlines.find(|it| names(&it.starts, &point) || names(&it.restarts, &point))
    });
    if let Some(started) = started {
        let deadline = held.name("deadlines", &started.name.value).to_owned();
        let what = format!("stage:{wanted}");
        held.say(rules::duty_starts_later(&deadline, &what, both));
    }
}
