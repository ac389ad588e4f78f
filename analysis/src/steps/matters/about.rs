//! What is asked about, and how closely is looked.

use engine::machine::Machine;
use engine::model::{DeadlineId, Point, Promise};
use engine::script::Expr;

/// What is asked about: where it all begins.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The points that are asked about.
    pub points: Vec<Point>,
    /// The conditions that are asked about.
    pub conditions: Vec<Expr>,
    /// The deadlines that are asked about.
    pub deadlines: Vec<DeadlineId>,
    /// The guarantee that is watched.
    pub guarantee: Option<engine::model::GuaranteeId>,
    /// How closely is looked.
    pub grain: Grain,
}

/// How closely a case is looked at. What is looked at less closely can do more, never less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// How long anything takes is left out: whatever runs may be over at any instant. What is
    /// asked must say nothing of time. And seriousness is any that the rules can give, whenever
    /// something happens.
    Order,
    /// How long those deadlines and timed transitions take counts that do what must happen in
    /// time, or not so soon; seriousness is any.
    Near,
    /// How long everything takes counts, and seriousness is any.
    Rough,
    /// Everything counts.
    #[default]
    Exact,
}

impl Grain {
    /// All of them, from the roughest.
    pub const ALL: [Self; 4] = [Self::Order, Self::Near, Self::Rough, Self::Exact];

    /// Whether it counts how long something takes.
    #[must_use]
    pub const fn has_terms(self) -> bool {
        !matches!(self, Self::Order)
    }

    /// Whether seriousness follows from what is known of the case.
    #[must_use]
    pub const fn judges(self) -> bool {
        matches!(self, Self::Exact)
    }
}

impl About {
    /// The same, looked at so closely.
    #[must_use]
    pub fn at(self, grain: Grain) -> Self {
        Self { grain, ..self }
    }

    /// A guarantee.
    #[must_use]
    pub fn guarantee(machine: &Machine, id: engine::model::GuaranteeId) -> Self {
        let Some(guarantee) = machine.protocol.guarantees.get(id.index()) else {
            return Self::default();
        };
        let mut about = Self {
            points: guarantee.unless.clone(),
            deadlines: guarantee.assume.clone(),
            guarantee: Some(id),
            grain: match guarantee.promise {
                Promise::Possible { .. } | Promise::Reachable { .. } => Grain::Order,
                _ => Grain::Exact,
            },
            ..Self::default()
        };
        match &guarantee.promise {
            Promise::Within { from, expect, .. } => {
                about.points.extend(from.iter().chain(expect));
            }
            Promise::Before { never, before } => about.points.extend(never.iter().chain(before)),
            Promise::While { never, holds } => {
                about.points.extend(never);
                about.conditions.push(holds.clone());
            }
            Promise::TooSoon { never, from, .. } => about.points.extend(never.iter().chain(from)),
            Promise::AtMost { never, .. } => about.points.extend(never),
            Promise::Possible { event, holds } => {
                about.points.push(Point::Event(*event));
                about.conditions.extend(holds.clone());
            }
            Promise::Reachable { points } => about.points.extend(points),
        }
        about
    }

    /// Everything.
    #[must_use]
    pub fn everything(machine: &Machine) -> Self {
        let deadlines = (0..machine.protocol.deadlines.len()).map(DeadlineId::at).collect();
        Self { deadlines, ..Self::default() }
    }
}
