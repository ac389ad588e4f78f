//! Terms one after the other, and how many calendar days they take at least.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::model::{CalendarId, Protocol, RuleId};
use crate::time::{Ends, FirstDay, NaiveDate, Rules, Term, Unit, reach};

/// How many calendar days terms take at least, each worked out once.
pub(crate) struct Least<'p> {
    protocol: &'p Protocol,
    known_days: RefCell<BTreeMap<(CalendarId, Rules, Term), u32>>,
}

/// One term of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) term: Term,
    pub(crate) calendar: CalendarId,
    pub(crate) rules: Rules,
    /// The deadline or timed transition that has it.
    pub(crate) rule: RuleId,
    /// Whether it is certain to start on the very day on which the part before it ends.
    pub(crate) joined: bool,
}

/// The longest that something may have taken: the parts in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lasting {
    pub(crate) parts: Vec<Part>,
    /// Calendar days that the parts take at least.
    pub(crate) least_days: u32,
    /// Whether another term may have ended earlier on some days.
    pub(crate) is_cut: bool,
}

impl Lasting {
    /// This and one more term.
    pub(crate) fn and(&self, part: Part, least: &Least<'_>) -> Self {
        let mut parts = self.parts.clone();
        parts.push(Part { joined: !self.is_cut, ..part });
        let least_days = least.of(&parts);
        Self { parts, least_days, is_cut: false }
    }

    /// The working days of it on one calendar, where nothing else is counted.
    pub(crate) fn working_days(&self, calendar: CalendarId) -> u32 {
        let here = self.parts.iter().filter(|it| it.calendar == calendar);
        let days = here.filter(|it| it.term.unit == Unit::WorkingDays).map(worked);
        days.fold(0, u32::saturating_add)
    }
}

/// Working days after the day of the start.
fn worked(part: &Part) -> u32 {
    part.term.amount.saturating_sub(u32::from(counts_first(part.rules)))
}

fn counts_first(rules: Rules) -> bool {
    rules.first_day == FirstDay::Same && rules.ends != Ends::Exact
}

/// The first day of receipt, from which calendars are looked at.
pub(crate) fn first_day(protocol: &Protocol) -> NaiveDate {
    protocol.effective_from.unwrap_or_default()
}

impl<'p> Least<'p> {
    pub(crate) fn new(protocol: &'p Protocol) -> Self {
        Self { protocol, known_days: RefCell::default() }
    }

    /// Working days in a row are counted together: two fortnights of them are four weeks less one
    /// weekend, not less two.
    fn of(&self, parts: &[Part]) -> u32 {
        let mut total_days = 0_u32;
        let mut row: Option<Part> = None;
        for part in parts {
            let is_worked = part.term.unit == Unit::WorkingDays;
            let amount = if is_worked { worked(part) } else { part.term.amount };
            let held = row.filter(|it| {
                let both = is_worked && it.term.unit == Unit::WorkingDays;
                both && part.joined && it.calendar == part.calendar
            });
            let before = held.map_or(0, |it| it.term.amount);
            let ended = if held.is_some() { None } else { row };
            total_days = total_days.saturating_add(ended.map_or(0, |it| self.of_row(it)));
            let term = Term { amount: before.saturating_add(amount), ..part.term };
            row = Some(Part { term, ..*part });
        }
        total_days.saturating_add(row.map_or(0, |it| self.of_row(it)))
    }

    fn of_row(&self, part: Part) -> u32 {
        // The first day was left out already where it counts.
        let rules = match part.term.unit {
            Unit::WorkingDays if part.term.amount == 0 => return 0,
            Unit::WorkingDays => Rules { first_day: FirstDay::Next, ..part.rules },
            _ => part.rules,
        };
        let key = (part.calendar, rules, part.term);
        if let Some(days) = self.known_days.borrow().get(&key) {
            return *days;
        }
        let calendar = self.protocol.calendars.get(part.calendar.index());
        let from = first_day(self.protocol);
        let reach = calendar.and_then(|it| reach(it, rules, from, part.term));
        let days = reach.map_or(0, |it| it.least_days);
        self.known_days.borrow_mut().insert(key, days);
        days
    }
}
