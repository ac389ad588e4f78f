//! The terms of the steps add up to more than the term of the whole.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::lasting::{Lasting, Part, first_day};
use crate::inspect::longest::{Ways, alternatives};
use crate::inspect::points::deadlines;
use crate::machine::Machine;
use crate::model::{Choose, Deadline, EventId, LevelId, Point, Protocol};
use crate::time::{Allowance, Term, Unit, reach};

pub(crate) const CODE: Code = Code::warning("terms-outlast-whole");

/// Reports every duty that runs from the opening and that can be missed although every step before
/// its end was done in its own time.
pub(crate) fn terms_outlast_whole(machine: &Machine, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    let mut ways = Ways::of(machine);
    for (id, deadline) in deadlines(protocol).filter(|(_, it)| is_whole(it)) {
        let levels = levels(protocol);
        let longest = levels.into_iter().filter_map(|level| {
            let lasting = ways.longest(id, level);
            let allowed = outlasted(&lasting, deadline, level, protocol)?;
            Some((level, lasting, allowed))
        });
        // Of several levels the first that shows it is told, and of equal ones the lowest.
        let longest = longest.reduce(|a, b| if b.1.least_days > a.1.least_days { b } else { a });
        if let Some((level, lasting, allowed)) = longest {
            out.push(fault(deadline, level, &lasting, &allowed, machine));
        }
    }
}

/// A duty over the whole way: nothing but its meeting ends it, and it begins with the case.
fn is_whole(deadline: &Deadline) -> bool {
    let from_opening = deadline.starts.contains(&Point::Event(EventId::OPENED));
    let may_change = deadline.when.is_some() || !deadline.extend.is_empty();
    let comes_again = !deadline.restarts.is_empty() || deadline.every.is_some();
    from_opening && !deadline.window && !may_change && !comes_again && deadline.due.is_none()
}

fn levels(protocol: &Protocol) -> Vec<Option<LevelId>> {
    let set = protocol.severity.as_ref().and_then(|it| protocol.scope.set(it.levels));
    match set {
        Some(set) => (0..set.names.len()).map(|place| Some(LevelId::at(place))).collect(),
        None => vec![None],
    }
}

/// What the deadline allows, if that is certainly less.
fn outlasted(
    lasting: &Lasting,
    deadline: &Deadline,
    level: Option<LevelId>,
    protocol: &Protocol,
) -> Option<Allowance> {
    let calendar = protocol.calendars.get(deadline.calendar.index())?;
    let less = |term: &Term| {
        if term.unit == Unit::WorkingDays && lasting.working_days(deadline.calendar) > term.amount {
            return true;
        }
        let reach = reach(calendar, deadline.counts, first_day(protocol), *term);
        let most = reach.and_then(|it| it.most_days);
        most.is_some_and(|most| lasting.least_days > most)
    };
    let less_than = |allowance: &Allowance| match allowance {
        Allowance::Promptly => false,
        Allowance::Min(terms) => terms.iter().any(less),
        Allowance::Term(_) | Allowance::Max(_) => allowance.terms().iter().all(less),
    };
    let alternatives = alternatives(deadline, level, None);
    let all = !alternatives.is_empty() && alternatives.iter().all(|it| less_than(&it.allowance));
    all.then(|| alternatives.first().map(|it| it.allowance.clone()))?
}

fn fault(
    deadline: &Deadline,
    level: Option<LevelId>,
    lasting: &Lasting,
    allowed: &Allowance,
    machine: &Machine,
) -> Diagnostic {
    let protocol = &machine.protocol;
    let rules: Vec<_> = lasting.parts.iter().map(|it| it.rule).collect();
    let graded = protocol.deadlines.iter().any(|it| {
        let counts = it.rule == deadline.rule || rules.contains(&it.rule);
        counts && matches!(it.choose, Choose::BySeverity(_))
    });
    let when = match level.filter(|_| graded) {
        Some(level) => format!(" when `severity` is `{}`", machine.level_name(level)),
        None => String::new(),
    };
    let message = format!(
        "`{}` allows `{allowed}`, and the steps before its end may take {}{when}",
        deadline.name,
        sum(lasting),
    );
    let span = protocol.rule(deadline.rule).span;
    let label = "missed though every step was in time";
    let mut fault = Diagnostic::new(CODE, message, span, label);
    for (part, times) in parts(lasting) {
        let times = match times {
            1 => String::new(),
            times => format!(", {times} times"),
        };
        fault = fault.other(protocol.rule(part.rule).span, format!("`{}`{times}", part.term));
    }
    fault.help("allow more for the whole, or less for its steps")
}

/// "70 working days, at least 96 calendar days": the sum in one unit where there is one.
fn sum(lasting: &Lasting) -> String {
    let units: Vec<Unit> = lasting.parts.iter().map(|it| it.term.unit).collect();
    let amounts = lasting.parts.iter().map(|it| it.term.amount);
    let days = format!("{} calendar days", lasting.least_days);
    match units.split_first() {
        Some((Unit::CalendarDays, rest)) if rest.iter().all(|it| *it == Unit::CalendarDays) => days,
        Some((unit, rest)) if rest.iter().all(|it| it == unit) => {
            let amount = amounts.fold(0, u32::saturating_add);
            format!("{}, at least {days}", Term { amount, unit: *unit })
        }
        _ => {
            let terms: Vec<String> = lasting.parts.iter().map(|it| it.term.to_string()).collect();
            format!("{}, at least {days}", terms.join(" + "))
        }
    }
}

/// Each entry once, with the number of times that its term is counted.
fn parts(lasting: &Lasting) -> Vec<(Part, u32)> {
    let mut found: Vec<(Part, u32)> = Vec::new();
    for part in &lasting.parts {
        let same = |(it, _): &&mut (Part, u32)| it.rule == part.rule && it.term == part.term;
        match found.iter_mut().find(same) {
            Some((_, times)) => *times = times.saturating_add(1),
            None => found.push((*part, 1)),
        }
    }
    found
}
