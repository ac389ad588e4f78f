//! `within`: how long a deadline may take.

use crate::check::log::Log;
use crate::check::look_up::known::Known;
use crate::check::look_up::script;
use crate::check::look_up::script::ReadWhile;
use crate::check::look_up::term;
use crate::check::rules;
use crate::model::{Alternative, Choose, FieldId, FieldKind, RuleId};
use crate::syntax;
use crate::syntax::{Within, WithinChoice, WithinLevel};
use crate::text::{Span, Spanned};

type Allowed = (Vec<Alternative>, Choose);

/// The terms of a deadline and the way to choose; `None` where there is a date instead, or where
/// nothing could be read, which has been reported.
pub(crate) fn within(
    written: &syntax::Deadline,
    rule: RuleId,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Allowed> {
    let said: Vec<(&str, Span)> = [
        written.within.as_ref().map(|it| ("within", span(it, written))),
        written.due.as_ref().map(|it| ("due", it.span)),
        written.every.as_ref().map(|it| ("every", it.span)),
    ]
    .into_iter()
    .flatten()
    .collect();
    match said.as_slice() {
        [] if !written.broken => log.say(rules::no_term(written)),
        [first, second, ..] => log.say(rules::two_terms(*first, *second)),
        _ => {}
    }
    if let Some(every) = &written.every {
        let allowance = term::allowance(every, log)?;
        return Some((vec![Alternative { allowance, rule }], Choose::Only));
    }
    match written.within.as_ref()? {
        Within::Term(term) => {
            let allowance = term::allowance(term, log)?;
            Some((vec![Alternative { allowance, rule }], Choose::Only))
        }
        Within::By { by, levels, otherwise, span } => {
            let table =
                Table { by: by.as_ref()?, levels, otherwise: otherwise.as_ref(), span: *span };
            by_value(&table, written, known, log)
        }
        Within::Choices(choices) => first_that_holds(choices, written, known, log),
    }
}

/// Whether no term is ever counted: it is owed promptly, and nothing gives it an end.
pub(crate) fn is_promptly(written: &syntax::Deadline) -> bool {
    let promptly = |term: &Spanned<String>| term.value.trim() == "promptly";
    let uncounted = match &written.within {
        Some(Within::Term(term)) => promptly(term),
        Some(Within::Choices(_) | Within::By { .. }) | None => false,
    };
    uncounted && written.extend.iter().all(|it| it.add.is_some())
}

fn span(within: &Within, deadline: &syntax::Deadline) -> Span {
    match within {
        Within::Term(term) => term.span,
        Within::By { span, .. } => *span,
        Within::Choices(choices) => choices.first().map_or(deadline.span, |it| it.span),
    }
}

/// A table of terms by levels, rungs or choices.
struct Table<'t> {
    by: &'t Spanned<String>,
    levels: &'t [WithinLevel],
    otherwise: Option<&'t Spanned<String>>,
    span: Span,
}

/// What a table of terms goes by.
enum By {
    Severity,
    Rung,
    Field(FieldId, bool),
}

