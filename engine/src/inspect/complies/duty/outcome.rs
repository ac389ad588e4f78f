//! What follows when a term is over.

use crate::inspect::complies::held::{Against, Held, Side};
use crate::inspect::complies::letters;
use crate::inspect::complies::way;
use crate::inspect::rules;
use crate::syntax::{Citation, Deadline, Escalate, Names, Outcome};
use crate::text::Spanned;

/// What a missed duty, or a window that is over, does.
pub(super) fn of_deadline(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    compare(held, own, theirs, (own.breach.as_ref(), theirs.breach.as_ref()), "a missed");
    compare(held, own, theirs, (own.lapse.as_ref(), theirs.lapse.as_ref()), "the end of");
}

/// Compares the outcomes of two deadlines.
pub(super) fn compare(
    held: &mut Held<'_>,
    own: &Deadline,
    theirs: &Deadline,
    outcomes: (Option<&Outcome>, Option<&Outcome>),
    which: &str,
) {
    let name = own.name.value.as_str();
    let what = format!("{which} `{name}`");
    let (ours, wanted) = outcomes;
    if ours.is_none() && wanted.is_none() {
        return;
    }
    let nobody = Names::new();
    let tells = |it: Option<&Outcome>| it.map_or(nobody.clone(), |it| it.tells.clone());
    let sends = |it: Option<&Outcome>| it.map_or(nobody.clone(), |it| it.sends.clone());
    let span = |it: Option<&Outcome>, whole| match it {
        Some(it) => {
            it.tells.first().or(it.sends.first()).or(it.to.as_ref()).map_or(it.span, |it| it.span)
        }
        None => whole,
    };
    let citation = |it: Option<&Outcome>, whole: &Citation| {
        let inner = it.map(|it| it.citation.clone());
        inner.filter(|it| it.source.is_some()).unwrap_or_else(|| whole.clone())
    };
    let both = held.against(
        (span(ours, own.name.span), &citation(ours, &own.citation)),
        (wanted.map_or(theirs.name.span, |it| it.span), &citation(wanted, &theirs.citation)),
    );
    match tells(ours).is_empty() && !tells(wanted).is_empty() {
        true => held.say(rules::duty_weaker(&format!("nobody is told of {what}"), &both)),
        false => untold(held, &what, &tells(ours), &tells(wanted), &both),
    }
    letters::sent(held, &sends(ours), &sends(wanted), &both);
    early(held, &what, &sends(ours), &sends(wanted), &both);
    let climbs =
        |it: Option<&Outcome>| it.and_then(|it| it.escalate.as_ref()).map(|it| it.value.clone());
    if climbs(wanted).is_some() && !climbs_as(held, climbs(ours).as_ref(), climbs(wanted).as_ref())
    {
        let what = format!("{what} does not go up the ladder as by the statute");
        held.say(rules::step_skipped(&what, &both));
    }
    let to = |it: Option<&Outcome>| it.and_then(|it| it.to.clone());
    leads(held, &what, (to(ours), climbs(ours).is_some()), to(wanted), &both);
}

/// Where the end of a term leads: where the statute leads, and to no other stage of it and to no end.
fn leads(
    held: &mut Held<'_>,
    what: &str,
    own: (Option<Spanned<String>>, bool),
    theirs: Option<Spanned<String>>,
    both: &Against,
) {
    let stays = |it: &Spanned<String>| it.value == "@same";
    let theirs = theirs.filter(|it| !stays(it)).map(|it| held.name("stages", &it.value).to_owned());
    let (to, climbs) = own;
    let to = to.filter(|it| !stays(it)).map(|it| it.value);
    if to == theirs {
        return;
    }
    if let Some(wanted) = &theirs {
        held.say(rules::duty_weaker(&format!("{what} does not lead to stage `{wanted}`"), both));
    } else if let Some(to) =
        to.filter(|it| way::is_of_both(held, it) || way::ends_at(held.house, it))
    {
        // Where a case climbs as well, it enters the stage that the rung would have it enter.
        let is_of_rung = held
            .house
            .written
            .ladder
            .iter()
            .any(|it| it.enter_at.as_ref().is_some_and(|it| it.value == to));
        if !(climbs && is_of_rung) {
            held.say(rules::duty_weaker(&format!("{what} leads to stage `{to}`"), both));
        }
    }
}

/// Whether a case climbs as by the statute.
pub(crate) fn climbs_as(
    held: &Held<'_>,
    own: Option<&Escalate>,
    theirs: Option<&Escalate>,
) -> bool {
    let wanted = theirs.map(|it| match it {
        Escalate::OneRung => Escalate::OneRung,
        Escalate::To(rung) => Escalate::To(held.name("rungs", rung).to_owned()),
    });
    own == wanted.as_ref() || is_one_rung(held.house, own, wanted.as_ref())
}

/// Whether a transition climbs one rung by naming it: of two rungs, the second is the next.
fn is_one_rung(house: Side<'_>, own: Option<&Escalate>, wanted: Option<&Escalate>) -> bool {
    let [_, second] = house.written.ladder.as_slice() else { return false };
    let is_second = |rung: &str| rung == second.name.value;
    match (own, wanted) {
        (Some(Escalate::To(rung)), Some(Escalate::OneRung))
        | (Some(Escalate::OneRung), Some(Escalate::To(rung))) => is_second(rung),
        _ => false,
    }
}

/// Reports whom the statute tells and the protocol does not.
pub(crate) fn untold(held: &mut Held<'_>, what: &str, own: &Names, theirs: &Names, both: &Against) {
    let lost = held.lacking(theirs, own, |it| held.party(it));
    let lost: Vec<String> = lost.into_iter().map(|it| held.party(&it.value)).collect();
    for party in lost {
        held.say(rules::duty_weaker(&format!("`{party}` is not told of {what}"), both));
    }
}

/// Reports a letter that meets a duty of the statute and is sent where the statute does not send it.
pub(crate) fn early(held: &mut Held<'_>, what: &str, own: &Names, theirs: &Names, both: &Against) {
    let known: Vec<String> =
        theirs.iter().map(|it| held.name("letters", &it.value).to_owned()).collect();
    let duties = held.statute.written.deadlines.iter().filter(|it| !it.window);
    let mut faults = Vec::new();
    for duty in duties {
        let met = duty.met_by.iter().map(|it| held.point(&it.on.value)).collect::<Vec<_>>();
        for letter in own.iter().filter(|it| !known.contains(&it.value)) {
            if met.contains(&format!("letter:{}", letter.value)) {
                let name = held.name("deadlines", &duty.name.value);
                faults.push(format!(
                    "{what} sends `{}`, which meets deadline `{name}`",
                    letter.value
                ));
            }
        }
    }
    for fault in faults {
        held.say(rules::duty_weaker(&fault, both));
    }
}
