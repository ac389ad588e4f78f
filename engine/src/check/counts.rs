//! How terms are counted: `[time]`, what a deadline says otherwise, and what nobody has said.

use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::word;
use crate::check::rules;
use crate::model::{Alternative, CalendarId, Choose, Extension, Lengthen};
use crate::syntax;
use crate::text::{Span, Spanned};
use crate::time::{Ends, FirstDay, OutsideHours, Roll, Rules, Term, Twice};

const FIRST_DAY: [(&str, FirstDay); 2] = [("next", FirstDay::Next), ("same", FirstDay::Same)];
const ENDS: [(&str, Ends); 3] =
    [("close", Ends::Close), ("midnight", Ends::Midnight), ("exact", Ends::Exact)];
const ROLL: [(&str, Roll); 3] =
    [("forward", Roll::Forward), ("back", Roll::Back), ("none", Roll::None)];
const OUTSIDE_HOURS: [(&str, OutsideHours); 2] =
    [("as_is", OutsideHours::AsIs), ("next_working_day", OutsideHours::NextWorkingDay)];
const TWICE: [(&str, Twice); 2] = [("earlier", Twice::Earlier), ("later", Twice::Later)];

/// The name of the key, in the list of what has been missed.
const CALENDAR: &str = "calendar";

/// What is said in one place about counting. A key that is there but wrong has been reported and
/// counts as said, so that nobody is told to write it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Said {
    first_day: Option<FirstDay>,
    ends: Option<Ends>,
    ends_at: Option<Span>,
    roll: Option<Roll>,
    outside_hours: Option<OutsideHours>,
    twice: Option<Twice>,
}

struct Keys<'k> {
    first_day: Option<&'k Spanned<String>>,
    ends: Option<&'k Spanned<String>>,
    roll: Option<&'k Spanned<String>>,
    outside_hours: Option<&'k Spanned<String>>,
    twice: Option<&'k Spanned<String>>,
}

/// The state of counting over the whole protocol.
pub(crate) struct Counting {
    time: Said,
    default_calendar: Option<CalendarId>,
    header: Span,
    missing: Vec<&'static str>,
}

/// What a clock is counted from and in.
pub(crate) struct Clock<'w> {
    /// As written.
    pub(crate) written: &'w syntax::Deadline,
    /// All terms it has or may get.
    pub(crate) terms: Vec<Term>,
    /// Whether an event starts it.
    pub(crate) by_event: bool,
}

/// Reads `[time]`. `header` is the place of `[protocol]`.
pub(crate) fn of_protocol(
    written: Option<&syntax::TimeRules>,
    default_calendar: Option<CalendarId>,
    header: Span,
    log: &mut Log<'_>,
) -> Counting {
    let said = written.map(|time| {
        let keys = Keys {
            first_day: time.first_day.as_ref(),
            ends: time.ends.as_ref(),
            roll: time.roll.as_ref(),
            outside_hours: time.receipt_outside_hours.as_ref(),
            twice: time.twice.as_ref(),
        };
        said(&keys, log)
    });
    let time = said.unwrap_or_default();
    refuse_same_and_exact(&time, &Said::default(), log);
    Counting { time, default_calendar, header, missing: Vec::new() }
}

impl Counting {
    /// How terms are counted where a deadline says nothing else. What nobody has said and no term
    /// needs is filled in and never used.
    pub(crate) fn rules(&self) -> Rules {
        filled(&self.time, Twice::Earlier)
    }

    /// Notes that a calendar is named, even if wrongly, so that none is missed.
    pub(crate) fn calendar_is_said(&mut self) {
        self.missing.push(CALENDAR);
    }

    /// Where a calendar stands once that of `[protocol]` has moved to the front; without one, a
    /// calendar that is always open stands there.
    pub(crate) fn moved(&self, calendar: CalendarId) -> CalendarId {
        match self.default_calendar {
            Some(first) if calendar == first => CalendarId(0),
            Some(first) if calendar > first => calendar,
            _ => CalendarId(calendar.0.saturating_add(1)),
        }
    }
}

