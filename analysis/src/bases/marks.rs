//! Which bases a protocol needs, and the instants they count.

use std::collections::BTreeSet;
use std::time::Duration;

use engine::machine::Machine;
use engine::model::CalendarId;
use engine::time::{
    Base as Agreed, Calendar, Course, Ends, Instant, NaiveDate, NaiveTime, Rules, Start, Twice, due,
};

use crate::bases::all::NoBases;
use crate::bases::place::Days;
use crate::bases::starts::Piece;
use crate::bases::window::later;
use crate::bases::{BASES_MAX, Base, BaseId, BaseSet, Counting, Unit, Window};

/// How many days after the window something may still begin.
const COURSE_DAYS: i32 = 2 * 366;
/// How many days the longest thing may take that is bounded.
const LONGEST_DAYS: i64 = 3 * 366;

/// The bases of a protocol and where they differ.
pub(super) struct Found {
    pub(super) days: Vec<Days>,
    pub(super) units: Vec<(Unit, BaseId)>,
    pub(super) from: Instant,
    pub(super) until: Instant,
    pub(super) pieces: Vec<Piece>,
}

/// The unit by which a base is looked for: midnights of all days are the same by every calendar.
pub(super) const fn plain(unit: Unit) -> Unit {
    match unit {
        Unit::Days { working: false, close: false, .. } => MIDNIGHTS,
        unit => unit,
    }
}

const MIDNIGHTS: Unit = Unit::Days { working: false, close: false, calendar: CalendarId(0) };

pub(super) fn find(
    machine: &Machine,
    window: Window,
    wanted: &[Counting],
) -> Result<Found, NoBases> {
    let protocol = &machine.protocol;
    let zone = &protocol.zone;
    let natures: Vec<_> =
        Counting::all(machine).iter().filter_map(|it| it.nature(machine)).collect();
    let longest = natures.iter().map(super::counting::Nature::days_at_most).max().unwrap_or(0);
    let longest = i32::try_from(longest.clamp(30, LONGEST_DAYS)).unwrap_or(0);
    let last_start = later(window.to, COURSE_DAYS);
    let last = later(last_start, longest);
    let dates: Vec<NaiveDate> = window.from.iter_days().take_while(|it| *it <= last).collect();
    let (from, until) = (zone.day_start(window.from), zone.day_last(last));
    let mut found = Found { days: Vec::new(), units: Vec::new(), from, until, pieces: Vec::new() };
    let natures: Vec<_> = wanted.iter().filter_map(|it| it.nature(machine)).collect();
    let mut wanted = vec![MIDNIGHTS];
    for unit in
        natures.iter().flat_map(|it| it.units().chain(it.working()).chain(it.dates())).map(plain)
    {
        if !wanted.contains(&unit) {
            wanted.push(unit);
        }
    }
    let ends = window_ends(machine, &dates);
    for unit in wanted {
        found.add(machine, unit, &dates, &ends).map_err(NoBases::Time)?;
    }
    found.cut(machine, &dates, &ends, zone.day_last(last_start));
    Ok(found)
}

impl Found {
    /// Adds the base of a unit, unless another counts the same instants.
    fn add(
        &mut self,
        machine: &Machine,
        unit: Unit,
        dates: &[NaiveDate],
        ends: &[(CalendarId, Vec<Instant>)],
    ) -> Result<(), engine::time::TimeError> {
        let base = match unit {
            Unit::Minutes => Days { base: Base::of_minutes(), dawns: Vec::new() },
            Unit::WorkingMinutes(id) => {
                let of = ends.iter().find(|(it, _)| *it == id);
                let (Some(calendar), Some((_, ends))) = (calendar(machine, id), of) else {
                    return Ok(());
                };
                Days { base: Base::of_windows(unit, calendar, ends), dawns: Vec::new() }
            }
            Unit::Days { working, close, calendar: id } => {
                let Some(calendar) = calendar(machine, id) else { return Ok(()) };
                ends_of_days(unit, calendar, machine.protocol.counts, (working, close), dates)?
            }
        };
        let same = self.days.iter().position(|it| {
            it.base.has_marks() && base.base.has_marks() && it.base.marks() == base.base.marks()
        });
        match same {
            Some(place) => self.units.push((unit, BaseId::at(place))),
            None if self.days.len() < BASES_MAX => {
                self.units.push((unit, BaseId::at(self.days.len())));
                self.days.push(base);
            }
            None => {}
        }
        Ok(())
    }

