//! Clocks on real dates beside the zones that should have them.

use engine::machine::Machine;
use engine::runtime::{Counts, end_for};
use engine::time::{Base, Course, Instant, Pause, Start, Term, due};

use crate::bases::{Bases, Counting, Length, When};
use crate::zone::{Hold, Running, UNBOUNDED, Zone};

/// What a clock of the world is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Clock,
    /// The limit of the pauses of the clock with this name.
    LimitOf(u32),
    /// The wall clock of the clock with this name.
    WallOf(u32),
}

#[derive(Clone, Debug)]
pub(super) struct Live {
    pub(super) name: u32,
    pub(super) what: What,
    pub(super) counting: Counting,
    pub(super) start: Start,
    pub(super) began: Instant,
    pub(super) pauses: Vec<Pause>,
    pub(super) rank: u32,
}

impl Live {
    pub(super) fn stands(&self) -> bool {
        self.pauses.last().is_some_and(|it| it.to.is_none())
    }
}

/// Real clocks, and every zone with the lengths that has what really is.
pub(super) struct World<'m> {
    pub(super) machine: &'m Machine,
    pub(super) bases: &'m Bases<'m>,
    pub(super) now: Instant,
    pub(super) lives: Vec<Live>,
    pub(super) zones: Vec<(Zone, Vec<Running>)>,
    next: u32,
}

/// More zones than are followed.
const ZONES: usize = 4;

impl<'m> World<'m> {
    pub(super) fn new(bases: &'m Bases<'m>, now: Instant) -> Self {
        let zones = vec![(Zone::start(bases), Vec::new())];
        Self { machine: bases.machine(), bases, now, lives: Vec::new(), zones, next: 0 }
    }

    pub(super) fn place(&self, name: u32) -> Option<usize> {
        self.lives.iter().position(|it| it.name == name)
    }

    pub(super) fn of(&self, what: What) -> Option<usize> {
        self.lives.iter().position(|it| it.what == what)
    }

    /// When a clock is due, by the engine.
    pub(super) fn due(&self, live: &Live) -> Option<Instant> {
        if live.stands() || matches!(live.what, What::WallOf(_)) {
            return None;
        }
        let at = match &live.counting {
            Counting::Clock { deadline, alternative, extensions } if live.pauses.is_empty() => {
                let (deadline, alternative) = (*deadline, *alternative);
                end_for(
                    self.machine,
                    Counts::Deadline { deadline, alternative, extensions },
                    live.start,
                )
            }
            Counting::Clock { deadline, alternative, extensions } => {
                let deadline = &self.machine.protocol.deadlines[deadline.index()];
                let allowance = &deadline.alternatives[usize::from(*alternative)].allowance;
                let added: Vec<Term> = extensions
                    .iter()
                    .map(|at| match deadline.extend[usize::from(*at)].lengthen {
                        engine::model::Lengthen::Add(term) => term,
                        _ => panic!("only additions here"),
                    })
                    .collect();
                self.count(deadline, Base::Allowance(allowance), &added, live)
            }
            Counting::Limit { deadline, stage } => {
                let stage = &self.machine.protocol.stages[stage.index()];
                let limit = stage.pauses.iter().find(|it| it.deadline == *deadline).unwrap();
                let allowance = engine::time::Allowance::Term(limit.limit.unwrap());
                let deadline = &self.machine.protocol.deadlines[deadline.index()];
                self.count(deadline, Base::Allowance(&allowance), &[], live)
            }
            _ => panic!("not begun here"),
        };
        at.unwrap()
    }

    fn count(
        &self,
        deadline: &engine::model::Deadline,
        base: Base<'_>,
        additions: &[Term],
        live: &Live,
    ) -> Result<Option<Instant>, engine::time::TimeError> {
        let calendar = &self.machine.protocol.calendars[deadline.calendar.index()];
        let course = Course { start: live.start, base, additions, pauses: &live.pauses };
        due(calendar, deadline.counts, &course).map(|it| it.at)
    }

    /// What a clock really reads in each base; nothing where it is not told.
    fn readings(&self, live: &Live) -> Vec<Option<i32>> {
        let own =
            self.bases.begin(std::slice::from_ref(&live.counting), When::Reported)[0][0].own();
        let between = |base, from, to| {
            self.bases.base(base).reading(to) - self.bases.base(base).reading(from)
        };
        let each = self.bases.each().map(|base| {
            if live.pauses.is_empty() || matches!(live.what, What::WallOf(_)) {
                return Some(between(base, live.began, self.now));
            }
            if own != Some(base) || self.bases.is_off_by_one(&live.counting) {
                return None;
            }
            let mut from = live.began;
            let mut sum = 0;
            for pause in &live.pauses {
                sum += between(base, from, pause.from);
                from = pause.to.unwrap_or(self.now);
            }
            Some(sum + between(base, from, self.now))
        });
        each.collect()
    }

