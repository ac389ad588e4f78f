//! A base: a way to count time in whole numbers.

use engine::model::CalendarId;
use engine::time::{Calendar, Instant, elapsed};

/// More bases than a protocol is looked at in; what would need more is bounded by these alone.
pub const BASES_MAX: usize = 8;

/// A base of some [`Bases`](crate::bases::Bases), by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BaseId(pub(super) u8);

impl BaseId {
    /// The midnights of all days, which is always the first base: what lies between two instants
    /// in it is the difference of their civil dates.
    pub const MIDNIGHTS: Self = Self(0);

    /// Its place.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    pub(super) fn at(index: usize) -> Self {
        Self(u8::try_from(index).unwrap_or(u8::MAX))
    }
}

/// A set of bases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BaseSet(pub(super) u8);

impl BaseSet {
    /// No base.
    pub const NONE: Self = Self(0);

    /// Whether the base is one of them.
    #[must_use]
    pub const fn has(self, base: BaseId) -> bool {
        self.0 & (1 << base.0) != 0
    }

    pub(super) const fn with(self, base: BaseId) -> Self {
        Self(self.0 | (1 << base.0))
    }

    /// The bases of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) const fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its bases.
    pub fn each(self) -> impl Iterator<Item = BaseId> {
        (0..8).map(BaseId).filter(move |it| self.has(*it))
    }
}

/// What a base counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// The ends of days.
    Days {
        /// Whether working days of the calendar only.
        working: bool,
        /// Whether a day ends at the close of its last window, else with its last millisecond.
        close: bool,
        /// By which calendar.
        calendar: CalendarId,
    },
    /// Minutes inside the windows of a calendar.
    WorkingMinutes(CalendarId),
    /// Minutes.
    Minutes,
}

/// A way to count time: how much of it lies before an instant, as a whole number that never falls.
#[derive(Clone, Debug)]
pub struct Base {
    pub(super) unit: Unit,
    counted: Counted,
}

#[derive(Clone, Debug)]
enum Counted {
    /// So many of these instants, which are sorted.
    Marks(Marks),
    /// What the windows give: at each opening and closing how many milliseconds lie before it, and
    /// whether the calendar is open from there.
    Windows(Vec<(Instant, i64, bool)>),
    Minutes,
}

/// Instants in order, and where to begin to look among them.
#[derive(Clone, Debug)]
struct Marks {
    at: Vec<Instant>,
    /// For each stretch of 24 hours from the first of them on how many lie before it.
    before: Vec<u32>,
}

impl Marks {
    fn new(at: Vec<Instant>) -> Self {
        let mut before = Vec::new();
        for (number, mark) in (0u32..).zip(&at) {
            let stretch = at.first().map_or(0, |first| stretch(*first, *mark));
            before.resize(stretch.saturating_add(1).max(before.len()), number);
        }
        Self { at, before }
    }

    /// How many lie strictly before an instant.
    fn before(&self, at: Instant) -> usize {
        let Some(first) = self.at.first().filter(|it| **it < at) else { return 0 };
        let Some(before) = self.before.get(stretch(*first, at)) else { return self.at.len() };
        let from = usize::try_from(*before).unwrap_or(0);
        let later = self.at.get(from..).unwrap_or_default();
        from + later.iter().take_while(|it| **it < at).count()
    }
}

/// How many stretches of 24 hours from an instant on one that is no earlier lies.
fn stretch(first: Instant, at: Instant) -> usize {
    usize::try_from(at.ms_since(first) / DAY_MS).unwrap_or(usize::MAX)
}

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;

impl Base {
    /// Counts these instants: a reading is how many lie strictly before.
    pub(super) fn of_marks(unit: Unit, marks: Vec<Instant>) -> Self {
        Self { unit, counted: Counted::Marks(Marks::new(marks)) }
    }

    /// Counts the minutes between the openings and closings of a calendar.
    pub(super) fn of_windows(unit: Unit, calendar: &Calendar, ends: &[Instant]) -> Self {
        let mut before_ms: i64 = 0;
        let mut at: Vec<(Instant, i64, bool)> = Vec::with_capacity(ends.len());
        for &end in ends {
            if let Some((last, _, open)) = at.last_mut() {
                let inside_ms = elapsed(calendar, *last, end, &[]).working_ms;
                *open = inside_ms > 0;
                before_ms = before_ms.saturating_add(inside_ms);
            }
            at.push((end, before_ms, false));
        }
        Self { unit, counted: Counted::Windows(at) }
    }

    /// Counts every minute.
    pub(super) const fn of_minutes() -> Self {
        Self { unit: Unit::Minutes, counted: Counted::Minutes }
    }

    /// What it counts.
    #[must_use]
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// The instants it counts, sorted; none of one that counts minutes.
    #[must_use]
    pub fn marks(&self) -> &[Instant] {
        match &self.counted {
            Counted::Marks(marks) => &marks.at,
            Counted::Windows(_) | Counted::Minutes => &[],
        }
    }

    /// Whether it counts instants, not minutes.
    #[must_use]
    pub const fn has_marks(&self) -> bool {
        matches!(self.counted, Counted::Marks(_))
    }

    /// How much lies before an instant: marks strictly before it, or whole minutes. Only
    /// differences between readings of instants within the marks mean anything.
    #[must_use]
    pub fn reading(&self, at: Instant) -> i32 {
        let n = match &self.counted {
            Counted::Marks(marks) => return int(marks.before(at)),
            Counted::Minutes => at.ms().div_euclid(MINUTE_MS),
            Counted::Windows(ends) => {
                let next = ends.partition_point(|(end, ..)| *end <= at);
                let last = next.checked_sub(1).and_then(|last| ends.get(last));
                last.map_or(0, |(end, before_ms, open)| {
                    let inside_ms = if *open { at.ms_since(*end) } else { 0 };
                    before_ms.saturating_add(inside_ms).div_euclid(MINUTE_MS)
                })
            }
        };
        i32::try_from(n).unwrap_or(i32::MAX / 4)
    }

    /// Whether the instant is one that it counts.
    #[must_use]
    pub fn is_mark(&self, at: Instant) -> bool {
        self.marks().binary_search(&at).is_ok()
    }
}

pub(super) fn int(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
