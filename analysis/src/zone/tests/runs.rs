//! Random courses on real dates: what really is always lies in the zone of the same course.

use engine::model::StageId;
use engine::time::{Instant, Pause};
use proptest::prelude::*;

use crate::bases::tests::support::{
    ENGLAND, HAVANA, Kind, NETHERLANDS, TERMS, WEEKENDS, clock, deadline, machine, years,
};
use crate::bases::{Bases, Counting, When};
use crate::zone::tests::world::{What, World};
use crate::zone::{Hold, Running};

/// How many courses are gone through on each calendar.
const COURSES: u32 = 24;

/// The clocks that the stage `waiting` pauses.
const PAUSED: [&str; 5] = ["d5", "d10", "d14", "m1", "h4"];
const WAITING: StageId = StageId(1);

#[derive(Clone, Debug)]
enum Op {
    /// After a time these begin, as on a date only or not.
    Begin(i64, Vec<usize>, bool),
    /// After a time a clock stands still, or runs on.
    Turn(i64, usize),
    /// After a time a clock is lengthened.
    Extend(i64, usize),
    /// The next thing that is due acts, and something begins then.
    Act(usize),
}

/// Times that things like to happen at: anything, and whole hours.
fn delay() -> impl Strategy<Value = i64> {
    prop_oneof![
        0..10 * 86_400_000_i64,
        (0..400_i64).prop_map(|it| it * 3_600_000),
        (0..20_i64).prop_map(|it| it * 86_400_000),
        (0..3_i64),
    ]
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let terms = 0..TERMS.len();
    let begin = (delay(), prop::collection::vec(terms, 1..3), any::<bool>())
        .prop_map(|(by, all, dated)| Op::Begin(by, all, dated));
    let op = prop_oneof![
        2 => begin,
        3 => (delay(), 0..8_usize).prop_map(|(by, it)| Op::Turn(by, it)),
        1 => (delay(), 0..8_usize).prop_map(|(by, it)| Op::Extend(by, it)),
        2 => (0..TERMS.len()).prop_map(Op::Act),
    ];
    prop::collection::vec(op, 1..14)
}

