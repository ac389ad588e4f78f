//! From a case to the key that stands for it.

use engine::machine::Machine;
use engine::model::{DeadlineId, Lengthen, Period, Point, RecordId, StageId};
use engine::runtime::{Case, Clock, ClockState, MarkKind, Pending};
use engine::text::Symbol;
use engine::time::Start;

use crate::steps::Matters;
use crate::steps::given::{Anchor, Given};
use crate::steps::key::{Counted, Item, Key, Open, Standing};
use crate::steps::live::Live;

/// The one id that entries have.
pub(super) const ENTRY: Symbol = Symbol(u32::MAX - 9);

/// What a case is made normal by.
#[derive(Debug)]
pub(super) struct Normal<'m> {
    pub(super) machine: &'m Machine,
    pub(super) matters: Matters,
    pub(super) given: Given,
    pub(super) live: Live,
    pub(super) anchor: Anchor,
}

/// What is not read off a case alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Hints {
    /// The clocks that are due at the instant of the step, because a change has put their end
    /// into the past.
    pub(super) past: Vec<DeadlineId>,
    /// The clock whose pause was ended by its limit, and the stage that paused it.
    pub(super) used_up: Option<(DeadlineId, StageId)>,
}

/// The extensions of a clock.
#[derive(Default)]
struct Made {
    /// All that count, from its begin.
    extensions: Vec<u16>,
    /// Where a change has put its end into the past: those made since.
    since: Option<Vec<u16>>,
    /// Whether one of them was made more often than is counted.
    many: bool,
}

