//! `[[guarantees]]`.

use crate::check::counts;
use crate::check::counts::Counting;
use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::point;
use crate::check::look_up::script;
use crate::check::look_up::script::ReadWhile;
use crate::check::look_up::term;
use crate::check::rules;
use crate::model::{DeadlineId, EventId, Guarantee, Point, Promise, RuleId};
use crate::script::Expr;
use crate::syntax;
use crate::text::Spanned;
use crate::time::Allowance;

/// One entry. `None` where nothing is promised that could be held to; that has been reported.
pub(crate) fn guarantee(
    written: &syntax::Guarantee,
    counting: &mut Counting,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Guarantee> {
    let name = &written.name.value;
    let rule = log.rule(format!("guarantees.{name}"), written.span, &written.citation);
    let says = written.says.as_ref().map(|it| it.value.clone());
    let read = Read::of(written, rule, counting, known, log);
    let promise = promise(written, read, known, log);
    let unless = point::points("guarantee is discharged by", &written.unless, known, log);
    let undischarged =
        matches!(promise, Some(Promise::Possible { .. } | Promise::Reachable { .. }));
    if let (Some(first), true) = (written.unless.first(), undischarged) {
        let why = "nothing that happens in a case discharges what is always so";
        log.say(rules::key_without_effect("unless", first.span, why));
    }
    let assume = find::each(&written.assume, log, |it, log| assumed(it, known, log));
    Some(Guarantee { id: name.clone(), says: says?, promise: promise?, unless, assume, rule })
}

/// What the keys mean, each by itself.
struct Read {
    from: Vec<Point>,
    within: Option<Allowance>,
    expect: Vec<Point>,
    never: Vec<Point>,
    before: Vec<Point>,
    holds: Option<Expr>,
    reachable: Vec<Point>,
}

impl Read {
    fn of(
        written: &syntax::Guarantee,
        rule: RuleId,
        counting: &mut Counting,
        known: &Known<'_>,
        log: &mut Log<'_>,
    ) -> Self {
        let from = point::points("guarantee begins with", &written.from, known, log);
        let holds = written.holds.as_ref();
        let reading = ReadWhile::Case("when a guarantee is looked at");
        Self {
            within: within(written, rule, &from, counting, log),
            from,
            expect: point::points("guarantee expects", &written.expect, known, log),
            never: point::points("guarantee rules out", &written.never, known, log),
            before: point::points("guarantee asks first for", &written.before, known, log),
            holds: holds.and_then(|it| script::condition(it, reading, known, log)),
            reachable: point::points("guarantee leads to", &written.always_reachable, known, log),
        }
    }
}

/// What the keys promise together. A list of which nothing could be read is no list.
fn promise(
    written: &syntax::Guarantee,
    read: Read,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Promise> {
    let Read { from, within, expect, never, before, holds, reachable } = read;
    let some = |points: Vec<Point>| (!points.is_empty()).then_some(points);
    let keys: Vec<&str> = written.keys.iter().map(|(key, _)| *key).collect();
    match keys.as_slice() {
        ["from", "within", "expect"] => {
            Some(Promise::Within { from: some(from)?, within: within?, expect: some(expect)? })
        }
        ["never", "before"] => Some(Promise::Before { never: some(never)?, before: some(before)? }),
        ["never", "while"] => Some(Promise::While { never: some(never)?, holds: holds? }),
        ["from", "within", "never"] => {
            Some(Promise::TooSoon { never: some(never)?, from: some(from)?, within: within? })
        }
        ["never", "more_than"] => {
            let times = written.more_than.as_ref().and_then(|it| times(written, it, log));
            Some(Promise::AtMost { never: some(never)?, times: times? })
        }
        ["always_possible"] | ["while", "always_possible"] => {
            let event = written.always_possible.as_ref();
            let event = event.and_then(|it| event_of(it, known, log));
            if keys.len() > 1 && holds.is_none() {
                return None;
            }
            Some(Promise::Possible { event: event?, holds })
        }
        ["always_reachable"] => Some(Promise::Reachable { points: some(reachable)? }),
        _ => {
            log.say(rules::guarantee_keys(written));
            None
        }
    }
}

/// The term, with what is needed to count it: a term that belongs to a guarantee is counted by
/// `[time]` on the calendar of the protocol.
fn within(
    written: &syntax::Guarantee,
    rule: RuleId,
    from: &[Point],
    counting: &mut Counting,
    log: &mut Log<'_>,
) -> Option<Allowance> {
    let term = written.within.as_ref()?;
    let allowance = term::allowance(term, log)?;
    let name = &written.name;
    if allowance == Allowance::Promptly {
        log.say(rules::no_end_of_guarantee(&name.value, term.span));
        return None;
    }
    if !log.has_source(rule) {
        log.say(rules::missing_source("guarantee", &name.value, name.span));
    }
    let user = format!("guarantee `{}`", name.value);
    let by_event = from.iter().any(|it| matches!(it, Point::Event(_)));
    counts::of_terms(allowance.terms(), by_event, &user, term.span, counting, log);
    Some(allowance)
}

/// How often something may happen.
fn times(written: &syntax::Guarantee, count: &Spanned<u32>, log: &mut Log<'_>) -> Option<u16> {
    let times = u16::try_from(count.value).ok();
    if times.is_none() {
        log.say(rules::guarantee_counts_too_far(&written.name.value, count, u16::MAX));
    }
    times
}

/// The event that is always possible, written as a point: `withdrawn`, or `event:withdrawn`.
fn event_of(written: &Spanned<String>, known: &Known<'_>, log: &mut Log<'_>) -> Option<EventId> {
    let bare = written.value.strip_prefix("event:").unwrap_or(&written.value);
    if bare.contains(':') {
        log.say(rules::possible_is_no_event(written));
        return None;
    }
    let name = Spanned::new(bare.to_owned(), written.span);
    find::event("guarantee always allows", &name, known, log)
}

/// `met:D`: the deadline that is taken to be met in time.
fn assumed(written: &Spanned<String>, known: &Known<'_>, log: &mut Log<'_>) -> Option<DeadlineId> {
    let Some(name) = written.value.strip_prefix("met:") else {
        log.say(rules::assume_not_met(written, &known.names.deadlines));
        return None;
    };
    let name = Spanned::new(name.to_owned(), written.span);
    find::deadline("guarantee assumes to be met", &name, known, log)
}
