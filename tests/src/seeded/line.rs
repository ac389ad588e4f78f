//! What becomes of a fault, in a line, and what is wrong with it.

use std::collections::BTreeSet;

use analysis::{Outcome, Verdict};

use super::judge::{Became, Judged, OfOne, Subject, kind};
use super::operators::Operator;
use super::oracle::Truth;
use crate::edits::Edit;
use crate::verified::named;

/// The line of a fault in the list.
pub(super) fn line(operator: Operator, edit: &Edit, became: &Became) -> String {
    let said = match became {
        Became::Refused(codes) => format!("refused by check: {}", listed(codes)),
        Became::Judged(judged) => told(judged),
    };
    format!("{} | {} | {said}", operator.name(), edit.what)
}

fn listed(codes: &BTreeSet<String>) -> String {
    codes.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn told(judged: &Judged) -> String {
    let changed = judged.each.iter().filter(|it| kind(&it.before) != kind(&it.after));
    let mut said: Vec<String> =
        changed.map(|it| format!("{}: {}{}", it.id, verdict(&it.after), seen(it))).collect();
    if said.is_empty() {
        said.push(format!("survives: {}", why(judged)));
    }
    if !judged.warned.is_empty() {
        said.push(format!("check warns: {}", listed(&judged.warned)));
    }
    said.join("; ")
}

/// Why a fault changes nothing that is said.
fn why(judged: &Judged) -> String {
    if let Some(outside) = judged.outside {
        return format!("no proof is about {outside}");
    }
    let spoken: Vec<&OfOne> = judged.each.iter().filter(|it| it.spoken).collect();
    if spoken.is_empty() {
        return "no guarantee speaks of it".to_owned();
    }
    let mut same: Vec<&str> = Vec::new();
    let mut others = Vec::new();
    for it in spoken {
        match (days(&it.before), days(&it.after)) {
            _ if matches!(it.after.outcome, Outcome::Undecided(_)) => {
                others.push(format!("{} as before {}", it.id, verdict(&it.after)));
            }
            _ if matches!(it.after.outcome, Outcome::Refuted(_)) => {
                others.push(format!("{} refuted as before", it.id));
            }
            (Some(before), Some(after)) if before != after => {
                others.push(format!("{} holds, at most {after} days for {before}", it.id));
            }
            _ => same.push(&it.id),
        }
    }
    if !same.is_empty() {
        others.insert(0, format!("true all the same: {}", same.join(", ")));
    }
    others.join("; ")
}

fn days(verdict: &Verdict) -> Option<u32> {
    match &verdict.outcome {
        Outcome::Proved(it) => it.most_days,
        _ => None,
    }
}

/// A verdict in a few words.
pub(super) fn verdict(verdict: &Verdict) -> String {
    let kind = kind(verdict);
    match &verdict.outcome {
        Outcome::Proved(it) => match it.most_days {
            Some(days) => format!("{kind}, at most {days} days"),
            None => kind.to_owned(),
        },
        Outcome::Impossible(_) => kind.to_owned(),
        Outcome::Refuted(it) => match it.days {
            Some(days) => format!("{kind} after {days} days"),
            None => kind.to_owned(),
        },
        Outcome::Undecided(it) => {
            let why: BTreeSet<String> = it.because.iter().map(named).collect();
            format!("{kind} because of {}", listed(&why))
        }
    }
}

/// Who saw it broken besides.
fn seen(of: &OfOne) -> &'static str {
    match of.truth {
        Some(Truth::BrokenOnGrid | Truth::BrokenOnItsDates) => " (the grid too)",
        Some(Truth::BrokenByEngine) => " (the engine)",
        Some(Truth::Unbroken) => " (unbroken on the grid)",
        Some(Truth::NotSeen) | None => "",
    }
}

/// What must not be: a guarantee that is proved and is seen broken, one that is refuted and never broken
/// or broken without the fault as well, one that is seen broken and not refuted.
pub(super) fn wrong(subject: &Subject, edit: &Edit, became: &Became) -> Vec<String> {
    let Became::Judged(judged) = became else { return Vec::new() };
    let mut wrong = Vec::new();
    for (place, it) in judged.each.iter().enumerate() {
        let is_broken = it.truth.map(Truth::is_broken);
        let said = match &it.after.outcome {
            Outcome::Proved(_) if is_broken == Some(true) => "is proved and seen broken",
            Outcome::Undecided(_) if is_broken == Some(true) => "is seen broken and not refuted",
            Outcome::Refuted(_) if is_broken == Some(false) => "is refuted and nobody breaks it",
            Outcome::Refuted(_)
                if !matches!(it.before.outcome, Outcome::Refuted(_))
                    && subject.breaks_too(place, &it.after) =>
            {
                "is refuted by a course that breaks it without the fault as well"
            }
            _ => continue,
        };
        wrong.push(format!("{}: {} {said}", edit.what, it.id));
    }
    wrong
}
