//! Clocks that stand still.

use engine::model::{CalendarId, StageId};
use engine::time::{Calendar, Roll};

use crate::bases::counting::Nature;
use crate::bases::{BASES_MAX, BaseId, Bases, Counting, Length, Place, When};
use crate::zone::UNBOUNDED;

impl Bases<'_> {
    /// What the length of a clock is once it has stood still: only the base in which it counts
    /// knows of it. `early` says that it may stand still before the ends of days are over that do
    /// not count for it, as that of the day of the event: each that passes meanwhile is one less.
    /// One that counts something else than whole marks may take one more: none is counted on the
    /// day on which it runs again, if it does so later than it began.
    pub(crate) fn stood(&self, counting: &Counting, length: &Length, early: bool) -> Length {
        if length.stood {
            return *length;
        }
        let (Some(own), Some(nature)) = (length.own, counting.nature(self.machine)) else {
            return Length { stood: true, ..*length };
        };
        let span = if !self.is_plain(counting, own) {
            (0, UNBOUNDED)
        } else if !self.base(own).has_marks() {
            length.span(own)
        } else {
            let (least, most) = self.rolled(counting, &nature, length, own);
            let uncounted = if early { self.uncounted(counting) } else { 0 };
            (least.saturating_sub(uncounted).max(0), most)
        };
        let more = i32::from(self.is_off_by_one(counting));
        let mut spans = [(0, UNBOUNDED); BASES_MAX];
        spans[own.index()] = (span.0, span.1.saturating_add(more).min(UNBOUNDED));
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
        if nature.roll() == Roll::None {
            return length.span(own);
        }
        let (least, most) = self.range(counting, length.when, own);
        let row = self.closed_in_a_row().saturating_mul(nature.civil());
        if nature.roll() == Roll::Back {
            return (0, most.saturating_add(row).min(UNBOUNDED));
        }
        let later =
            self.stands_at_most(counting).and_then(|it| self.closed_beside(nature, own, it));
        (
            least.saturating_sub(row),
            later.map_or(UNBOUNDED, |it| most.saturating_add(it)).min(UNBOUNDED),
        )
    }

    /// The least and the most that something takes in a base, wherever it begins.
    fn range(&self, counting: &Counting, when: When, base: BaseId) -> (i32, i32) {
        let all = self.begin(std::slice::from_ref(counting), when);
        let spans = all.iter().flatten().map(|it| it.span(base));
        spans.fold((UNBOUNDED, 0), |(low, high), it| (low.min(it.0), high.max(it.1)))
    }

    /// How many working days of a clock may end while it stands still: the limits of all stages
    /// that pause it. Of the limit of a clock nothing is said.
    fn stands_at_most(&self, counting: &Counting) -> Option<i32> {
        let Counting::Clock { deadline, .. } = counting else { return None };
        let mut sum = 0_i32;
        for (at, stage) in self.machine.protocol.stages.iter().enumerate() {
            if stage.pauses.iter().any(|it| it.deadline == *deadline) {
                let limit = Counting::Limit { deadline: *deadline, stage: StageId::at(at) };
                let own = self.own(&limit).filter(|own| self.base(*own).has_marks())?;
                let most = self.range(&limit, When::Reported, own).1;
                sum = sum.saturating_add(most).saturating_add(self.uncounted(&limit));
            }
        }
        (sum < UNBOUNDED).then_some(sum)
    }

    /// How many marks of its own base besides those of working days may pass for something that
    /// waits for a working day, while so many of these do not count: each such day may be followed
    /// by closed days that do. `None` where nothing says.
    fn closed_beside(&self, nature: &Nature, own: BaseId, at_most: i32) -> Option<i32> {
        let working =
            nature.working().and_then(|it| self.unit(it)).filter(|it| self.is_part(*it, own))?;
        let both = self.most((working, own), (Place::Any, Place::Any), at_most);
        (both < UNBOUNDED).then(|| (both - at_most).max(0).saturating_mul(nature.civil()))
    }

    /// Whether all its terms are counted in this base, and none is chosen among several.
    fn is_plain(&self, counting: &Counting, own: BaseId) -> bool {
        let nature = counting.nature(self.machine);
        nature.is_some_and(|it| !it.is_chosen && it.units().all(|it| self.unit(it) == Some(own)))
    }

    /// How many marks of its own base may pass at the begin of something without counting.
    pub(crate) fn uncounted(&self, counting: &Counting) -> i32 {
        let Some(nature) = counting.nature(self.machine) else { return 0 };
        let over_midnight = self.closes_over_midnight(nature.calendar);
        let waits = if nature.waits() { self.closed_in_a_row().saturating_add(1) } else { 0 };
        1 + i32::from(over_midnight) + waits
    }

    /// Whether a calendar has windows that close on the day after that on which they open.
    pub(super) fn closes_over_midnight(&self, id: CalendarId) -> bool {
        let calendar = self.machine.protocol.calendars.get(id.index());
        calendar.is_some_and(|it| {
            let plan = it.plan();
            let hours = plan.open.iter().filter_map(|it| it.hours.as_ref());
            let windows = plan.week.iter().chain(hours).flatten();
            windows.into_iter().any(|it| it.close_minute > 1_440)
        })
    }

    /// The most days in a row that are no working days by some calendar.
    fn closed_in_a_row(&self) -> i32 {
        let of = |calendar: &Calendar| {
            let dates = self.window().from.iter_days().take_while(|it| *it <= self.last_date());
            let (mut row, mut most) = (0_i32, 0_i32);
            for date in dates {
                row = if calendar.is_working_day(date) { 0 } else { row.saturating_add(1) };
                most = most.max(row);
            }
            most
        };
        let calendars = || self.machine.protocol.calendars.iter().map(of).max().unwrap_or(0);
        *self.closed.get_or_init(calendars)
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
            let most = self.range(limit, When::Reported, of).1;
            if most >= UNBOUNDED {
                return None;
            }
            // While the clock runs the limit stands still: no longer than the clock may run.
            let runs = self.range(counting, When::Reported, own).1;
            let runs = runs.saturating_add(self.uncounted(counting));
            let later = match nature.roll() {
                Roll::Forward if self.is_plain(counting, own) => {
                    self.closed_beside(&nature, of, runs)?
                }
                Roll::Forward => return None,
                Roll::Back => self.closed_in_a_row(),
                Roll::None => 0,
            };
            sum = sum.saturating_add(most).saturating_add(later);
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
