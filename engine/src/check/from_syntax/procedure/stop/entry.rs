//! One entry of `[stops]`.

use crate::check::counts::{self, Counting};
use crate::check::from_syntax::organisation::role::title;
use crate::check::from_syntax::procedure::stop::people;
use crate::check::from_syntax::procedure::stop::refuses;
use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::script;
use crate::check::look_up::script::ReadWhile;
use crate::check::look_up::term;
use crate::check::look_up::word;
use crate::check::rules;
use crate::model::{
    Covers, Doer, LetterId, Party, RoleId, RuleId, Stop, StopAppeal, StopReview, StopWarning,
};
use crate::syntax;
use crate::syntax::Citation;
use crate::text::{Span, Spanned};
use crate::time::{Term, Unit};

const COVERS: [(&str, Covers); 2] = [("complainant", Covers::Complainant), ("case", Covers::Case)];

/// Months within which every restriction should have been looked at again.
const REVIEW_MONTHS_MAX: u32 = 12;

/// `[stops.X]`. `None` where something that it needs is missing or wrong; that has been reported.
pub(crate) fn stop(
    written: &syntax::Stop,
    counting: &mut Counting,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Stop> {
    let name = &written.name;
    let rule = log.rule(format!("stops.{}", name.value), written.span, &written.citation);
    let covers = written.covers.as_ref().and_then(|it| word::word("covers", it, &COVERS, log));
    let (proposed_when, proposed_by) = proposal(written, known, log);
    let decided_by = people::roles("`decided_by` names", &written.decided_by, known, log);
    let not_by = people::barred(&written.not_by, log);
    people::decides_alone(written, &proposed_by, &decided_by, log);
    let terms = terms(written, counting, log);
    let warning = warning(written, terms.wait, known, log);
    let notice = notice(written, known, log);
    let review = review(written, terms.every, known, log);
    let appeal = appeal(written, &terms, known, log);
    people::judges_itself(written, &decided_by, review, appeal, known, log);
    let refuses = refuses::all(written, known, log);
    if !log.has_source(rule) {
        log.say(rules::missing_source("stop", &name.value, name.span));
    }
    Some(Stop {
        name: name.value.clone(),
        title: title(written.title.as_ref(), name),
        covers: covers?,
        proposed_when,
        proposed_by: doers(&proposed_by),
        decided_by: doers(&decided_by),
        not_by,
        decide_within: terms.decide_within,
        warning,
        notice: notice?,
        lasts: terms.lasts,
        review: review?,
        appeal: appeal?,
        refuses,
        rule,
    })
}

fn doers(roles: &[RoleId]) -> Vec<Doer> {
    roles.iter().map(|role| Doer::Party(Party::Role(*role))).collect()
}

fn proposal(
    written: &syntax::Stop,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> (Option<crate::script::Expr>, Vec<RoleId>) {
    let Some(proposed) = &written.proposed else { return (None, Vec::new()) };
    if proposed.when.is_none() && proposed.by.is_empty() && !written.broken {
        log.say(rules::stop_never_proposed(&written.name.value, proposed.span));
    }
    let reading = ReadWhile::Case("when a stop is proposed");
    let when = proposed.when.as_ref();
    let when = when.and_then(|it| script::condition(it, reading, known, log));
    (when, people::roles("`proposed` names", &proposed.by, known, log))
}

/// The terms of a stop, each read once.
struct Terms {
    wait: Option<Term>,
    decide_within: Option<Term>,
    lasts: Option<Term>,
    every: Option<Term>,
    within: Option<Term>,
    answer: Option<Term>,
}

fn terms(written: &syntax::Stop, counting: &mut Counting, log: &mut Log<'_>) -> Terms {
    let user = format!("stop `{}`", written.name.value);
    let mut read = |term: Option<&Spanned<String>>| {
        let span = term?.span;
        let read = term::term(term?, log)?;
        counts::of_terms(&[read], false, &user, span, counting, log);
        Some(read)
    };
    let (review, appeal) = (written.review.as_ref(), written.appeal.as_ref());
    Terms {
        wait: read(written.warn_first.as_ref().and_then(|it| it.wait.as_ref())),
        decide_within: read(written.decide_within.as_ref()),
        lasts: read(written.lasts.as_ref()),
        every: read(review.and_then(|it| it.every.as_ref())),
        within: read(appeal.and_then(|it| it.within.as_ref())),
        answer: read(appeal.and_then(|it| it.answer.as_ref())),
    }
}

fn warning(
    written: &syntax::Stop,
    wait: Option<Term>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<StopWarning> {
    let warn = written.warn_first.as_ref()?;
    let path = format!("stops.{}.warn_first", written.name.value);
    let rule = log.rule(path, warn.span, &written.citation);
    let letter = letter("the warning is", warn.letter.as_ref(), known, log);
    Some(StopWarning { letter: letter?, wait: wait?, rule })
}

fn notice(written: &syntax::Stop, known: &Known<'_>, log: &mut Log<'_>) -> Option<LetterId> {
    if written.lasts.is_none() && !written.broken {
        log.say(rules::stop_without_end(&written.name));
    }
    if written.notice.is_none() && !written.broken {
        log.say(rules::stop_without_notice(&written.name));
    }
    letter("the notice is", written.notice.as_ref(), known, log)
}

fn review(
    written: &syntax::Stop,
    every: Option<Term>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<StopReview> {
    let Some(review) = &written.review else {
        if !written.broken {
            log.say(rules::stop_without_review(&written.name));
        }
        return None;
    };
    if let (Some(every), Some(said)) = (every, &review.every)
        && is_beyond(every, REVIEW_MONTHS_MAX)
    {
        log.say(rules::stop_reviewed_late(&written.name.value, said.span));
    }
    let rule = part(written, "review", review.span, &review.citation, log);
    let by = review.by.as_ref().and_then(|it| find::role("`review` names", it, known, log));
    let letter = letter("the outcome is told by", review.letter.as_ref(), known, log);
    Some(StopReview { every: every?, by: by?, letter, rule })
}

fn appeal(
    written: &syntax::Stop,
    terms: &Terms,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<StopAppeal> {
    let Some(appeal) = &written.appeal else {
        if !written.broken {
            log.say(rules::stop_without_appeal(&written.name));
        }
        return None;
    };
    let rule = part(written, "appeal", appeal.span, &appeal.citation, log);
    let to = appeal.to.as_ref().and_then(|it| find::role("`appeal` names", it, known, log));
    let letter = letter("the outcome is told by", appeal.letter.as_ref(), known, log);
    Some(StopAppeal { to: to?, within: terms.within?, answer: terms.answer?, letter, rule })
}

fn part(
    written: &syntax::Stop,
    key: &str,
    span: Span,
    citation: &Citation,
    log: &mut Log<'_>,
) -> RuleId {
    let citation = citation.inside(&written.citation);
    log.rule(format!("stops.{}.{key}", written.name.value), span, &citation)
}

/// A letter of a stop: it goes to the complainant, whom the stop is about.
fn letter(
    user: &str,
    name: Option<&Spanned<String>>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<LetterId> {
    let name = name?;
    let id = find::letter(user, name, known, log)?;
    let declared = known.written.letters.get(id.index());
    let to = declared.map_or(&[][..], |it| &it.to);
    if !to.is_empty() && !to.iter().any(|it| it.value == "complainant") {
        log.say(rules::stop_letter_astray(name));
    }
    Some(id)
}

/// Whether a term is certain to be longer than so many months.
fn is_beyond(term: Term, months: u32) -> bool {
    let longest_month_days = 31;
    let amount_max = match term.unit {
        Unit::Months => months,
        Unit::Years => months / 12,
        Unit::Weeks => months.saturating_mul(longest_month_days) / 7,
        Unit::CalendarDays | Unit::WorkingDays => months.saturating_mul(longest_month_days),
        Unit::Hours | Unit::WorkingHours => months.saturating_mul(longest_month_days * 24),
        Unit::Minutes | Unit::WorkingMinutes => months.saturating_mul(longest_month_days * 24 * 60),
    };
    term.amount > amount_max
}
