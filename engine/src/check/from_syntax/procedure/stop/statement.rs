//! What a letter of a stop may state of it.

use crate::check::log::Log;
use crate::check::look_up::known::Known;
use crate::check::rules;
use crate::model::Statement;
use crate::syntax;
use crate::text::Spanned;

const STATEMENTS: [(&str, Statement); 4] = [
    ("until", Statement::StopUntil),
    ("review_on", Statement::StopReviewOn),
    ("appeal_until", Statement::StopAppealUntil),
    ("says", Statement::StopSays),
];

/// `stop.X`. When a stop ends, is reviewed and may be appealed against is known in its notice
/// alone; where to turn instead, in every letter of it.
pub(crate) fn statement(
    what: &str,
    written: &Spanned<String>,
    letter: &syntax::Letter,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Statement> {
    let found = STATEMENTS.iter().find(|(name, _)| *name == what);
    let Some((_, found)) = found else {
        log.say(rules::unknown_statement_of_stop(written));
        return None;
    };
    let name = &letter.name.value;
    let is = |it: Option<&Spanned<String>>| it.is_some_and(|it| it.value == *name);
    let stops = || known.written.stops.iter();
    let noticed = |stop: &&syntax::Stop| is(stop.notice.as_ref());
    let warned =
        |stop: &syntax::Stop| is(stop.warn_first.as_ref().and_then(|it| it.letter.as_ref()));
    let judged = |stop: &syntax::Stop| {
        is(stop.review.as_ref().and_then(|it| it.letter.as_ref()))
            || is(stop.appeal.as_ref().and_then(|it| it.letter.as_ref()))
    };
    let later = stops().any(|it| warned(it) || judged(it));
    let is_notice = stops().any(|it| noticed(&it));
    let is_known = match found {
        Statement::StopSays => is_notice || later,
        Statement::StopUntil => {
            is_notice && !later && stops().filter(noticed).all(|it| it.lasts.is_some())
        }
        _ => is_notice && !later,
    };
    if !is_known || sent_otherwise(name, known) {
        log.say(rules::stop_statement_astray(name, written));
        return None;
    }
    Some(found.clone())
}

/// Whether something else than a stop sends the letter.
fn sent_otherwise(letter: &str, known: &Known<'_>) -> bool {
    let written = known.written;
    let by_event = written.stages.iter().flat_map(|it| &it.on).flat_map(|it| &it.branches);
    let by_time = written.stages.iter().flat_map(|it| &it.after).map(|it| &it.transition);
    let anywhere = written.anywhere.iter().flat_map(|it| &it.branches).map(|it| &it.transition);
    let sent = by_event.chain(by_time).chain(anywhere).flat_map(|it| &it.sends);
    let clocks = written.deadlines.iter();
    let ends = clocks.clone().flat_map(|it| it.breach.iter().chain(&it.lapse));
    let longer = clocks.flat_map(|it| &it.extend).flat_map(|it| &it.sends);
    let mut all = sent.chain(ends.flat_map(|it| &it.sends)).chain(longer);
    all.any(|it| it.value == letter)
}
