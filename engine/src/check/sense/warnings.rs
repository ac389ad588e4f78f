//! Warnings that would come before there is anything to warn of.

use crate::check::rules;
use crate::check::sense::look::Both;
use crate::diagnostic::Diagnostics;
use crate::time::{
    Allowance, Ends, FirstDay, OutsideHours, Roll, Rules, Term, Unit, alike, parse_term, reach,
};

/// How surely a warning comes too early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TooEarly {
    /// On some days of the year.
    Sometimes,
    /// Whenever the clock starts.
    Always,
}

/// Holds each `… before` against every term that the deadline may have.
pub(crate) fn warnings(both: &Both<'_>, out: &mut Diagnostics) {
    for warning in &both.written.warn {
        let Some(before) = warning.value.trim().strip_suffix("before") else { continue };
        let Ok(before) = parse_term(before.trim()) else { continue };
        let early = both.meant.alternatives.iter().filter_map(|it| {
            too_early(both, before, &it.allowance).map(|how| (how, it.allowance.to_string()))
        });
        if let Some((how, term)) = early.max_by_key(|(how, _)| *how) {
            let name = &both.meant.name;
            out.push(rules::warning_before_start(warning, name, &term, how));
        }
    }
}

fn too_early(both: &Both<'_>, before: Term, allowance: &Allowance) -> Option<TooEarly> {
    let each = allowance.terms().iter().map(|term| against(both, before, *term));
    match allowance {
        // The shortest of `min` decides, and the longest of `max`.
        Allowance::Max(_) => each.min().flatten(),
        Allowance::Term(_) | Allowance::Min(_) => each.max().flatten(),
        Allowance::Promptly => None,
    }
}

fn against(both: &Both<'_>, before: Term, term: Term) -> Option<TooEarly> {
    let Both { calendar, from, meant, .. } = *both;
    if let Some((before, term_length)) = alike(before, term) {
        // A warning as long as the term comes with the end of the day of the start; where there is
        // no such day, with the start itself.
        let at_once = !term.unit.is_counted_in_days()
            || meant.counts.ends == Ends::Exact
            || meant.counts.first_day == FirstDay::Same;
        let early = before > term_length || (before == term_length && at_once);
        return early.then_some(TooEarly::Always);
    }
    let in_windows = |unit| matches!(unit, Unit::WorkingHours | Unit::WorkingMinutes);
    if in_windows(before.unit) || in_windows(term.unit) {
        return None;
    }
    // Counting back leaves out the day of the end, and moves nothing.
    let back = Rules {
        first_day: FirstDay::Next,
        roll: Roll::None,
        outside_hours: OutsideHours::AsIs,
        ..meant.counts
    };
    let before = reach(calendar, back, from, before)?;
    let term = reach(calendar, meant.counts, from, term)?;
    if term.most_days.is_some_and(|most| before.least_days > most) {
        return Some(TooEarly::Always);
    }
    let longer = before.most_days.is_some_and(|most| most > term.least_days);
    longer.then_some(TooEarly::Sometimes)
}