    /// Keeps the zones that have what really is. There is one at least.
    pub(super) fn check(&mut self, when: &str) {
        let readings: Vec<_> = self.lives.iter().map(|it| self.readings(it)).collect();
        let read = |base: usize, clock: usize| match clock.checked_sub(1) {
            None => Some(0),
            Some(at) => readings[at][base],
        };
        let bases = self.bases;
        let n = self.lives.len() + 1;
        let has = |zone: &Zone| {
            bases.each().all(|id| {
                let (base, bounds) = (id.index(), zone.bounds(id).unwrap());
                assert_eq!(bounds.clocks() + 1, n);
                let pairs = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
                pairs.into_iter().all(|(i, j)| match (read(base, i), read(base, j)) {
                    (Some(i_reads), Some(j_reads)) => i_reads - j_reads <= bounds.get(i, j),
                    _ => true,
                })
            })
        };
        let before = self.zones.clone();
        self.zones.retain(|(zone, _)| has(zone));
        assert!(
            !self.zones.is_empty(),
            "{when} at {}: {:#?}\nread {readings:?}\nnone of {before:#?}",
            self.now,
            self.lives
        );
        self.zones.truncate(ZONES);
    }

    pub(super) fn elapse(&mut self) {
        let bases = self.bases;
        self.zones.retain_mut(|(zone, clocks)| zone.elapse(bases, clocks));
        self.check("time may pass");
    }

    /// Clocks begin now, together.
    pub(super) fn begin(
        &mut self,
        all: &[(Counting, What)],
        when: When,
        date_only: bool,
        rank: u32,
    ) {
        let receipt = when == When::Reported;
        let countings: Vec<Counting> = all.iter().map(|(it, _)| it.clone()).collect();
        let options = self.bases.begin(&countings, when);
        let mut fitting = options.to_vec();
        for (counting, what) in all {
            let limit = matches!(what, What::LimitOf(_));
            let start = match limit {
                true => Start { at: self.now, date_only: false, receipt: false },
                false => Start { at: self.now, date_only, receipt },
            };
            let (name, began) = (self.next, self.now);
            self.next += 1;
            let counting = counting.clone();
            let live = Live { name, what: *what, counting, start, began, pauses: Vec::new(), rank };
            self.lives.push(live);
        }
        let begun = &self.lives[self.lives.len() - all.len()..];
        let taken: Vec<Vec<i32>> = begun
            .iter()
            .map(|live| {
                let due = self.due(live).unwrap().max(self.now);
                let bases = self.bases;
                let each = bases.each().map(|it| bases.base(it));
                each.map(|it| it.reading(due) - it.reading(self.now)).collect()
            })
            .collect();
        fitting.retain(|lengths| {
            lengths.iter().zip(&taken).all(|(it, taken)| fits(self.bases, it, taken))
        });
        assert!(!fitting.is_empty(), "at {} {begun:?} take {taken:?}, but {options:#?}", self.now);
        let zones = self.zones.iter().flat_map(|(zone, clocks)| {
            fitting.iter().map(move |lengths| {
                let (mut zone, mut clocks) = (zone.clone(), clocks.clone());
                for length in lengths {
                    zone.begin(clocks.len());
                    clocks.push(Running { length: *length, hold: Hold::Runs, rank });
                }
                (zone, clocks)
            })
        });
        self.zones = zones.collect();
    }

    /// Removes clocks from the world and from every zone.
    pub(super) fn remove(&mut self, at: usize) {
        self.lives.remove(at);
        for (zone, clocks) in &mut self.zones {
            zone.end(at);
            clocks.remove(at);
            for clock in clocks {
                if let Hold::Wall { of, .. } = &mut clock.hold
                    && *of > at
                {
                    *of -= 1;
                }
            }
        }
    }
}

/// Whether what a clock takes is what a length says.
fn fits(bases: &Bases<'_>, length: &Length, taken: &[i32]) -> bool {
    bases.each().all(|base| {
        let (least, most) = length.span(base);
        let taken = taken[base.index()];
        least <= taken && (most >= UNBOUNDED || taken <= most)
    })
}
