//! What is kept of what happened to a clock.

use std::collections::BTreeMap;

use engine::model::{DeadlineId, StageId};
use engine::runtime::{Case, Clock, ClockId, ClockState, Mark, MarkKind};
use engine::time::Instant;

use crate::steps::normal::{Hints, Normal};

/// Longer ago than any limit of a pause lasts.
const LONG_MS: i64 = 3 * 366 * 86_400_000;

/// What the marks of a clock say.
#[derive(Default)]
struct Marks {
    /// The stages that have paused it before, and whether nothing is left of their limit.
    pauses: BTreeMap<StageId, bool>,
    /// What was changed, and when.
    rest: Vec<(MarkKind, Instant)>,
    /// The stage that pauses it now, and since when.
    inside: Option<(StageId, Instant)>,
    /// What was changed while it stands still.
    during: Option<MarkKind>,
}

impl Normal<'_> {
    /// The marks of a clock without what nothing reads any more.
    pub(super) fn marks(&self, case: &Case, clock: &Clock, hints: &Hints) -> Vec<Mark> {
        let id = clock.id.deadline;
        let mut read = self.read_marks(case, clock, hints);
        if self.is_over(clock) {
            read.pauses.clear();
            read.during = None;
            read.rest.clear();
        }
        if !self.matters.is_timed(id) {
            // What is left is how often it was lengthened.
            read.pauses.clear();
            read.during = None;
            read.rest.retain(|(kind, _)| match kind {
                MarkKind::Extended(place, _) => !self.is_any_times(id, *place),
                _ => false,
            });
        }
        // A change that has not put the end into the past has changed only which term it is.
        let is_past = hints.past.contains(&id);
        let before = self.anchor.before;
        let is_running = clock.state == ClockState::Running;
        read.rest.retain(|(kind, at)| {
            let changed = matches!(kind, MarkKind::Recounted(_));
            !changed || !is_running || if is_past { *at > before } else { *at <= before }
        });
        only_last_change(&mut read.rest);
        let clock = ClockId { deadline: id, occurrence: 1 };
        let mut marks = Vec::new();
        for (stage, used) in read.pauses.into_iter().filter(|it| self.is_limited(id, it.0)) {
            let from = if used { long_before(before) } else { before };
            marks.push(Mark { clock, at: from, kind: MarkKind::Paused(stage) });
            marks.push(Mark { clock, at: before, kind: MarkKind::Resumed });
        }
        marks.extend(read.rest.into_iter().map(|(kind, _)| Mark { clock, at: before, kind }));
        if let Some((stage, _)) = read.inside {
            marks.push(Mark { clock, at: before, kind: MarkKind::Paused(stage) });
            let during = read.during.map(|_| CHANGED);
            marks.extend(during.map(|kind| Mark { clock, at: before, kind }));
        }
        marks
    }

    fn read_marks(&self, case: &Case, clock: &Clock, hints: &Hints) -> Marks {
        let id = clock.id.deadline;
        let mut read = Marks::default();
        for mark in case.marks.iter().filter(|it| it.clock == clock.id) {
            match mark.kind {
                MarkKind::Paused(stage) => read.inside = Some((stage, mark.at)),
                MarkKind::Resumed => {
                    if let Some((stage, from)) = read.inside.take() {
                        let long = self.anchor.now.ms_since(from) >= LONG_MS;
                        let used = long || hints.used_up == Some((id, stage));
                        *read.pauses.entry(stage).or_default() |= used;
                    }
                    read.rest.extend(read.during.take().map(|it| (it, mark.at)));
                }
                MarkKind::Extended(place, until) => {
                    let kind = MarkKind::Extended(place, until.map(|_| self.some_date()));
                    let made = read.rest.iter().filter(|it| it.0 == kind).count();
                    if !self.is_any_times(id, place) || made < 2 {
                        read.rest.push((kind, mark.at));
                    }
                }
                kind @ MarkKind::Recounted(_) if read.inside.is_some() => read.during = Some(kind),
                kind @ MarkKind::Recounted(_) => read.rest.push((kind, mark.at)),
            }
        }
        read
    }

    fn is_limited(&self, id: DeadlineId, stage: StageId) -> bool {
        let stage = self.machine.protocol.stages.get(stage.index());
        let pauses = stage.map_or(&[][..], |it| &it.pauses);
        pauses.iter().any(|it| it.deadline == id && it.limit.is_some())
    }
}

/// A change, whatever term it was to: that is said by the clock itself.
const CHANGED: MarkKind = MarkKind::Recounted(0);

/// Keeps of all changes of a term the last: a clock counts from that one, and what was added before
/// counts from the begin, whichever changes came between.
fn only_last_change(marks: &mut Vec<(MarkKind, Instant)>) {
    let is_change = |it: &(MarkKind, Instant)| matches!(it.0, MarkKind::Recounted(_));
    let Some(last) = marks.iter().rposition(is_change) else { return };
    marks[last].0 = CHANGED;
    let mut at = 0;
    marks.retain(|it| {
        at += 1;
        !is_change(it) || at == last + 1
    });
}

/// An instant so long before that every limit of a pause is used up by now.
pub(super) fn long_before(at: Instant) -> Instant {
    at.minus_ms(LONG_MS).unwrap_or(at)
}
