//! Whether the decision table of severity says one thing for every case.

use crate::diagnostic::Diagnostics;
use crate::inspect::cases;
use crate::inspect::rules;
use crate::model::{Policy, Protocol, Severity, Variable};
use crate::script::{Expr, Value};

/// Looks for cases without a level, cases with two rules where one may hold, and rules that
/// never decide.
pub(crate) fn severity_table(protocol: &Protocol, out: &mut Diagnostics) {
    let Some(table) = &protocol.severity else { return };
    let conditions: Vec<&Expr> = table.rules.iter().map(|rule| &rule.when).collect();
    let possible = |variable: Variable, value: Value| {
        value != Value::Unset || !cases::set_from_the_start(protocol, variable)
    };
    let mut found = Found {
        uncovered: None,
        overlap: None,
        holds: vec![false; conditions.len()],
        decides: vec![false; conditions.len()],
    };
    let complete = cases::each(&conditions, protocol, possible, |case, held| {
        note(&mut found, table, held, || cases::shown(case, protocol));
    });
    let span = protocol.rule(table.rule).span;
    if !table.otherwise_said && (found.uncovered.is_some() || !complete) {
        out.push(rules::severity_gap(found.uncovered.as_deref(), span));
    }
    if table.policy == Policy::Unique {
        overlap(&found, complete, table, protocol, out);
    }
    if !complete {
        return;
    }
    for ((rule, number), place) in table.rules.iter().zip(1..).zip(0..) {
        let flag = |list: &[bool]| list.get(place).copied().unwrap_or(true);
        if !flag(&found.decides) {
            let span = protocol.rule(rule.rule).span;
            out.push(rules::severity_masked(number, !flag(&found.holds), span));
        }
    }
}

struct Found {
    uncovered: Option<String>,
    overlap: Option<(usize, usize, String)>,
    holds: Vec<bool>,
    decides: Vec<bool>,
}

fn note(found: &mut Found, table: &Severity, held: &[bool], shown: impl Fn() -> String) {
    let holding: Vec<usize> =
        held.iter().enumerate().filter(|(_, holds)| **holds).map(|(place, _)| place).collect();
    if holding.is_empty() && found.uncovered.is_none() {
        found.uncovered = Some(shown());
    }
    if let ([first, second, ..], None) = (holding.as_slice(), &found.overlap) {
        found.overlap = Some((*first, *second, shown()));
    }
    let level = |place: &usize| table.rules.get(*place).map(|rule| rule.is);
    let deciding = match table.policy {
        Policy::First => holding.first().copied(),
        Policy::Unique => holding.first().copied().filter(|_| holding.len() == 1),
        // Of several with the highest level the first is the one that people are told of.
        Policy::Highest => {
            let highest = holding.iter().map(level).max().flatten();
            holding.iter().find(|place| level(place) == highest).copied()
        }
    };
    for place in holding {
        found.holds.get_mut(place).into_iter().for_each(|it| *it = true);
    }
    if let Some(decides) = deciding.and_then(|place| found.decides.get_mut(place)) {
        *decides = true;
    }
}

fn overlap(
    found: &Found,
    complete: bool,
    table: &Severity,
    protocol: &Protocol,
    out: &mut Diagnostics,
) {
    let span = |place: usize| table.rules.get(place).map(|it| protocol.rule(it.rule).span);
    match &found.overlap {
        Some((first, second, example)) => {
            let numbers = (first.saturating_add(1), second.saturating_add(1));
            let at = span(*second).unwrap_or_else(|| protocol.rule(table.rule).span);
            out.push(rules::severity_overlap(Some(numbers), Some(example), at, span(*first)));
        }
        None if !complete && table.rules.len() > 1 => {
            let at = protocol.rule(table.rule).span;
            out.push(rules::severity_overlap(None, None, at, None));
        }
        None => {}
    }
}
