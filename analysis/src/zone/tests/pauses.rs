//! A clock that stands still for as long as it may, against every start and every pause.

use engine::machine::Machine;
use engine::model::StageId;
use engine::runtime::{Counts, end_for};
use engine::time::{Base, Course, Instant, Pause, Start, Unit, due};

use crate::bases::tests::support::{
    ENGLAND, Kind, WEEKENDS, clock, deadline, machine, promise, years,
};
use crate::bases::{BaseId, Bases, Counting, Length, When};
use crate::zone::{Hold, Running, Zone};

const WAITING: StageId = StageId(1);

const fn held(length: Length, hold: Hold, rank: u32) -> Running {
    Running { length, hold, rank }
}

/// The most calendar days from the begin of a clock to its due instant, with one pause or several.
fn longest(bases: &Bases<'_>, name: &str, promise: &Counting, pauses: usize) -> i32 {
    let counting = clock(name);
    let limit = Counting::Limit { deadline: deadline(name), stage: WAITING };
    let at_most = bases.behind(&counting, std::slice::from_ref(&limit)).unwrap();
    let mut most = 0;
    for lengths in bases.begin(&[promise.clone(), counting.clone()], When::Reported).iter() {
        let watched = held(lengths[0], Hold::Runs, u32::MAX);
        // The promise, the clock, its wall.
        let mut zone = Zone::start(bases);
        zone.begin(0);
        zone.begin_with(1, 0);
        assert!(zone.elapse(bases, &[watched, held(lengths[1], Hold::Runs, 0)]));
        zone.begin_with(2, 1);
        let wall = held(lengths[1], Hold::Wall { of: 1, at_most }, u32::MAX);
        let mut now = vec![(zone, lengths[1])];
        for _ in 0..pauses {
            let stood =
                now.iter().flat_map(|(zone, length)| zone.pause(bases, 1, &counting, length));
            let run = stood.filter_map(|(mut zone, length)| {
                if !zone.elapse(bases, &[watched, held(length, Hold::Stands, 0), wall]) {
                    return None;
                }
                zone.resume(bases, 1, &counting, &length);
                zone.elapse(bases, &[watched, held(length, Hold::Runs, 0), wall])
                    .then_some((zone, length))
            });
            now = run.collect();
        }
        for (zone, length) in now {
            let clocks = [watched, held(length, Hold::Runs, 0), wall];
            if let Some(zone) = zone.at_end(bases, 1, &clocks) {
                most = most.max(zone.most(0, BaseId::MIDNIGHTS).unwrap());
            }
        }
    }
    most
}

/// The same with one pause, as long as its limit lets it, from any day of the months with most
/// holidays.
fn brute(machine: &Machine, bases: &Bases<'_>, name: &str) -> i32 {
    let days = bases.base(BaseId::MIDNIGHTS);
    let rules = &machine.protocol.deadlines[deadline(name).index()];
    let calendar = &machine.protocol.calendars[rules.calendar.index()];
    let base = Base::Allowance(&rules.alternatives[0].allowance);
    let noon = |day: i32| {
        let at = days.marks()[usize::try_from(day).unwrap()];
        [Instant::from_ms(at.ms() - 12 * 3_600_000), Instant::from_ms(at.ms() - 3_600_000)]
    };
    let mut most = 0;
    for at in (1..3 * 365).filter(|day| day % 365 > 330 || day % 365 < 130).flat_map(noon) {
        let start = Start { at, date_only: false, receipt: true };
        let day = days.reading(at);
        for from in (day..day + 20).flat_map(noon).filter(|it| *it >= at) {
            let alone = Course { start, base, additions: &[], pauses: &[] };
            if due(calendar, rules.counts, &alone).unwrap().at.is_none_or(|it| it < from) {
                break;
            }
            let counts = Counts::Limit { deadline: deadline(name), stage: WAITING };
            let begun = Start { at: from, date_only: false, receipt: false };
            let to = end_for(machine, counts, begun).unwrap();
            let pauses = [Pause { from, to }];
            let course = Course { start, base, additions: &[], pauses: &pauses };
            let end = due(calendar, rules.counts, &course).unwrap().at.unwrap();
            most = most.max(days.reading(end) - day);
        }
    }
    most
}

