//! `[deadlines]`.

use crate::check::counts;
use crate::check::counts::Counting;
use crate::check::from_syntax::organisation::role::title;
use crate::check::from_syntax::procedure::deadline::extension;
use crate::check::from_syntax::procedure::deadline::for_each;
use crate::check::from_syntax::procedure::deadline::within;
use crate::check::from_syntax::procedure::ladder;
use crate::check::from_syntax::procedure::transition;
use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::party;
use crate::check::look_up::point;
use crate::check::look_up::script;
use crate::check::look_up::script::ReadWhile;
use crate::check::look_up::term;
use crate::check::look_up::word;
use crate::check::rules;
use crate::model::{
    Agreed, Deadline, Doer, Every, FieldId, FieldKind, MetBy, Outcome, Party, Period, Point,
    RuleId, To, WARNINGS_MAX, Warning,
};
use crate::syntax;
use crate::syntax::Citation;
use crate::text::Spanned;

/// The highest share of a term: a warning at 100 % is the breach itself.
const PERCENT_MAX: u8 = 99;

/// `[deadlines.D]`. `None` where nothing can be counted; that has been reported.
pub(crate) fn deadline(
    written: &syntax::Deadline,
    counting: &mut Counting,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Deadline> {
    let name = &written.name;
    let rule = log.rule(format!("deadlines.{}", name.value), written.span, &written.citation);
    let each = for_each::for_each(written, known, log);
    let who = written.who.as_ref();
    let who = who.and_then(|it| party::doer("`who` names", it, known, log));
    if who == Some(Doer::Party(Party::Complainant)) && !written.window {
        log.say(rules::complainant_duty(written));
    }
    keys_without_effect(written, log);
    let due = match (&written.due, each.is_some() || written.for_each.is_some()) {
        (Some(due), false) => date_field("`due` names", due, known, log).map(Agreed::Field),
        (Some(due), true) => for_each::due(each.as_ref(), due, known, log).map(Agreed::Entry),
        (None, _) => None,
    };
    let reading = ReadWhile::Case("when a clock is looked at");
    let when = written.when.as_ref();
    let when = when.and_then(|it| script::condition(it, reading, known, log));
    let allowed = within::within(written, rule, known, log);
    let mut starts = point::points("clock starts on", &written.starts, known, log);
    match due {
        Some(Agreed::Field(field)) if written.starts.is_empty() => starts.push(Point::Date(field)),
        _ => starts.extend(for_each::starts(each.as_ref(), due, known)),
    }
    let restarts = point::points("clock restarts on", &written.restarts, known, log);
    let extend = written.extend.iter().zip(1..);
    let extend: Vec<_> = extend
        .filter_map(|(it, place)| extension::extension(it, written, place, known, log))
        .collect();
    if allowed.is_some() && !log.has_source(rule) {
        log.say(rules::missing_source("deadline", &name.value, name.span));
    }
    let clock = counts::Clock {
        written,
        terms: counts::terms(allowed.as_ref(), &extend),
        by_event: starts.iter().chain(&restarts).any(|it| matches!(it, Point::Event(_))),
    };
    let (rules, calendar) = counts::of_deadline(&clock, counting, known, log);
    let (alternatives, choose) = match allowed {
        Some(allowed) => allowed,
        None if due.is_some() => (Vec::new(), crate::model::Choose::Only),
        None => return None,
    };
    Some(Deadline {
        name: name.value.clone(),
        title: title(written.title.as_ref(), name),
        who,
        for_each: each,
        window: written.window,
        starts,
        restarts,
        alternatives,
        choose,
        due,
        every: every(written, known, log),
        when,
        met_by: for_each::met_by(each.as_ref(), met_by(written, known, log), known),
        cancelled_by: point::points("clock is cancelled by", &written.cancelled_by, known, log),
        after_close: written.after_close,
        counts: rules,
        calendar,
        pausable: written.due.is_none() && written.pausable.as_ref().is_none_or(|it| it.value),
        extend,
        warn: warnings(written, name, log),
        outcome: outcome(written, rule, known, log),
        rule,
    })
}

/// A field that holds a date.
pub(crate) fn date_field(
    user: &str,
    written: &Spanned<String>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<FieldId> {
    let field = find::field(user, written, known, log)?;
    match known.fields.get(field.index()) {
        Some(Some(FieldKind::Date)) => Some(field),
        None | Some(None) => None,
        Some(Some(_)) => {
            log.say(rules::not_a_date_field(user, written));
            None
        }
    }
}

fn keys_without_effect(written: &syntax::Deadline, log: &mut Log<'_>) {
    let mut say = |key: &str, span, why: &str| log.say(rules::key_without_effect(key, span, why));
    if written.every.is_none() {
        if let Some(until) = written.until.first() {
            say("until", until.span, "it ends a duty that comes back, and there is no `every`");
        }
        if let Some(per) = &written.per {
            say("per", per.span, "it belongs to a duty that comes back, and there is no `every`");
        }
    }
    match (&written.breach, &written.lapse) {
        (Some(breach), _) if written.window => {
            say("breach", breach.span, "a window is never breached; what it does is `lapse`");
        }
        (_, Some(lapse)) if !written.window => {
            say("lapse", lapse.span, "only a window lapses; what a duty does is `breach`");
        }
        _ => {}
    }
    if let (Some(pausable), Some(_)) = (&written.pausable, &written.due) {
        say("pausable", pausable.span, "a clock with an agreed date is never paused");
    }
    if !within::is_promptly(written) {
        return;
    }
    if let Some(warn) = written.warn.first() {
        say("warn", warn.span, "a duty owed promptly has no end that comes near");
    }
    if let Some(end) = written.breach.as_ref().or(written.lapse.as_ref()) {
        let key = if written.window { "lapse" } else { "breach" };
        say(key, end.span, "a duty owed promptly is never missed");
    }
    if let Some(extend) = written.extend.first() {
        say("extend", extend.span, "a duty owed promptly has no end to put off");
    }
}

fn every(written: &syntax::Deadline, known: &Known<'_>, log: &mut Log<'_>) -> Option<Every> {
    written.every.as_ref()?;
    let per = written.per.as_ref();
    let per = match per {
        Some(per) => word::word("per", per, &[("grid", Period::Grid)], log)?,
        None => Period::Meeting,
    };
    let until = point::points("duty comes back until", &written.until, known, log);
    Some(Every { per, until })
}

fn met_by(written: &syntax::Deadline, known: &Known<'_>, log: &mut Log<'_>) -> Vec<MetBy> {
    let mut found = Vec::new();
    for (place, it) in written.met_by.iter().enumerate() {
        let before = written.met_by.iter().take(place);
        let same = |other: &&syntax::MetBy| other.on.value == it.on.value;
        if let Some(first) = before.clone().find(same).filter(|first| first.when == it.when) {
            log.say(rules::duplicate_in_list(&it.on, first.on.span));
            continue;
        }
        let on = point::point("clock is met by", &it.on, known, log);
        let when = it.when.as_ref();
        let when = when.map(|it| script::condition(it, ReadWhile::Event, known, log));
        match (on, when) {
            (Some(on), None) => found.push(MetBy { on, when: None }),
            (Some(on), Some(Some(when))) => found.push(MetBy { on, when: Some(when) }),
            _ => {}
        }
    }
    found
}

fn warnings(written: &syntax::Deadline, name: &Spanned<String>, log: &mut Log<'_>) -> Vec<Warning> {
    if let Some(first) = written.warn.get(WARNINGS_MAX) {
        log.say(rules::too_many_warnings(&name.value, written.warn.len(), first.span));
    }
    find::each(&written.warn, log, warning)
}

/// `2 working days before`, `at 75 %`.
fn warning(written: &Spanned<String>, log: &mut Log<'_>) -> Option<Warning> {
    let text = written.value.trim();
    if let Some(before) = text.strip_suffix("before") {
        let before = Spanned::new(before.trim().to_owned(), written.span);
        return term::term(&before, log).map(Warning::Before);
    }
    let percent = text.strip_prefix("at").and_then(|rest| rest.trim().strip_suffix('%'));
    let percent = percent.and_then(|digits| digits.trim().parse::<u8>().ok());
    match percent {
        Some(percent @ 1..=PERCENT_MAX) => Some(Warning::AtPercent(percent)),
        _ => {
            log.say(rules::bad_warning(written));
            None
        }
    }
}

fn outcome(
    written: &syntax::Deadline,
    rule: RuleId,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Outcome {
    let (key, end) = match written.window {
        true => ("lapse", &written.lapse),
        false => ("breach", &written.breach),
    };
    let Some(end) = end else {
        return Outcome {
            tells: Vec::new(),
            sends: Vec::new(),
            to: To::Unsaid,
            escalate: None,
            rule,
        };
    };
    let escalate = end.escalate.as_ref();
    let user = format!("`{key}` leads to");
    let rule = match end.citation == Citation::default() {
        true => rule,
        false => {
            let path = format!("deadlines.{}.{key}", written.name.value);
            log.rule(path, end.span, &end.citation.inside(&written.citation))
        }
    };
    Outcome {
        tells: party::doers("`tells` names", &end.tells, known, log),
        sends: transition::letters(&end.sends, known, log),
        to: transition::to(&user, end.to.as_ref(), known, log),
        escalate: escalate.and_then(|it| ladder::escalate(it, known, log)),
        rule,
    }
}
