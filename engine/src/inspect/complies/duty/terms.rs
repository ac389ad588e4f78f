//! Which of two terms ends later, by counting both from the same starts.

use chrono::NaiveDate;

use crate::inspect::complies::held::Side;
use crate::model;
use crate::syntax::Deadline;
use crate::time::{
    Allowance, Base, Calendar, Course, Instant, Rules, Start, due, parse_allowance, spoken_date,
};

/// How many days the starts are taken from: three years, so that every holiday has fallen on several
/// weekdays.
const DAYS: i64 = 3 * 366;

/// The times of day from which is counted, in minutes after midnight UTC: before, in and after the hours
/// of an office.
const MINUTES: [i64; 4] = [0, 8 * 60, 15 * 60 + 59, 22 * 60];

/// How a term is counted: by the clock of a deadline of a protocol.
#[derive(Clone, Copy)]
pub(crate) struct Clock<'p> {
    pub(crate) protocol: &'p model::Protocol,
    pub(crate) deadline: Option<&'p model::Deadline>,
    /// Whether the act of a person starts it.
    pub(crate) receipt: bool,
}

impl<'p> Clock<'p> {
    /// The clock of a deadline that is written.
    pub(crate) fn of(side: Side<'p>, deadline: &Deadline) -> Self {
        let found = side.protocol.deadlines.iter().find(|it| it.name == deadline.name.value);
        let receipt = deadline.starts.iter().any(|it| !it.value.contains(':'));
        Self { protocol: side.protocol, deadline: found, receipt }
    }

    fn rules(&self) -> Rules {
        self.deadline.map_or(self.protocol.counts, |it| it.counts)
    }

    fn calendar(&self) -> Option<&'p Calendar> {
        let place = self.deadline.map_or(0, |it| it.calendar.index());
        self.protocol.calendars.get(place)
    }

    /// Whether the same term ends at the same instant by both.
    fn counts_like(&self, other: &Self) -> bool {
        let text = |it: &Self| it.calendar().map(Calendar::describe);
        self.rules() == other.rules() && self.receipt == other.receipt && text(self) == text(other)
    }

    fn due(&self, at: Instant, term: &Allowance) -> Option<(Instant, Option<NaiveDate>)> {
        let (rules, calendar) = (self.rules(), self.calendar()?);
        let start = Start { at, date_only: false, receipt: self.receipt };
        let base = Base::Allowance(term);
        let due =
            due(calendar, rules, &Course { start, base, additions: &[], pauses: &[] }).ok()?;
        due.at.map(|at| (at, due.on))
    }
}

/// From where one term ends after another, as a clause; `None` if it never does.
pub(crate) fn later(one: (Clock<'_>, &str), other: (Clock<'_>, &str)) -> Option<String> {
    let (Ok(first), Ok(second)) = (parse_allowance(one.1), parse_allowance(other.1)) else {
        return None;
    };
    if second == Allowance::Promptly {
        return None;
    }
    if first == Allowance::Promptly {
        return Some("a term that is not counted may take any time".to_owned());
    }
    if first == second && one.0.counts_like(&other.0) {
        return None;
    }
    let of = |it: &model::Protocol| it.effective_from;
    let from = of(one.0.protocol).max(of(other.0.protocol))?;
    let days = from.signed_duration_since(NaiveDate::default()).num_days();
    let mut is_counted = false;
    for day in days..days.saturating_add(DAYS) {
        for minute in MINUTES {
            let at =
                Instant::from_ms(day.checked_mul(1_440)?.checked_add(minute)?.checked_mul(60_000)?);
            let (first, second) = match (one.0.due(at, &first), other.0.due(at, &second)) {
                (Some(first), Some(second)) => (first, second),
                (None, Some(_)) => {
                    return Some("it ends on no date that can be counted".to_owned());
                }
                (_, None) => continue,
            };
            is_counted = true;
            if first.0 > second.0 {
                return Some(example(from, day.saturating_sub(days), first.1, second.1));
            }
        }
    }
    (!is_counted).then(|| "neither ends on a date that can be counted".to_owned())
}

fn example(
    from: NaiveDate,
    after: i64,
    one: Option<NaiveDate>,
    other: Option<NaiveDate>,
) -> String {
    let start = from.checked_add_signed(chrono::TimeDelta::days(after)).unwrap_or(from);
    let shown = |it: Option<NaiveDate>| it.map_or_else(|| "no date".to_owned(), spoken_date);
    let (one, other) = (shown(one), shown(other));
    match one == other {
        true => format!("from {} both end on {one}, at different times", spoken_date(start)),
        false => {
            format!("from {} it ends on {one}, that of the statute on {other}", spoken_date(start))
        }
    }
}
