//! What stands at the head of a protocol: who answers for it, where and when it holds.

use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::term;
use crate::check::rules;
use crate::model::{RoleId, TicketScheme};
use crate::syntax;
use crate::syntax::{Moment, Written};
use crate::text::Spanned;
use crate::time::{NaiveDate, Term, Zone, zone_names};

/// The role that answers for the protocol; somebody outside cannot.
pub(crate) fn accountable_role(
    written: &Spanned<String>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<RoleId> {
    let role = find::role("`accountable` names", written, known, log)?;
    if known.written.roles.get(role.index()).is_some_and(|it| it.external) {
        log.say(rules::accountable_external(written));
    }
    Some(role)
}

/// How tickets are numbered.
pub(crate) fn ticket(written: &Spanned<String>, log: &mut Log<'_>) -> Option<TicketScheme> {
    let scheme = TicketScheme::read(&written.value);
    scheme.map_err(|fault| log.say(rules::bad_ticket(written, &fault))).ok()
}

/// The zone in which the protocol counts.
pub(crate) fn zone(header: &syntax::Protocol, log: &mut Log<'_>) -> Option<Zone> {
    let name = header.zone.as_ref()?;
    let zone = Zone::find(&name.value);
    if zone.is_none() {
        log.say(rules::unknown_zone(name, zone_names()));
    }
    zone
}

/// How far back events may be reported.
pub(crate) fn backdate(
    written: &Written,
    header: &syntax::Protocol,
    log: &mut Log<'_>,
) -> Option<Term> {
    let said = written.time.as_ref().and_then(|time| time.backdate.as_ref());
    if said.is_none() {
        let span = written.time.as_ref().map_or(header.span, |time| time.span);
        log.say(rules::backdate_missing(span));
    }
    term::term(said?, log)
}

/// The first and the last date on which the protocol holds.
pub(crate) fn effective(
    written: Option<&syntax::Effective>,
    log: &mut Log<'_>,
) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let mut date = |moment: Option<&Spanned<Moment>>| match moment.map(|it| (it.value, it.span)) {
        None => None,
        Some((Moment::Date(date), _)) => Some(date),
        Some((_, span)) => {
            log.say(rules::effective_with_time(span));
            None
        }
    };
    let from = written.and_then(|it| it.from.as_ref());
    let to = written.and_then(|it| it.to.as_ref());
    let (from_date, to_date) = (date(from), date(to));
    if let (Some(from_date), Some(to_date), Some(to)) = (from_date, to_date, to)
        && to_date < from_date
    {
        log.say(rules::effective_reversed(from_date, to_date, to.span));
    }
    (from_date, to_date)
}
