//! What a course is to show, and whether the facts of one show it.

use engine::machine::Machine;
use engine::model::{DeadlineId, Guarantee, GuaranteeId, Point, Promise};
use engine::runtime::{Case, Fact, FactKind, PromiseState};
use engine::time::{Instant, Zone};

/// What a course is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A guarantee is broken.
    Broken(GuaranteeId),
    /// A guarantee is kept, or broken, as late as can be: of all courses that with the most
    /// calendar days since it began.
    Latest(GuaranteeId),
    /// A point happens.
    Reached(Point),
    /// A deadline is missed, or a window runs out unused.
    Breached(DeadlineId),
    /// A deadline is met in time, or a window is used.
    Met(DeadlineId),
    /// A clock of a deadline runs out, and the warning at this place was never given of it.
    Unwarned(DeadlineId, u16),
    /// Every step is possible where it stands.
    Taken,
}

/// Which instants and dates are tried first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    /// The next ones.
    Soon,
    /// The last ones.
    Late,
}

/// What was found in the facts of a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// When it happened.
    pub at: Instant,
    /// How many calendar days after what it counts from; `None` where it counts from nothing.
    pub days: Option<u32>,
}

impl Goal {
    /// What is tried first: later is better where what is looked for comes of nobody doing anything
    /// in time.
    pub(super) fn first(self, machine: &Machine) -> First {
        match self {
            Self::Broken(_) => match self.guarantee(machine).map(|it| &it.promise) {
                Some(Promise::Within { .. }) => First::Late,
                _ => First::Soon,
            },
            Self::Latest(_) | Self::Breached(_) => First::Late,
            Self::Reached(_) | Self::Met(_) | Self::Unwarned(..) | Self::Taken => First::Soon,
        }
    }

    /// Whether every course has to be looked at for the best of them.
    pub(super) const fn is_a_most(self) -> bool {
        matches!(self, Self::Latest(_))
    }

    /// Whether time alone may still bring it about, or bring about more of it.
    pub(super) fn is_left(self, case: &Case) -> bool {
        let Self::Latest(id) = self else { return true };
        case.promise(id).is_none_or(|it| it.state == PromiseState::Open)
    }

    /// The deadlines that are taken to be met in time.
    pub(super) fn assumed(self, machine: &Machine) -> &[DeadlineId] {
        self.guarantee(machine).map_or(&[], |it| &it.assume)
    }

    fn guarantee(self, machine: &Machine) -> Option<&Guarantee> {
        match self {
            Self::Broken(id) | Self::Latest(id) => machine.protocol.guarantees.get(id.index()),
            _ => None,
        }
    }

    /// What the facts of a course show of it.
    pub(super) fn found<'f>(
        self,
        machine: &Machine,
        facts: impl Iterator<Item = &'f Fact>,
    ) -> Option<Found> {
        let mut facts = facts;
        let mut first = |is: &dyn Fn(&FactKind) -> bool| {
            let fact = facts.find(|it| is(&it.kind))?;
            Some(Found { at: fact.at, days: None })
        };
        match self {
            Self::Broken(id) => {
                ends(machine, id, facts).find(|it| it.1 == End::Broken).map(|it| it.0)
            }
            // The first of several that are alike.
            Self::Latest(id) => ends(machine, id, facts)
                .map(|it| it.0)
                .filter(|it| it.days.is_some())
                .reduce(|best, it| if it.days > best.days { it } else { best }),
            Self::Reached(point) => first(&|it| it.makes(point)),
            Self::Breached(id) => first(&|it| ran_out(it) == Some(id)),
            Self::Met(id) => first(&|it| is_met_in_time(it, id)),
            Self::Unwarned(id, warning) => unwarned(facts, id, warning),
            Self::Taken => facts.last().map(|it| Found { at: it.at, days: None }),
        }
    }
}

/// How a guarantee came to an end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Kept,
    Broken,
}

/// Every end of a guarantee, with the calendar days since it began where it has a term.
fn ends<'f>(
    machine: &Machine,
    wanted: GuaranteeId,
    facts: impl Iterator<Item = &'f Fact>,
) -> impl Iterator<Item = (Found, End)> {
    let mut begun: Option<Instant> = None;
    facts.filter_map(move |fact| {
        let end = match fact.kind {
            FactKind::Promised { guarantee, start, due: Some(due) } if guarantee == wanted => {
                // What would have been over before anything was asked counts from when it was.
                begun = Some(if due > fact.at { start.at } else { fact.at });
                return None;
            }
            FactKind::Kept { guarantee } if guarantee == wanted => End::Kept,
            FactKind::Broken { guarantee } if guarantee == wanted => End::Broken,
            _ => return None,
        };
        let days = begun.take().and_then(|it| days(&machine.protocol.zone, it, fact.at));
        Some((Found { at: fact.at, days }, end))
    })
}

/// The calendar days from one instant to another: of the dates on which they lie.
fn days(zone: &Zone, from: Instant, to: Instant) -> Option<u32> {
    let (from, to) = (zone.civil(from).date(), zone.civil(to).date());
    u32::try_from(to.signed_duration_since(from).num_days()).ok()
}

/// The deadline that a fact says has run out.
pub(super) const fn ran_out(kind: &FactKind) -> Option<DeadlineId> {
    match kind {
        FactKind::Breached { clock } | FactKind::Lapsed { clock } => Some(clock.deadline),
        _ => None,
    }
}

const fn is_met_in_time(kind: &FactKind, id: DeadlineId) -> bool {
    matches!(kind, FactKind::Met { clock, late: false } if clock.deadline.0 == id.0)
}

/// When a clock of a deadline first runs out of which nobody was warned so.
fn unwarned<'f>(
    facts: impl Iterator<Item = &'f Fact>,
    id: DeadlineId,
    warning: u16,
) -> Option<Found> {
    let mut warned = Vec::new();
    for fact in facts {
        match fact.kind {
            FactKind::Warned { clock, warning: place, .. } if place == warning => {
                warned.push(clock);
            }
            FactKind::Breached { clock } | FactKind::Lapsed { clock }
                if clock.deadline == id && !warned.contains(&clock) =>
            {
                return Some(Found { at: fact.at, days: None });
            }
            _ => {}
        }
    }
    None
}
