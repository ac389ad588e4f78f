//! Every stop can be looked at again and appealed against.
//!
//! A stop goes through a machine of its own, which the engine decides as it does any case. All
//! that can become of it is looked at, wherever it stands: who reviews it may do so and end it, the
//! complainant may appeal while the window is open, and who hears the appeal may uphold it.

use std::collections::{BTreeSet, VecDeque};

use engine::machine::Machine;
use engine::model::{EventId, Point, StopClock, StopEvent, StopId, StopStage};

use crate::Taken;
use crate::prove::Options;
use crate::steps::{About, Grain, Item, Key, Origin, Step, Steps};
use crate::verdict::{Because, Impossible, Outcome, Proved, Undecided};

/// Whether a protocol has any.
pub(in crate::prove) fn has_stops(machine: &Machine) -> bool {
    !machine.protocol.stops.is_empty()
}

pub(super) fn answerable(machine: &Machine, options: &Options) -> (Outcome, usize) {
    let ids = (0..machine.protocol.stops.len()).map(StopId::at);
    let each = ids.filter_map(|id| Some((id, machine.stop(id)?)));
    let mut impossible = Vec::new();
    let mut because = Vec::new();
    let mut situations = 0;
    let mut stands = false;
    for (id, own) in each {
        let looked = looked_at(own, options);
        situations += looked.situations;
        stands |= looked.stands;
        if looked.is_cut_off {
            because.push(Because::Budget(looked.situations));
        } else if looked.is_faulty {
            because.push(Because::Condition(machine.protocol.stops[id.index()].rule));
        }
        let lacking = looked.lacking.into_iter().map(|it| match it {
            StopEvent::Appealed => Impossible::Appealed(id),
            StopEvent::AppealDecided => Impossible::Answered(id),
            _ => Impossible::Reviewed(id),
        });
        impossible.extend(lacking);
    }
    because.sort_unstable();
    let outcome = match (impossible.is_empty(), because.is_empty()) {
        (_, false) => Outcome::Undecided(Undecided { because, ..Undecided::default() }),
        (false, true) => Outcome::Impossible(impossible),
        (true, true) => Outcome::Proved(Proved { vacuous: !stands, ..Proved::default() }),
    };
    (outcome, situations)
}

/// What was found of one stop.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// What nobody can report somewhere where it should be possible.
    pub(super) lacking: BTreeSet<StopEvent>,
    /// Whether it can be imposed at all.
    pub(super) stands: bool,
    pub(super) situations: usize,
    pub(super) is_cut_off: bool,
    is_faulty: bool,
}

/// Looks at all that can become of a stop; `own` is its machine.
pub(super) fn looked_at(own: &Machine, options: &Options) -> Looked {
    let about = About {
        points: StopEvent::ALL.into_iter().map(|it| Point::Event(it.id())).collect(),
        deadlines: StopClock::ALL.into_iter().map(StopClock::id).collect(),
        ..About::default()
    };
    let mut steps = Steps::new(own, &about.at(Grain::Exact));
    let start = steps.start();
    let mut seen = BTreeSet::from([start.clone()]);
    let mut queue = VecDeque::from([start]);
    let mut looked = Looked::default();
    while let Some(key) = queue.pop_front() {
        let found = steps.successors(&key);
        if key.case().opened_at.is_some() && key.case().stage == StopStage::Standing.id() {
            looked.stands = true;
            looked.lacking.extend(lacking(&key, &found));
        }
        for step in found.iter() {
            // Each decision that imposes it opens the window anew.
            let imposes = is_of(step, StopEvent::Decided)
                && step.next.case().stage == StopStage::Standing.id();
            let window = step.next.place(Item::Clock(StopClock::Appeal.id()));
            let begins = window.and_then(|it| step.origins.get(it)) == Some(&Origin::Now);
            if imposes && !begins {
                looked.lacking.insert(StopEvent::Appealed);
            }
            if seen.insert(step.next.clone()) {
                queue.push_back(step.next.clone());
            }
        }
        if options.is_enough(seen.len()) {
            looked.is_cut_off = true;
            break;
        }
    }
    looked.is_faulty = !steps.faults().is_empty();
    looked.situations = seen.len();
    looked
}

/// What should be possible where a stop stands, and is not.
fn lacking(key: &Key, steps: &[Step]) -> Vec<StopEvent> {
    let open = |clock: StopClock| key.case().open(clock.id()).is_some();
    let ends = |event: StopEvent| {
        steps.iter().any(|it| {
            is_of(it, event) && it.next.case().stage == StopStage::Lifted.id() && is_sure(it)
        })
    };
    let is_taken = |event: StopEvent| steps.iter().any(|it| is_of(it, event) && is_sure(it));
    let runs = |clock: StopClock| key.place(Item::Clock(clock.id())).is_some();
    let mut lacking = Vec::new();
    if !open(StopClock::Review) || !ends(StopEvent::Reviewed) {
        lacking.push(StopEvent::Reviewed);
    }
    if runs(StopClock::Appeal) && !is_taken(StopEvent::Appealed) {
        lacking.push(StopEvent::Appealed);
    }
    if open(StopClock::Answer) && !ends(StopEvent::AppealDecided) {
        lacking.push(StopEvent::AppealDecided);
    }
    lacking
}

fn is_of(step: &Step, event: StopEvent) -> bool {
    let id: EventId = event.id();
    matches!(&step.taken, Taken::Event(it) if it.event == id)
}

fn is_sure(step: &Step) -> bool {
    step.opaque.is_empty() && step.learned.is_empty()
}
