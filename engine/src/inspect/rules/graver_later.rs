//! The graver a complaint, the longer it may take.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::model::{Choose, Deadline, Protocol};
use crate::time::{Allowance, Term, Unit};

pub(crate) const CODE: Code = Code::warning("graver-later");

/// Reports every duty that gives a level of severity more time than a lower one; the first pair
/// of each. Terms of unlike units are not compared.
pub(crate) fn graver_later(protocol: &Protocol, out: &mut Diagnostics) {
    let levels = protocol.sets.levels.and_then(|it| protocol.scope.set(it));
    let name = |level: usize| levels.and_then(|it| it.names.get(level)).map_or("", String::as_str);
    for deadline in protocol.deadlines.iter().filter(|it| !it.window) {
        let Some((low, shorter, high, longer)) = exchanged(deadline) else { continue };
        let message = format!(
            "deadline `{}` gives level `{}` {longer}, and the lower `{}` {shorter}",
            deadline.name,
            name(high),
            name(low)
        );
        let span = protocol.rule(deadline.rule).span;
        out.push(
            Diagnostic::new(CODE, message, span, "a graver complaint would be dealt with later")
                .help("exchange the terms, or the levels: `levels` lists the lowest first"),
        );
    }
}

/// A level and a higher one that has more time, each with its term.
fn exchanged(deadline: &Deadline) -> Option<(usize, Term, usize, Term)> {
    let Choose::BySeverity(places) = &deadline.choose else { return None };
    let mut shortest: BTreeMap<Unit, (u64, usize, Term)> = BTreeMap::new();
    for (level, place) in places.iter().enumerate() {
        let Some(term) = term(deadline, *place) else { continue };
        let (length, unit) = length(term);
        match shortest.get(&unit) {
            Some((least, low, shorter)) if length > *least => {
                return Some((*low, *shorter, level, term));
            }
            _ => drop(shortest.insert(unit, (length, level, term))),
        }
    }
    None
}

fn term(deadline: &Deadline, place: u16) -> Option<Term> {
    match deadline.alternatives.get(usize::from(place))?.allowance {
        Allowance::Term(term) => Some(term),
        _ => None,
    }
}

/// How many of the smallest unit that a term can always be said in.
fn length(term: Term) -> (u64, Unit) {
    let (times, unit) = match term.unit {
        Unit::Hours => (60, Unit::Minutes),
        Unit::WorkingHours => (60, Unit::WorkingMinutes),
        Unit::Weeks => (7, Unit::CalendarDays),
        Unit::Years => (12, Unit::Months),
        unit => (1, unit),
    };
    (u64::from(term.amount).saturating_mul(times), unit)
}
