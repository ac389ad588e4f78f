//! Clocks that stand still.

use engine::time::Roll;

use crate::bases::counting::Nature;
use crate::bases::{BASES_MAX, BaseId, Bases, Counting, Length, Unit, When};
use crate::zone::UNBOUNDED;

impl Bases<'_> {
    /// What the length of a clock is once it has stood still: only the base in which it counts
    /// knows of it. `early` says that it may stand still before the ends of days are over that do
    /// not count for it, as that of the day of the event: each that passes meanwhile is one less.
    pub(crate) fn stood(&self, counting: &Counting, length: &Length, early: bool) -> Length {
        if length.stood {
            return *length;
        }
        let (Some(own), Some(nature)) = (length.own, counting.nature(self.machine)) else {
            return Length { stood: true, ..*length };
        };
        let span = if nature.is_chosen || nature.units().any(|it| self.unit(it) != Some(own)) {
            (0, UNBOUNDED)
        } else if !self.base(own).has_marks() {
            length.span(own)
        } else {
            let (least, most) = self.rolled(counting, &nature, length, own);
            let uncounted = if early { self.uncounted(counting) } else { 0 };
            (least.saturating_sub(uncounted).max(0), most)
        };
        let mut spans = [(0, UNBOUNDED); BASES_MAX];
        spans[own.index()] = span;
        Length { spans, stood: true, ..*length }
    }

    /// What a clock takes in its own base whose last day may move otherwise than it would have,
    /// because it stood still.
    fn rolled(
        &self,
        counting: &Counting,
        nature: &Nature,
        length: &Length,
        own: BaseId,
    ) -> (i32, i32) {
        let any = || {
            let all = self.begin(std::slice::from_ref(counting), length.when);
            let spans = all.iter().flatten().map(|it| it.span(own));
            spans.fold((UNBOUNDED, 0), |(low, high), it| (low.min(it.0), high.max(it.1)))
        };
        let civil = nature.terms.iter().filter(|it| it.unit.is_civil()).count();
        let moved = self.closed_in_a_row().saturating_mul(i32::try_from(civil).unwrap_or(1));
        match nature.roll() {
            Roll::None => length.span(own),
            Roll::Forward => {
                let (least, most) = any();
                (least.saturating_sub(moved), most.saturating_add(moved).min(UNBOUNDED))
            }
            Roll::Back => (0, any().1.saturating_add(moved).min(UNBOUNDED)),
        }
    }

    /// How many marks of its own base may pass at the begin of something without counting.
    pub(crate) fn uncounted(&self, counting: &Counting) -> i32 {
        let Some(nature) = counting.nature(self.machine) else { return 0 };
        let calendar = self.machine.protocol.calendars.get(nature.calendar.index());
        let over_midnight = calendar.is_some_and(|it| {
            let plan = it.plan();
            let hours = plan.open.iter().filter_map(|it| it.hours.as_ref());
            let windows = plan.week.iter().chain(hours).flatten();
            windows.into_iter().any(|it| it.close_minute > 1_440)
        });
        let waits = if nature.waits() { self.closed_in_a_row().saturating_add(1) } else { 0 };
        1 + i32::from(over_midnight) + waits
    }

    /// The most days in a row that are no working days by some calendar.
    fn closed_in_a_row(&self) -> i32 {
        let every = self.base(BaseId::MIDNIGHTS);
        let working = self
            .each()
            .map(|it| self.base(it))
            .filter(|it| matches!(it.unit(), Unit::Days { working: true, .. }));
        let longest = working.map(|base| {
            let pairs = base.marks().iter().zip(base.marks().iter().skip(1));
            pairs
                .map(|(a, b)| every.reading(*b).saturating_sub(every.reading(*a)))
                .max()
                .unwrap_or(0)
        });
        // A protocol without a base of working days may roll by a calendar all the same.
        let by_calendar = self.machine.protocol.calendars.iter().map(|calendar| {
            let dates = self.window().from.iter_days().take_while(|it| *it <= self.last_date());
            let (mut row, mut most) = (0_i32, 0_i32);
            for date in dates {
                row = if calendar.is_working_day(date) { 0 } else { row.saturating_add(1) };
                most = most.max(row);
            }
            most
        });
        longest.chain(by_calendar).max().unwrap_or(0)
    }

    /// Whether a clock that stands still may be a mark, or a minute, off in its own base when it
    /// runs again, because it counts something else than whole marks.
    pub(crate) fn is_off_by_one(&self, counting: &Counting) -> bool {
        let marks = self.own(counting).is_some_and(|own| self.base(own).has_marks());
        !marks || counting.nature(self.machine).is_some_and(|it| !it.is_stepped())
    }

    /// How far a clock can fall behind by all its pauses together, in the base in which it counts:
    /// what the limits of the stages add up to. `None` where one has none, or where its limit does
    /// not bound what the clock counts.
    #[must_use]
    pub fn behind(&self, counting: &Counting, limits: &[Counting]) -> Option<i32> {
        let own = self.own(counting)?;
        let mut sum = i32::from(self.is_off_by_one(counting));
        for limit in limits {
            let nature = limit.nature(self.machine)?;
            let of = self.own(limit)?;
            if nature.is_chosen || !self.is_part(own, of) {
                return None;
            }
            let all = self.begin(std::slice::from_ref(limit), When::Reported);
            let most = all.iter().flatten().map(|it| it.span(of).1).max()?;
            if most >= UNBOUNDED {
                return None;
            }
            let rolls = match nature.roll() {
                Roll::Forward => self.closed_in_a_row(),
                Roll::None | Roll::Back => 0,
            };
            sum = sum.saturating_add(most).saturating_add(rolls);
        }
        (sum < UNBOUNDED).then_some(sum)
    }

    /// Whether all that the one base counts the other does.
    fn is_part(&self, part: BaseId, whole: BaseId) -> bool {
        let (marks, base) = (self.base(part).marks(), self.base(whole));
        part == whole
            || (base.has_marks()
                && self.base(part).has_marks()
                && marks.iter().all(|it| base.is_mark(*it)))
    }

    /// The length of a clock that has stood still and counts otherwise from now on.
    pub(super) fn stood_again(&self, length: &Length, now: &Counting) -> Length {
        let free = Length { stood: true, ..Length::free(length.when) };
        if length.own.is_none() || self.own(now) != length.own {
            return free;
        }
        let all = self.begin(std::slice::from_ref(now), length.when);
        let stood = all.iter().flatten().map(|it| self.stood(now, it, true));
        stood.reduce(Length::or).map_or(free, |it| Length { stood: true, ..it })
    }
}
