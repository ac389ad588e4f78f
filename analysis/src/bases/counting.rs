//! What is counted, and what it needs.

use engine::machine::Machine;
use engine::model::{CalendarId, Deadline, DeadlineId, GuaranteeId, Lengthen, Promise, StageId};
use engine::time::{Ends, OutsideHours, Roll, Rules, Term, Unit as TermUnit};

use crate::bases::Unit;
use crate::bases::base::int;

/// Something whose end is counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counting {
    /// A clock.
    Clock {
        /// Of this deadline.
        deadline: DeadlineId,
        /// The place of the term that applies.
        alternative: u16,
        /// The extensions made, by place, in order.
        extensions: Vec<u16>,
    },
    /// A clock whose end a change put into the past, from that change on, where it is due.
    Changed {
        /// Of this deadline.
        deadline: DeadlineId,
        /// The extensions made since, by place, in order; at least one, and none to a date.
        extensions: Vec<u16>,
    },
    /// A timed transition.
    Timer {
        /// Of this stage.
        stage: StageId,
        /// Its place in `after`.
        place: u16,
    },
    /// The term of a guarantee.
    Promise(GuaranteeId),
    /// The limit of the pauses of a clock.
    Limit {
        /// Of this deadline.
        deadline: DeadlineId,
        /// In this stage.
        stage: StageId,
    },
    /// Something without a counted end: a date that somebody sets, a period of a grid.
    Free,
}

/// How something counts: what a base must have so that it counts exactly in it.
#[derive(Clone, Debug)]
pub(super) struct Nature {
    pub(super) rules: Rules,
    pub(super) calendar: CalendarId,
    /// Its terms, in order of use; of `min` and `max` all.
    pub(super) terms: Vec<Term>,
    /// Whether one of several terms decides, or somebody who puts it off to a date.
    pub(super) is_chosen: bool,
    /// Whether it may end with a date to which somebody has put it off.
    pub(super) is_put_off: bool,
}

impl Nature {
    /// The bases in which its terms are counted.
    pub(super) fn units(&self) -> impl Iterator<Item = Unit> + '_ {
        self.terms.iter().map(|term| self.unit(*term))
    }

    /// The base of the working days on which it ends where a closed last day moves.
    pub(super) fn working(&self) -> Option<Unit> {
        let close = self.rules.ends == Ends::Close;
        let unit = Unit::Days { working: true, close, calendar: self.calendar };
        (self.roll() != Roll::None).then_some(unit)
    }

    /// The base of the ends of dates, where somebody may have put it off to one.
    pub(super) fn dates(&self) -> Option<Unit> {
        let close = self.rules.ends == Ends::Close;
        self.is_put_off.then_some(Unit::Days { working: false, close, calendar: self.calendar })
    }

    fn unit(&self, term: Term) -> Unit {
        let calendar = self.calendar;
        let close = self.rules.ends == Ends::Close;
        match term.unit {
            TermUnit::Minutes | TermUnit::Hours => Unit::Minutes,
            TermUnit::WorkingMinutes | TermUnit::WorkingHours => Unit::WorkingMinutes(calendar),
            TermUnit::WorkingDays => Unit::Days { working: true, close, calendar },
            TermUnit::CalendarDays | TermUnit::Weeks | TermUnit::Months | TermUnit::Years => {
                Unit::Days { working: false, close, calendar }
            }
        }
    }

    /// Whether its end moves in steps only: the same for all starts between two ends of days,
    /// openings or closings.
    pub(super) fn is_stepped(&self) -> bool {
        self.rules.ends != Ends::Exact
            && self.terms.iter().all(|term| term.unit.is_counted_in_days())
    }

    /// Whether an end on a closed day moves, and to which side.
    pub(super) fn roll(&self) -> Roll {
        let moves = self.terms.iter().any(|term| term.unit.is_civil());
        if moves { self.rules.roll } else { Roll::None }
    }

    /// How many of its terms may end on a closed day.
    pub(super) fn civil(&self) -> i32 {
        int(self.terms.iter().filter(|term| term.unit.is_civil()).count())
    }

    /// Whether a start outside hours waits for the next opening.
    pub(super) fn waits(&self) -> bool {
        self.rules.outside_hours == OutsideHours::NextWorkingDay
    }

    /// Roughly how many days it takes at most.
    pub(super) fn days_at_most(&self) -> i64 {
        let days = |term: &Term| {
            let amount = i64::from(term.amount);
            match term.unit {
                TermUnit::Minutes => amount / 1_440 + 1,
                TermUnit::Hours => amount / 24 + 1,
                TermUnit::WorkingMinutes => amount / 30 + 14,
                TermUnit::WorkingHours => amount * 2 + 14,
                TermUnit::WorkingDays => amount * 2 + 14,
                TermUnit::CalendarDays => amount + 14,
                TermUnit::Weeks => amount * 7 + 14,
                TermUnit::Months => amount * 31 + 14,
                TermUnit::Years => amount * 366 + 14,
            }
        };
        self.terms.iter().map(days).sum()
    }
}