impl Normal<'_> {
    /// The key of a case.
    pub(super) fn key(&self, mut case: Case, hints: &Hints) -> Key {
        let records: Vec<RecordId> = self.matters.records().collect();
        self.erase(&mut case, hints, &records);
        let open = self.open(&case);
        self.places(&mut case, &open);
        Key::new(case, open, &records)
    }

    /// By how much an extension lengthens.
    fn lengthen(&self, id: DeadlineId, place: u16) -> Option<&Lengthen> {
        let deadline = self.machine.protocol.deadlines.get(id.index())?;
        deadline.extend.get(usize::from(place)).map(|it| &it.lengthen)
    }

    /// Whether an extension may be made as often as one likes.
    pub(super) fn is_any_times(&self, id: DeadlineId, place: u16) -> bool {
        let deadline = self.machine.protocol.deadlines.get(id.index());
        let extension = deadline.and_then(|it| it.extend.get(usize::from(place)));
        extension.is_none_or(|it| it.times.is_none())
    }

    /// What is being counted in a case that is normal but for the starts.
    fn open(&self, case: &Case) -> Vec<Open> {
        let mut open: Vec<Open> = Vec::new();
        for clock in case.clocks.iter().filter(|it| it.is_open() && !it.breached) {
            let paused = matches!(clock.state, ClockState::Paused(_));
            if clock.times.due.is_some() || paused {
                let counted = self.clock(case, clock);
                open.extend(self.begun(&counted));
                open.push(counted);
            }
        }
        for timer in &case.timers {
            let (stage, place) = (case.stage, timer.place);
            let is_timed = self.matters.is_timer_timed(self.machine, stage, place);
            let counted = match is_timed || !self.matters.has_terms() {
                true => Counted::Timer { stage, place },
                false => Counted::Nothing,
            };
            open.push(plain(Item::Timer(timer.place), counted, timer.receipt));
        }
        for pending in &case.pending {
            if let Pending::Start(id, start) = pending {
                open.push(plain(Item::Waiting(*id), Counted::Nothing, start.receipt));
            }
        }
        let kind = self.machine.protocol.intake.get(case.intake.index());
        if case.opened_at.is_some() && kind.is_some_and(|it| it.becomes.is_some()) {
            open.push(plain(Item::Opened, Counted::Nothing, true));
        }
        for promised in case.promises.iter().filter(|it| it.due.is_some()) {
            let item = Item::Promise(promised.guarantee);
            open.push(plain(item, Counted::Promise(promised.guarantee), promised.start.receipt));
        }
        open.sort();
        open
    }

    fn clock(&self, case: &Case, clock: &Clock) -> Open {
        let id = clock.id.deadline;
        let deadline = &self.machine.protocol.deadlines[id.index()];
        let Made { extensions, since, many } = self.made(case, clock);
        let begins = || deadline.starts.iter().chain(&deadline.restarts);
        let of_date = |it: &Point| matches!(it, Point::Date(_));
        let is_timed = self.matters.is_timed(id) || !self.matters.has_terms();
        let counted = match (deadline.due.is_some() || begins().any(of_date), since) {
            (true, _) => Counted::Date(id),
            _ if !is_timed => Counted::Nothing,
            (false, Some(extensions)) => Counted::AtChange { deadline: id, extensions },
            (false, None) => {
                Counted::Term { deadline: id, alternative: clock.alternative, extensions, many }
            }
        };
        let standing = match clock.state {
            ClockState::Paused(stage) => Standing::Stands(stage),
            _ => Standing::Runs,
        };
        let grid = is_timed && deadline.every.as_ref().is_some_and(|it| it.per == Period::Grid);
        Open { item: Item::Clock(id), counted, standing, receipt: clock.start.receipt, grid }
    }

    /// What the extensions of a clock were made to.
    fn made(&self, case: &Case, clock: &Clock) -> Made {
        let id = clock.id.deadline;
        let mut made = Made::default();
        let mut paused = false;
        for mark in case.marks.iter().filter(|it| it.clock == clock.id) {
            match mark.kind {
                MarkKind::Paused(_) => paused = true,
                MarkKind::Resumed => paused = false,
                MarkKind::Extended(place, _) => {
                    match self.lengthen(id, place) {
                        // It counts from the begin, whatever was before.
                        Some(Lengthen::Total(_)) => made = Made::default(),
                        // How far it may go is known from the begin too: the change was before
                        // the clock was due.
                        Some(Lengthen::Until { .. }) => made.since = None,
                        Some(Lengthen::Add(_)) | None => {}
                    }
                    made.many |= self.is_any_times(id, place) && made.extensions.contains(&place);
                    made.extensions.push(place);
                    made.since.iter_mut().for_each(|it| it.push(place));
                }
                MarkKind::Recounted(_) if !paused => made.since = Some(Vec::new()),
                MarkKind::Recounted(_) => {}
            }
        }
        made
    }

    /// What is kept of the begin of a clock that is due at a change, where an extension may still
    /// count from there.
    fn begun(&self, clock: &Open) -> Option<Open> {
        let Counted::AtChange { deadline: id, .. } = clock.counted else { return None };
        let deadline = self.machine.protocol.deadlines.get(id.index())?;
        let mut extensions = deadline.extend.iter();
        let may = extensions.any(|it| !matches!(it.lengthen, Lengthen::Add(_)));
        may.then(|| plain(Item::Begun(id), Counted::Nothing, clock.receipt))
    }

    /// Gives what is counted the start that says at which place it stands.
    fn places(&self, case: &mut Case, open: &[Open]) {
        let place = |item: Item| open.iter().position(|it| it.item == item);
        let start = |item: Item| place(item).map(|it| self.anchor.start(it));
        for clock in case.clocks.iter_mut().filter(|it| it.is_open()) {
            if let Some(at) = start(Item::Clock(clock.id.deadline)) {
                clock.start.at = at;
            }
        }
        for pending in &mut case.pending {
            if let Pending::Start(id, from) = pending
                && let Some(at) = start(Item::Waiting(*id))
            {
                *from = Start { at, date_only: false, ..*from };
            }
        }
        for promised in &mut case.promises {
            if let Some(at) = start(Item::Promise(promised.guarantee)) {
                promised.start.at = at;
            }
        }
        if let Some(at) = start(Item::Opened) {
            case.opened_at = Some(at);
        }
    }
}

const fn plain(item: Item, counted: Counted, receipt: bool) -> Open {
    Open { item, counted, standing: Standing::Runs, receipt, grid: false }
}
