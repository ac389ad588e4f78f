//! Which guarantees are watched on which points.

use crate::machine::PointIndex;
use crate::model::{GuaranteeId, Point, Promise, Protocol};

/// What a point is to a guarantee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It discharges it: `unless`.
    Discharges,
    /// It keeps it: `expect`, `before`.
    Keeps,
    /// It must not happen: `never`.
    Breaks,
    /// It begins it: `from`.
    Begins,
}

/// A guarantee that a point concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Watched {
    /// Which.
    pub guarantee: GuaranteeId,
    /// What the point is to it.
    pub part: Part,
}

/// The guarantees that are watched, by the number of the point; an empty list where a protocol has
/// none. What is not broken by any one course is not watched: it is proved or refuted only.
pub(crate) fn watched(protocol: &Protocol) -> Vec<Box<[Watched]>> {
    if protocol.guarantees.is_empty() {
        return Vec::new();
    }
    let points = PointIndex::new(protocol);
    let mut lists: Vec<Vec<Watched>> = vec![Vec::new(); points.len()];
    for (at, guarantee) in protocol.guarantees.iter().enumerate() {
        let mut add = |all: &[Point], part: Part| {
            for point in all {
                let watched = Watched { guarantee: GuaranteeId::at(at), part };
                if let Some(list) = lists.get_mut(points.of(*point))
                    && !list.contains(&watched)
                {
                    list.push(watched);
                }
            }
        };
        match &guarantee.promise {
            Promise::Within { from, expect, .. } => {
                add(expect, Part::Keeps);
                add(from, Part::Begins);
            }
            Promise::Before { never, before } => {
                add(before, Part::Keeps);
                add(never, Part::Breaks);
            }
            Promise::TooSoon { never, from, .. } => {
                add(never, Part::Breaks);
                add(from, Part::Begins);
            }
            Promise::While { never, .. } | Promise::AtMost { never, .. } => {
                add(never, Part::Breaks);
            }
            Promise::Possible { .. } | Promise::Reachable { .. } => continue,
        }
        add(&guarantee.unless, Part::Discharges);
    }
    lists.into_iter().map(Vec::into_boxed_slice).collect()
}