#[test]
fn a_pause_takes_as_long_as_its_limit() {
    for kind in [ENGLAND, WEEKENDS] {
        let mut machine = machine(kind);
        let promise = promise(&mut machine, 30, Unit::Weeks);
        let bases = Bases::of(&machine, years(2025, 2027)).unwrap();
        for name in ["d5", "d10"] {
            let exact = brute(&machine, &bases, name);
            assert_eq!(longest(&bases, name, &promise, 1), exact, "{name} {kind:?}");
            // The limit is that of all pauses together.
            assert_eq!(longest(&bases, name, &promise, 3), exact, "{name} {kind:?}");
        }
    }
}

/// A clock in calendar days that ends on a closed day waits for a working day, and may stand still
/// on every one of them, and again, while the closed days between count.
#[test]
fn closed_days_between_pauses_count() {
    let machine = machine(WEEKENDS);
    let bases = Bases::of(&machine, years(2025, 2026)).unwrap();
    let rules = &machine.protocol.deadlines[deadline("d14").index()];
    let counting = clock("d14");
    let plain = bases.begin(std::slice::from_ref(&counting), When::Reported);
    let own = plain[0][0].own().unwrap();
    let most = plain.iter().map(|it| it[0].span(own).1).max().unwrap();
    let stood: Vec<Length> = plain.iter().map(|it| bases.stood(&counting, &it[0], true)).collect();
    // Noon of Saturday 1 March 2025, and every Sunday after its fourteenth day.
    let noon = |date: u32, month: u32| {
        let date = engine::time::NaiveDate::from_ymd_opt(2025, month, date).unwrap();
        Instant::from_ms(machine.protocol.zone.day_start(date).ms() + 20 * 3_600_000)
    };
    let start = Start { at: noon(1, 3), date_only: false, receipt: true };
    let pauses = [(16, 3, 21, 3), (23, 3, 28, 3)].map(|(day, month, to, to_month)| Pause {
        from: noon(day, month),
        to: Some(noon(to, to_month)),
    });
    let base = Base::Allowance(&rules.alternatives[0].allowance);
    let course = Course { start, base, additions: &[], pauses: &pauses };
    let end = due(&machine.protocol.calendars[0], rules.counts, &course).unwrap().at.unwrap();
    let count = |from, to| bases.base(own).reading(to) - bases.base(own).reading(from);
    let stops = pauses.iter().map(|it| count(it.from, it.to.unwrap())).sum::<i32>();
    let taken = count(start.at, end) - stops;
    assert!(taken > most, "{taken}");
    assert!(stood.iter().any(|it| it.span(own).1 >= taken), "{taken} {stood:?}");
    // It may stand still for as long as the limit says, over closed days too.
    let limit = Counting::Limit { deadline: deadline("d14"), stage: WAITING };
    assert!(bases.behind(&counting, &[limit]).unwrap() >= stops);
}

/// A clock that ends at the time of day is begun early on a working day, stands still from the midnight after it
/// until just before the next, and runs again later in the day than it began: the day on which it does so is none of
/// its own, but ends while it runs.
#[test]
fn a_clock_that_ends_at_the_time_of_day_may_take_one_mark_more() {
    let machine = machine(Kind { ends: "exact", ..WEEKENDS });
    let bases = Bases::of(&machine, years(2025, 2026)).unwrap();
    let midnight = |date: u32| {
        let date = engine::time::NaiveDate::from_ymd_opt(2025, 2, date).unwrap();
        machine.protocol.zone.day_start(date).ms()
    };
    // Four o'clock on Monday 3 February 2025.
    let at = Instant::from_ms(midnight(3) + 4 * 3_600_000);
    let start = Start { at, date_only: false, receipt: true };
    let (from, to) = (Instant::from_ms(midnight(4)), Instant::from_ms(midnight(5) - 1));
    let pause = Pause { from, to: Some(to) };
    for name in ["d3", "d5", "d10"] {
        let counting = clock(name);
        let plain = bases.begin(std::slice::from_ref(&counting), When::Reported);
        let own = plain[0][0].own().unwrap();
        let most = plain.iter().map(|it| it[0].span(own).1).max().unwrap();
        let rules = &machine.protocol.deadlines[deadline(name).index()];
        let base = Base::Allowance(&rules.alternatives[0].allowance);
        let course = Course { start, base, additions: &[], pauses: &[pause] };
        let end = due(&machine.protocol.calendars[0], rules.counts, &course).unwrap().at.unwrap();
        let count = |from, to| bases.base(own).reading(to) - bases.base(own).reading(from);
        let taken = count(at, end) - count(from, to);
        assert_eq!(taken, most + 1, "{name}");
        let stood = plain.iter().map(|it| bases.stood(&counting, &it[0], true).span(own).1);
        assert_eq!(stood.max(), Some(taken), "{name}");
    }
}
