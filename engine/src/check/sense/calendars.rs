//! Calendars that know too little for the cases that count on them, and closed days that close
//! nothing.

use chrono::{Datelike, Days, Weekday};

use crate::check::rules;
use crate::diagnostic::Diagnostics;
use crate::model::{Deadline, Lengthen, Protocol};
use crate::syntax;
use crate::syntax::Written;
use crate::text::{Span, Spanned};
use crate::time::{
    Calendar, Ends, Holiday, HolidaySet, NaiveDate, Observed, On, Roll, Term, WEEKDAYS, reach,
};

/// Looks at every calendar of the protocol. `from` is the first day of receipt.
pub(crate) fn calendars(
    written: &Written,
    protocol: &Protocol,
    from: NaiveDate,
    out: &mut Diagnostics,
) {
    for written in &written.calendars {
        let named = |it: &&Calendar| it.id() == written.name.value;
        let Some(meant) = protocol.calendars.iter().find(named) else { continue };
        let has_sets = !meant.plan().sets.is_empty();
        if let Some(use_of) = has_sets.then(|| Use::of(meant, protocol, from)).flatten() {
            for set in &meant.plan().sets {
                let name = written.holidays.iter().find(|it| it.value == set.id);
                name.into_iter().for_each(|name| horizon(set, name, &use_of, out));
            }
        }
        closed_days(written, meant, out);
    }
}

/// For which days a protocol needs to know the holidays of a calendar.
struct Use<'p> {
    first: NaiveDate,
    last_receipt: NaiveDate,
    longest: (Term, u32),
    deadline: &'p str,
    at: Span,
}

impl<'p> Use<'p> {
    /// Nothing where no term asks which days are closed.
    fn of(calendar: &Calendar, protocol: &'p Protocol, from: NaiveDate) -> Option<Self> {
        let here = |it: &&Deadline| {
            protocol.calendars.get(it.calendar.index()).is_some_and(|it| it.id() == calendar.id())
        };
        let mut longest: Option<(u32, Term, &Deadline)> = None;
        for deadline in protocol.deadlines.iter().filter(here) {
            for term in terms(deadline).filter(|term| asks(*term, deadline)) {
                // Less of the same, counted in the same way, lasts no longer.
                let known = |(_, it, of): (u32, Term, &Deadline)| {
                    it.unit == term.unit && it.amount >= term.amount && of.counts == deadline.counts
                };
                if longest.is_some_and(known) {
                    continue;
                }
                let reach = reach(calendar, deadline.counts, from, term);
                let days = reach.and_then(|it| it.most_days).unwrap_or(0);
                if longest.is_none_or(|(most, ..)| days > most) {
                    longest = Some((days, term, deadline));
                }
            }
        }
        let (days, term, deadline) = longest?;
        Some(Self {
            first: from,
            last_receipt: protocol.effective_to.unwrap_or(from),
            longest: (term, days),
            deadline: &deadline.name,
            at: protocol.rule(deadline.rule).span,
        })
    }
}

fn terms(deadline: &Deadline) -> impl Iterator<Item = Term> {
    let own = deadline.alternatives.iter().flat_map(|it| it.allowance.terms().iter().copied());
    let added = deadline.extend.iter().filter_map(|it| match it.lengthen {
        Lengthen::Add(term) | Lengthen::Total(term) => Some(term),
        Lengthen::Until { up_to, .. } => up_to,
    });
    own.chain(added)
}

/// Whether the end of a term depends on which days are closed.
fn asks(term: Term, deadline: &Deadline) -> bool {
    let rolls = term.unit.is_civil() && deadline.counts.roll != Roll::None;
    let closes = term.unit.is_counted_in_days() && deadline.counts.ends == Ends::Close;
    term.unit.is_working() || rolls || closes
}

/// Whether a set knows the holidays of all days on which a case may be open.
fn horizon(set: &HolidaySet, name: &Spanned<String>, use_of: &Use<'_>, out: &mut Diagnostics) {
    if let Some(valid) = set.valid_from.filter(|valid| *valid > use_of.first) {
        out.push(rules::holidays_start_late(name, valid, use_of.first));
    }
    let (term, days) = use_of.longest;
    let until = use_of.last_receipt.checked_add_days(Days::new(u64::from(days)));
    if let (Some(known), Some(until)) = (set.known_until(), until)
        && known < until
    {
        let case = rules::LastCase {
            deadline: use_of.deadline,
            term,
            received: use_of.last_receipt,
            until,
            at: use_of.at,
        };
        out.push(rules::holidays_run_out(name, known, &case));
    }
}

/// Whether each closed day of the organisation's own list closes a day that would be open.
fn closed_days(written: &syntax::Calendar, meant: &Calendar, out: &mut Diagnostics) {
    let plan = meant.plan();
    let open = |day: Weekday| {
        let windows = WEEKDAYS.iter().zip(&plan.week).find(|(it, _)| **it == day);
        windows.is_some_and(|(_, windows)| !windows.is_empty())
    };
    let open_on_weekends = open(Weekday::Sat) || open(Weekday::Sun);
    for (place, (written, day)) in written.closed.iter().zip(&plan.closed).enumerate() {
        let (Some(at), Some(name)) = (&written.on, &written.name) else { continue };
        match weekday(day.on) {
            Some(weekday) if !open(weekday) => {
                out.push(rules::closed_anyway(&name.value, weekday, at.span));
            }
            _ => {
                let earlier = plan.closed.iter().take(place).find(|it| it.on == day.on);
                let same = |set| same_day(set, day, open_on_weekends);
                let of_set = || plan.sets.iter().find_map(same);
                if let Some(earlier) = earlier.filter(|it| it.hours == day.hours) {
                    out.push(rules::closed_twice(&name.value, &earlier.name, None, at.span));
                } else if let Some((set, holiday)) = of_set() {
                    let set = Some(set.id.as_str());
                    out.push(rules::closed_twice(&name.value, &holiday.name, set, at.span));
                }
            }
        }
    }
}

/// The weekday of a day that always falls on the same one.
fn weekday(on: On) -> Option<Weekday> {
    match on {
        On::Date(date) => Some(date.weekday()),
        On::Yearly { .. } => None,
        On::Nth { weekday, .. } | On::From { weekday, .. } => Some(weekday),
        On::Easter { days } => {
            // Easter is a Sunday, the last of the seven.
            let place = usize::try_from(days.saturating_sub(1).rem_euclid(7)).ok()?;
            WEEKDAYS.get(place).copied()
        }
    }
}

/// The holiday of a set that closes the same day in every year, the whole of it. One that is kept
/// on another day when it falls on a weekend leaves the weekend day open.
fn same_day<'s>(
    set: &'s HolidaySet,
    day: &Holiday,
    open_on_weekends: bool,
) -> Option<(&'s HolidaySet, &'s Holiday)> {
    let moves =
        |it: &Holiday| !matches!(it.observed, Observed::AsIs | Observed::AlsoNearestWeekday);
    let always = |it: &&Holiday| {
        let limited = it.from.is_some() || it.to.is_some() || it.every.is_some();
        let stays = !open_on_weekends || !moves(it);
        it.on == day.on && it.hours.is_none() && !limited && it.except.is_empty() && stays
    };
    set.holidays.iter().find(always).map(|holiday| (set, holiday))
}