    /// Cuts time into the stretches in which everything that begins is due alike.
    fn cut(
        &mut self,
        machine: &Machine,
        dates: &[NaiveDate],
        ends: &[(CalendarId, Vec<Instant>)],
        last_start: Instant,
    ) {
        let zone = &machine.protocol.zone;
        let mut cuts: BTreeSet<Instant> = dates.iter().map(|it| zone.day_start(*it)).collect();
        cuts.extend(ends.iter().flat_map(|(_, ends)| ends));
        for days in &self.days {
            let marks = days.base.marks();
            cuts.extend(marks);
            cuts.extend(marks.iter().filter_map(|it| it.plus_ms(1)));
        }
        let cuts: Vec<Instant> =
            cuts.into_iter().filter(|it| *it >= self.from && *it <= last_start).collect();
        let nexts = cuts.iter().skip(1).filter_map(|it| it.minus_ms(1));
        let lasts = nexts.chain(std::iter::once(last_start));
        let days = &self.days;
        let pieces = cuts.iter().zip(lasts).map(|(&from, to)| {
            let day = zone.civil(from).date().to_epoch_days();
            let mut piece = Piece {
                from,
                to,
                day: usize::try_from(day).unwrap_or(0),
                marks: BaseSet::NONE,
                before: BaseSet::NONE,
                first: [0; BASES_MAX],
                last: [0; BASES_MAX],
            };
            for (place, it) in days.iter().enumerate() {
                let id = BaseId::at(place);
                piece.first[place] = it.base.reading(from);
                piece.last[place] = it.base.reading(to);
                let next = usize::try_from(piece.first[place]).unwrap_or(usize::MAX);
                if it.base.marks().get(next).is_some_and(|mark| *mark == from && from == to) {
                    piece.marks = piece.marks.with(id);
                }
                if it.dawns.get(next).is_some_and(|dawn| *dawn <= from) {
                    piece.before = piece.before.with(id);
                }
            }
            piece
        });
        self.pieces = pieces.collect();
    }
}

fn calendar(machine: &Machine, id: CalendarId) -> Option<&Calendar> {
    machine.protocol.calendars.get(id.index())
}

/// The ends of days by the engine: an agreed date is due when its day ends.
fn ends_of_days(
    unit: Unit,
    calendar: &Calendar,
    counts: Rules,
    (working, close): (bool, bool),
    dates: &[NaiveDate],
) -> Result<Days, engine::time::TimeError> {
    let rules = Rules { ends: if close { Ends::Close } else { Ends::Midnight }, ..counts };
    let mut marks: Vec<Instant> = Vec::with_capacity(dates.len());
    let mut dawns = Vec::with_capacity(dates.len());
    for &date in dates.iter().filter(|it| !working || calendar.is_working_day(**it)) {
        let dawn = calendar.zone().day_start(date);
        let start = Start { at: dawn, date_only: true, receipt: false };
        let course = Course { start, base: Agreed::Date(date), additions: &[], pauses: &[] };
        let Some(mark) = due(calendar, rules, &course)?.at else { continue };
        // A window over midnight may close after the next day has closed.
        let before = marks.last().copied();
        let mark = before.map_or(mark, |before| before.max(mark));
        dawns.push(before.and_then(|it| it.plus_ms(1)).map_or(dawn, |next| next.max(dawn)));
        marks.push(mark);
    }
    Ok(Days { base: Base::of_marks(unit, marks), dawns })
}

/// The openings and closings of each calendar, sorted.
fn window_ends(machine: &Machine, dates: &[NaiveDate]) -> Vec<(CalendarId, Vec<Instant>)> {
    let of = |calendar: &Calendar| -> Vec<Instant> {
        let mut ends = BTreeSet::new();
        for date in dates {
            let midnight = date.and_time(NaiveTime::MIN);
            for window in calendar.windows(*date) {
                let at = |minute: u16, twice| {
                    let civil = midnight + Duration::from_secs(60 * u64::from(minute));
                    calendar.zone().instant(civil, twice).at
                };
                ends.insert(at(window.open_minute, Twice::Earlier));
                ends.insert(at(window.close_minute, Twice::Later));
            }
        }
        ends.into_iter().collect()
    };
    let each = machine.protocol.calendars.iter().enumerate();
    each.map(|(at, calendar)| (CalendarId::at(at), of(calendar))).collect()
}