impl World<'_> {
    /// The clock that is due next.
    fn next(&self) -> Option<(Instant, u32, usize)> {
        let each = self.lives.iter().enumerate();
        each.filter_map(|(at, live)| Some((self.due(live)?, live.rank, at))).min()
    }

    /// Lets act what is due before an instant, then goes there.
    fn go(&mut self, to: Instant) {
        while let Some((due, _, at)) = self.next().filter(|(due, ..)| *due < to) {
            self.act(due, at, None);
        }
        self.now = self.now.max(to);
        self.check("later");
    }

    /// A clock is due: it ends, or what it limits runs on; and something may begin.
    fn act(&mut self, due: Instant, at: usize, then: Option<&str>) {
        self.now = self.now.max(due);
        self.check("before something acts");
        let ended = self.zones[0].1[at].length;
        let bases = self.bases;
        let zones = self.zones.iter();
        let zones =
            zones.filter_map(|(zone, all)| Some((zone.at_end(bases, at, all)?, all.clone())));
        self.zones = zones.collect();
        self.check("something acts");
        let live = self.lives[at].clone();
        self.remove(at);
        match live.what {
            What::LimitOf(name) => self.resume(self.place(name).unwrap()),
            _ => {
                for of in [What::WallOf(live.name), What::LimitOf(live.name)] {
                    if let Some(at) = self.of(of) {
                        self.remove(at);
                    }
                }
            }
        }
        if let Some(name) = then.filter(|_| self.lives.len() < 5) {
            self.begin(&[(clock(name), What::Clock)], ended.then(), false, live.rank + 1);
        }
        self.elapse();
    }

    fn turn(&mut self, at: usize) {
        let name = self.lives[at].name;
        if self.lives[at].stands() {
            self.resume(at);
            if let Some(limit) = self.of(What::LimitOf(name)) {
                self.stand(limit);
            }
            self.elapse();
            return;
        }
        let Counting::Clock { deadline: id, .. } = self.lives[at].counting else { return };
        let limit = Counting::Limit { deadline: id, stage: WAITING };
        let limited = self.of(What::LimitOf(name));
        if limited.is_none() && !self.lives[at].pauses.is_empty() {
            // Nothing is left of the limit.
            return;
        }
        if self.of(What::WallOf(name)).is_none() {
            self.wall(at, &limit);
        }
        self.stand(at);
        match limited {
            Some(limit) => self.resume(limit),
            None => self.begin(&[(limit, What::LimitOf(name))], When::Reported, false, 0),
        }
        self.elapse();
    }

    fn wall(&mut self, at: usize, limit: &Counting) {
        let live = self.lives[at].clone();
        let Some(at_most) = self.bases.behind(&live.counting, std::slice::from_ref(limit)) else {
            return;
        };
        let n = self.lives.len();
        for (zone, clocks) in &mut self.zones {
            zone.begin_with(n, at);
            let rank = u32::MAX;
            let hold = Hold::Wall { of: at, at_most };
            clocks.push(Running { length: clocks[at].length, hold, rank });
        }
        self.lives.push(super::world::Live {
            name: u32::MAX,
            what: What::WallOf(live.name),
            ..live
        });
    }

    fn stand(&mut self, at: usize) {
        let counting = self.lives[at].counting.clone();
        self.lives[at].pauses.push(Pause { from: self.now, to: None });
        let bases = self.bases;
        let zones = self.zones.iter().flat_map(|(zone, clocks)| {
            let found = zone.pause(bases, at, &counting, &clocks[at].length);
            found.into_iter().map(|(zone, length)| {
                let mut clocks = clocks.clone();
                clocks[at] = Running { length, hold: Hold::Stands, ..clocks[at] };
                (zone, clocks)
            })
        });
        self.zones = zones.collect();
        self.check("stands");
    }

    fn resume(&mut self, at: usize) {
        let live = &mut self.lives[at];
        live.pauses.last_mut().unwrap().to = Some(self.now);
        for (zone, clocks) in &mut self.zones {
            zone.resume(self.bases, at, &live.counting, &clocks[at].length);
            clocks[at].hold = Hold::Runs;
        }
        self.check("runs again");
    }

    fn extend(&mut self, at: usize) {
        let live = &mut self.lives[at];
        let Counting::Clock { deadline: id, extensions, .. } = &live.counting else { return };
        if *id != deadline("d10") || !extensions.is_empty() || live.what != What::Clock {
            return;
        }
        let was = live.counting.clone();
        let now = Counting::Clock { deadline: *id, alternative: 0, extensions: vec![0] };
        live.counting = now.clone();
        let bases = self.bases;
        let zones = self.zones.iter().flat_map(|(zone, clocks)| {
            let lengths = bases.again((&was, &clocks[at].length), &now);
            let each: Vec<_> = lengths.iter().map(|it| it[0]).collect();
            each.into_iter().map(|length| {
                let mut clocks = clocks.clone();
                clocks[at].length = length;
                (zone.clone(), clocks)
            })
        });
        // The right ones show in time: all are followed until the clock is due.
        self.zones = zones.collect();
        self.elapse();
    }

    fn take(&mut self, op: &Op) {
        let reported = |by: &i64| Instant::from_ms(self.now.ms() + by);
        let chosen = |at: &usize, world: &Self| {
            let can = world.lives.iter().enumerate().filter(|(_, it)| {
                it.what == What::Clock
                    && PAUSED.iter().any(|name| {
                        matches!(&it.counting,
                        Counting::Clock { deadline: id, .. } if *id == deadline(name))
                    })
            });
            let can: Vec<usize> = can.map(|(at, _)| at).collect();
            can.get(at % can.len().max(1)).copied()
        };
        match op {
            Op::Begin(by, names, dated) => {
                self.go(reported(by));
                if self.lives.len() < 5 {
                    let rank = u32::try_from(names[0]).unwrap();
                    let names = names.iter().map(|it| (clock(TERMS[*it].0), What::Clock));
                    self.begin(&names.collect::<Vec<_>>(), When::Reported, *dated, rank);
                    self.elapse();
                }
            }
            Op::Turn(by, at) => {
                self.go(reported(by));
                if let Some(at) = chosen(at, self) {
                    self.turn(at);
                }
            }
            Op::Extend(by, at) => {
                self.go(reported(by));
                if let Some(at) = chosen(at, self) {
                    self.extend(at);
                }
            }
            Op::Act(name) => {
                if let Some((due, _, at)) = self.next() {
                    self.act(due, at, Some(TERMS[*name].0));
                }
            }
        }
    }
}

/// Goes through courses in a world, one after the other.
fn go_through(bases: &Bases<'_>, from: i64, ops: &[Op]) {
    let first = bases.base(crate::bases::BaseId::MIDNIGHTS).marks()[0];
    let mut world = World::new(bases, Instant::from_ms(first.ms() + from));
    for op in ops {
        world.take(op);
    }
}

fn courses(kind: Kind, cases: u32) {
    let machine = machine(kind);
    let bases = Bases::of(&machine, years(2025, 2026)).unwrap();
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let run = runner.run(&(0..700 * 86_400_000_i64, ops()), |(from, ops)| {
        go_through(&bases, from, &ops);
        Ok(())
    });
    run.unwrap();
}

#[test]
fn courses_in_england() {
    courses(ENGLAND, COURSES);
}

#[test]
fn courses_in_the_netherlands() {
    courses(NETHERLANDS, COURSES);
}

#[test]
fn courses_without_holidays() {
    courses(Kind { first: "same", roll: "back", ..WEEKENDS }, COURSES);
}

#[test]
fn courses_that_wait_for_hours() {
    courses(Kind { outside: "next_working_day", ..ENGLAND }, COURSES);
}

#[test]
fn courses_where_the_clocks_change_at_midnight() {
    courses(HAVANA, COURSES);
}

#[test]
fn courses_that_end_at_the_time_of_day() {
    courses(Kind { ends: "exact", ..HAVANA }, COURSES);
}