/// How a deadline is counted, and on which calendar.
pub(crate) fn of_deadline(
    clock: &Clock<'_>,
    counting: &mut Counting,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> (Rules, CalendarId) {
    let counts = clock.written.counts.as_ref();
    let own = counts.map(|counts| {
        let keys = Keys {
            first_day: counts.first_day.as_ref(),
            ends: counts.ends.as_ref(),
            roll: counts.roll.as_ref(),
            outside_hours: counts.receipt_outside_hours.as_ref(),
            twice: counts.twice.as_ref(),
        };
        said(&keys, log)
    });
    let own = own.unwrap_or_default();
    refuse_same_and_exact(&own, &counting.time, log);
    let said = merged(&own, &counting.time);
    let name = &clock.written.name;
    let user = format!("deadline `{}`", name.value);
    need(
        &clock.terms,
        clock.by_event,
        clock.written.due.is_some(),
        &said,
        &user,
        name.span,
        counting,
        log,
    );
    let named = counts.and_then(|counts| counts.calendar.as_ref());
    let named_calendar = named.map(|it| find::calendar("`counts` names", it, known, log));
    if named.is_none() {
        need_calendar(&clock.terms, clock.by_event, &said, &user, name.span, counting, log);
    }
    let calendar = named_calendar.flatten().map(|it| counting.moved(it));
    // A civil time that occurs twice is the earlier for a duty, the later for a right.
    let twice = if clock.written.window { Twice::Later } else { Twice::Earlier };
    (filled(&said, twice), calendar.unwrap_or(CalendarId(0)))
}

/// Checks that terms that belong to no deadline can be counted. `by_event` says whether they begin
/// with an event.
pub(crate) fn of_terms(
    terms: &[Term],
    by_event: bool,
    user: &str,
    span: Span,
    counting: &mut Counting,
    log: &mut Log<'_>,
) {
    let said = counting.time;
    need(terms, by_event, false, &said, user, span, counting, log);
    need_calendar(terms, by_event, &said, user, span, counting, log);
}

/// All terms that a clock has or may get.
pub(crate) fn terms(
    allowed: Option<&(Vec<Alternative>, Choose)>,
    extend: &[Extension],
) -> Vec<Term> {
    let alternatives = allowed.iter().flat_map(|(alternatives, _)| alternatives);
    let own = alternatives.flat_map(|it| it.allowance.terms().iter().copied());
    let added = extend.iter().filter_map(|it| match &it.lengthen {
        Lengthen::Add(term) | Lengthen::Total(term) => Some(*term),
        Lengthen::Until { up_to, .. } => *up_to,
    });
    own.chain(added).collect()
}

fn said(keys: &Keys<'_>, log: &mut Log<'_>) -> Said {
    // A word that is wrong has been reported; any other keeps the key from being missed.
    fn read<T: Copy, const N: usize>(
        key: &str,
        written: Option<&Spanned<String>>,
        words: &[(&str, T); N],
        log: &mut Log<'_>,
    ) -> Option<T> {
        let read = word::word(key, written?, words, log);
        read.or_else(|| words.first().map(|(_, meaning)| *meaning))
    }
    Said {
        first_day: read("first_day", keys.first_day, &FIRST_DAY, log),
        ends: read("ends", keys.ends, &ENDS, log),
        ends_at: keys.ends.or(keys.first_day).map(|it| it.span),
        roll: read("roll", keys.roll, &ROLL, log),
        outside_hours: read("receipt_outside_hours", keys.outside_hours, &OUTSIDE_HOURS, log),
        twice: read("twice", keys.twice, &TWICE, log),
    }
}

fn merged(own: &Said, time: &Said) -> Said {
    Said {
        first_day: own.first_day.or(time.first_day),
        ends: own.ends.or(time.ends),
        ends_at: own.ends_at,
        roll: own.roll.or(time.roll),
        outside_hours: own.outside_hours.or(time.outside_hours),
        twice: own.twice.or(time.twice),
    }
}

fn filled(said: &Said, twice: Twice) -> Rules {
    Rules {
        first_day: said.first_day.unwrap_or(FirstDay::Next),
        ends: said.ends.unwrap_or(Ends::Midnight),
        roll: said.roll.unwrap_or(Roll::None),
        outside_hours: said.outside_hours.unwrap_or(OutsideHours::AsIs),
        twice: said.twice.unwrap_or(twice),
    }
}

fn refuse_same_and_exact(own: &Said, time: &Said, log: &mut Log<'_>) {
    let both = merged(own, time);
    let Some(span) = own.ends_at else {
        return;
    };
    if both.first_day == Some(FirstDay::Same) && both.ends == Some(Ends::Exact) {
        log.say(rules::same_and_exact(span));
    }
}

#[expect(clippy::too_many_arguments, reason = "each is a fact about one clock, read once")]
fn need(
    terms: &[Term],
    by_event: bool,
    agreed: bool,
    said: &Said,
    user: &str,
    span: Span,
    counting: &mut Counting,
    log: &mut Log<'_>,
) {
    let in_days = terms.iter().find(|term| term.unit.is_counted_in_days());
    let civil = terms.iter().find(|term| term.unit.is_civil());
    let because = |term: &Term| format!("is counted in {}", term.unit.plural());
    let mut missing: Vec<(&'static str, String)> = Vec::new();
    if let (Some(term), None) = (in_days, said.first_day) {
        missing.push(("first_day", because(term)));
    }
    match (in_days, said.ends) {
        (Some(term), None) => missing.push(("ends", because(term))),
        (None, None) if agreed => missing.push(("ends", "ends on an agreed date".to_owned())),
        _ => {}
    }
    if let (Some(term), None) = (civil, said.roll) {
        missing.push(("roll", because(term)));
    }
    if by_event && !terms.is_empty() && said.outside_hours.is_none() {
        missing.push(("receipt_outside_hours", "starts on an event".to_owned()));
    }
    for (key, because) in missing {
        if !counting.missing.contains(&key) {
            counting.missing.push(key);
            log.say(rules::counting_not_said(key, user, &because, span));
        }
    }
}

fn need_calendar(
    terms: &[Term],
    by_event: bool,
    said: &Said,
    user: &str,
    span: Span,
    counting: &mut Counting,
    log: &mut Log<'_>,
) {
    if counting.default_calendar.is_some() || counting.missing.contains(&CALENDAR) {
        return;
    }
    let working = terms.iter().any(|term| term.unit.is_working());
    let in_days = terms.iter().any(|term| term.unit.is_counted_in_days());
    let civil = terms.iter().any(|term| term.unit.is_civil());
    let closes = in_days && said.ends == Some(Ends::Close);
    let rolls = civil && said.roll.is_some_and(|roll| roll != Roll::None);
    let moves = by_event && said.outside_hours == Some(OutsideHours::NextWorkingDay);
    if working || closes || rolls || moves {
        counting.missing.push(CALENDAR);
        log.say(rules::missing_calendar(user, span, counting.header));
    }
}
