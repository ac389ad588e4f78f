//! Who proposes, decides, reviews and hears the appeal: never one and the same.

use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::rules;
use crate::model::{Barred, RoleId, StopAppeal, StopEvent, StopReview};
use crate::syntax;
use crate::text::Spanned;

/// A list of roles. A stop is decided by people of the organisation: parties that are there
/// without being declared are no roles.
pub(crate) fn roles(
    user: &str,
    names: &[Spanned<String>],
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Vec<RoleId> {
    find::each(names, log, |name, log| find::role(user, name, known, log))
}

/// `not_by` of a stop: `respondent`, or whoever reported an event of the stop.
pub(crate) fn barred(names: &[Spanned<String>], log: &mut Log<'_>) -> Vec<Barred> {
    find::each(names, log, |name, log| {
        let event = name.value.strip_prefix("event:").and_then(StopEvent::named);
        match event {
            Some(event) => Some(Barred::Event(event.id())),
            None if name.value == "respondent" => Some(Barred::Respondent),
            None => {
                log.say(rules::unknown_barred_of_stop(name));
                None
            }
        }
    })
}

/// Whoever only proposes a stop should not be the one who decides it.
pub(crate) fn decides_alone(
    written: &syntax::Stop,
    proposed_by: &[RoleId],
    decided_by: &[RoleId],
    log: &mut Log<'_>,
) {
    let only = decided_by.iter().all(|it| proposed_by.contains(it));
    if let (true, Some(first)) = (only && !decided_by.is_empty(), written.decided_by.first()) {
        log.say(rules::stop_decided_by_proposer(&written.name.value, first));
    }
}

/// Nobody reviews, or hears an appeal against, what their own role decides.
pub(crate) fn judges_itself(
    written: &syntax::Stop,
    decided_by: &[RoleId],
    review: Option<StopReview>,
    appeal: Option<StopAppeal>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) {
    let named = |key: Option<&Spanned<String>>, find: Option<RoleId>| key.cloned().zip(find);
    let reviewer = written.review.as_ref().and_then(|it| it.by.as_ref());
    let reviewer = named(reviewer, review.map(|it| it.by));
    let heard_by = written.appeal.as_ref().and_then(|it| it.to.as_ref());
    let heard_by = named(heard_by, appeal.map(|it| it.to));
    let both = [("reviews", reviewer), ("hears the appeal against", heard_by)];
    for (what, found) in both {
        let Some((name, role)) = found else { continue };
        if decided_by.contains(&role) {
            let others = known.names.roles.iter().filter(|it| *it != name.value);
            log.say(rules::stop_judges_itself(what, &name, others));
        }
    }
}