impl Counting {
    /// How it counts; `None` where no end is counted.
    pub(super) fn nature(&self, machine: &Machine) -> Option<Nature> {
        let protocol = &machine.protocol;
        let of_protocol = |terms: &[Term], is_chosen| Nature {
            rules: protocol.counts,
            calendar: CalendarId(0),
            terms: terms.to_vec(),
            is_chosen,
            is_put_off: false,
        };
        let found = match self {
            Self::Clock { deadline, alternative, extensions } => {
                let declared = protocol.deadlines.get(deadline.index())?;
                // A date stays when the term changes: which it was is not known.
                let is_any = self.is_put_off(machine);
                let each = declared.alternatives.iter().enumerate();
                let each = each.filter(|(at, _)| is_any || *at == usize::from(*alternative));
                let terms: Vec<Term> =
                    each.flat_map(|(_, it)| it.allowance.terms()).copied().collect();
                extended(declared, terms, extensions)?
            }
            Self::Changed { deadline, extensions } => {
                let declared = protocol.deadlines.get(deadline.index())?;
                extended(declared, Vec::new(), extensions)?
            }
            Self::Timer { stage, place } => {
                let stage = protocol.stages.get(stage.index())?;
                of_protocol(&[stage.after.get(usize::from(*place))?.term], false)
            }
            Self::Promise(guarantee) => {
                match &protocol.guarantees.get(guarantee.index())?.promise {
                    Promise::Within { within, .. } | Promise::TooSoon { within, .. } => {
                        of_protocol(within.terms(), within.terms().len() > 1)
                    }
                    _ => return None,
                }
            }
            Self::Limit { deadline, stage } => {
                let pauses = &protocol.stages.get(stage.index())?.pauses;
                let limit = pauses.iter().find(|it| it.deadline == *deadline)?.limit?;
                let deadline = protocol.deadlines.get(deadline.index())?;
                Nature {
                    rules: deadline.counts,
                    calendar: deadline.calendar,
                    terms: vec![limit],
                    is_chosen: false,
                    is_put_off: false,
                }
            }
            Self::Free => return None,
        };
        Some(found).filter(|it| !it.terms.is_empty())
    }

    /// Everything of a protocol whose end is counted, each extension by itself.
    pub(crate) fn all(machine: &Machine) -> Vec<Self> {
        let protocol = &machine.protocol;
        let mut all = Vec::new();
        for (at, deadline) in protocol.deadlines.iter().enumerate() {
            let id = DeadlineId::at(at);
            for alternative in
                (0..deadline.alternatives.len()).filter_map(|it| u16::try_from(it).ok())
            {
                let clock = |extensions| Self::Clock { deadline: id, alternative, extensions };
                all.push(clock(Vec::new()));
                let places = (0..deadline.extend.len()).filter_map(|it| u16::try_from(it).ok());
                all.extend(places.map(|place| clock(vec![place])));
            }
        }
        for (at, stage) in protocol.stages.iter().enumerate() {
            let id = StageId::at(at);
            let places = (0..stage.after.len()).filter_map(|it| u16::try_from(it).ok());
            all.extend(places.map(|place| Self::Timer { stage: id, place }));
            let limits = stage.pauses.iter().map(|it| it.deadline);
            all.extend(limits.map(|deadline| Self::Limit { deadline, stage: id }));
        }
        all.extend((0..protocol.guarantees.len()).map(|at| Self::Promise(GuaranteeId::at(at))));
        all
    }
}

/// How a clock counts that has these terms and was lengthened.
fn extended(deadline: &Deadline, terms: Vec<Term>, extensions: &[u16]) -> Option<Nature> {
    let mut terms = terms;
    let (mut is_chosen, mut is_put_off) = (terms.len() > 1, false);
    for place in extensions {
        match deadline.extend.get(usize::from(*place))?.lengthen {
            Lengthen::Add(term) => terms.push(term),
            Lengthen::Total(term) => (terms, is_chosen) = (vec![term], false),
            Lengthen::Until { up_to, .. } => {
                terms.extend(up_to);
                (is_chosen, is_put_off) = (true, true);
            }
        }
    }
    let (rules, calendar) = (deadline.counts, deadline.calendar);
    Some(Nature { rules, calendar, terms, is_chosen, is_put_off })
}