fn by_value(
    table: &Table<'_>,
    written: &syntax::Deadline,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Allowed> {
    let (by, names) = chosen_by(table.by, known, log)?;
    let mut alternatives = Vec::new();
    let mut places: Vec<Option<u16>> = vec![None; names.len()];
    let mut add = |name: &str, term: &Spanned<String>, log: &mut Log<'_>| {
        let path = format!("deadlines.{}.within.{name}", written.name.value);
        let rule = log.rule(path, term.span, &written.citation);
        let place = u16::try_from(alternatives.len()).unwrap_or(u16::MAX);
        let allowance = term::allowance(term, log)?;
        alternatives.push(Alternative { allowance, rule });
        Some(place)
    };
    for WithinLevel { level, term } in table.levels {
        let place = add(&level.value, term, log);
        match names.iter().position(|name| *name == level.value) {
            Some(at) => places.get_mut(at).into_iter().for_each(|slot| *slot = place),
            None => log.say(rules::unknown_case(&level.value, level.span, &table.by.value, &names)),
        }
    }
    let otherwise = table.otherwise.and_then(|term| add("otherwise", term, log));
    // A value whose term cannot be read has been reported and is not called missing as well.
    let said = |name: &str| table.levels.iter().any(|it| it.level.value == name);
    let missing = names.iter().map(String::as_str).filter(|name| !said(name));
    let missing: Vec<&str> = missing.collect();
    if table.otherwise.is_none() && !missing.is_empty() {
        log.say(rules::within_gap(&written.name.value, &missing, table.span));
        return None;
    }
    if let (Some(otherwise), true) = (table.otherwise, missing.is_empty())
        && !matches!(by, By::Field(_, true))
    {
        log.say(rules::otherwise_never_used(otherwise.span, &table.by.value));
    }
    if let (By::Field(_, true), None) = (&by, table.otherwise) {
        log.say(rules::unset_gap(&written.name.value, &table.by.value, table.span));
        return None;
    }
    let mut chosen: Vec<u16> =
        places.into_iter().map(|it| it.or(otherwise)).collect::<Option<_>>()?;
    let choose = match by {
        By::Severity => Choose::BySeverity(chosen),
        By::Rung => Choose::ByRung(chosen),
        By::Field(field, _) => {
            chosen.push(otherwise.unwrap_or(0));
            Choose::ByField(field, chosen)
        }
    };
    Some((alternatives, choose))
}

/// What the table goes by, and the names it must have a term for. A field may be unset where
/// nothing makes sure that every case has it from the start.
fn chosen_by(
    by: &Spanned<String>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<(By, Vec<String>)> {
    match by.value.as_str() {
        "severity" if known.sets.levels.is_some() => {
            return Some((By::Severity, known.names.levels.to_vec()));
        }
        "rung" if known.names.rungs.len() > 0 => {
            return Some((By::Rung, known.names.rungs.to_vec()));
        }
        _ => {}
    }
    let place = known.names.fields.place(&by.value);
    let Some(place) = place else {
        log.say(rules::unknown_case_key(by, &known.names.fields));
        return None;
    };
    let set = match known.fields.get(place)? {
        Some(FieldKind::Choice(set) | FieldKind::Role(set)) => *set,
        Some(_) => {
            log.say(rules::unknown_case_key(by, &known.names.fields));
            return None;
        }
        None => return None,
    };
    let declared = known.written.fields.get(place)?;
    let may_be_unset = !declared.required && declared.default.is_none();
    let names = known.scope.set(set)?.names.clone();
    Some((By::Field(FieldId::at(place), may_be_unset), names))
}

fn first_that_holds(
    choices: &[WithinChoice],
    written: &syntax::Deadline,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Allowed> {
    let mut alternatives = Vec::new();
    let mut chosen = Vec::new();
    let reading = ReadWhile::Case("when a term is chosen");
    for (choice, number) in choices.iter().zip(1..) {
        let path = format!("deadlines.{}.within[{number}]", written.name.value);
        let citation = choice.citation.inside(&written.citation);
        let rule = log.rule(path, choice.span, &citation);
        let when = choice.when.as_ref().map(|it| script::condition(it, reading, known, log));
        let allowance = choice.is.as_ref().and_then(|it| term::allowance(it, log));
        let (Some(allowance), when) = (allowance, when) else { continue };
        let place = u16::try_from(alternatives.len()).unwrap_or(u16::MAX);
        alternatives.push(Alternative { allowance, rule });
        match when {
            None => chosen.push((None, place)),
            Some(when) => chosen.extend(when.map(|when| (Some(when), place))),
        }
    }
    let unconditional = choices.iter().position(|it| it.when.is_none());
    match unconditional {
        None => {
            let last = choices.last().map_or(written.span, |it| it.span);
            log.say(rules::list_gap(&written.name.value, last));
            return None;
        }
        Some(place) => {
            if let Some(masked) = choices.get(place.saturating_add(1)) {
                log.say(rules::choice_never_reached(masked.span));
            }
        }
    }
    Some((alternatives, Choose::First(chosen)))
}
