//! Where in time the instants lie of which only this or that is known.

use engine::time::Instant;

use crate::bases::{Base, BaseId, Place};

/// Stretches of instants, both ends inclusive, sorted and disjoint.
pub(super) type Stretches = Vec<(Instant, Instant)>;

/// The first and the last instant of a place between two marks, for all that lie next to each other.
pub(super) type Between = Vec<Option<(Instant, Instant)>>;

/// A base with the days of its marks.
#[derive(Clone, Debug)]
pub(super) struct Days {
    pub(super) base: Base,
    /// For each mark the first instant of its day that is after the mark before it.
    pub(super) dawns: Vec<Instant>,
}

/// The instants between two that lie in a place.
pub(super) fn stretches(days: &[Days], place: Place, from: Instant, until: Instant) -> Stretches {
    let of = |base: BaseId| days.get(base.index());
    let before = |days: &Days| -> Stretches {
        let marks = days.base.marks().iter();
        days.dawns.iter().copied().zip(marks.copied()).filter(|(dawn, mark)| dawn <= mark).collect()
    };
    let all = match place {
        Place::Any => vec![(from, until)],
        Place::Mark(base) => of(base)
            .map_or_else(Vec::new, |it| it.base.marks().iter().map(|at| (*at, *at)).collect()),
        Place::Before(base) => of(base).map_or_else(Vec::new, before),
        Place::After(base) => of(base).map_or_else(Vec::new, |it| gaps(&before(it), from, until)),
    };
    let held = all.into_iter().map(|(first, last)| (first.max(from), last.min(until)));
    held.filter(|(first, last)| first <= last).collect()
}

/// What lies between stretches.
fn gaps(stretches: &[(Instant, Instant)], from: Instant, until: Instant) -> Stretches {
    let mut gaps = Vec::with_capacity(stretches.len() + 1);
    let mut next = from;
    for (first, last) in stretches {
        if let Some(end) = first.minus_ms(1).filter(|end| *end >= next) {
            gaps.push((next, end));
        }
        next = next.max(last.plus_ms(1).unwrap_or(Instant::MAX));
    }
    if next <= until {
        gaps.push((next, until));
    }
    gaps
}

/// Of each stretch between two marks of a base the first and the last instant in a place: from
/// just after the mark before to the mark itself; `None` where none of it is in the place.
pub(super) fn between_marks(
    marks: &[Instant],
    stretches: &[(Instant, Instant)],
    from: Instant,
    until: Instant,
) -> Between {
    let after = |mark: &Instant| mark.plus_ms(1).unwrap_or(Instant::MAX);
    let firsts = std::iter::once(from).chain(marks.iter().map(after));
    let lasts = marks.iter().copied().chain(std::iter::once(until));
    let mut at = 0;
    firsts
        .zip(lasts)
        .map(|(first, last)| {
            while stretches.get(at).is_some_and(|(_, end)| *end < first) {
                at += 1;
            }
            let begun = stretches.get(at..).unwrap_or_default();
            let here = begun.iter().take_while(|(start, _)| *start <= last);
            let (mut least, mut most): (Option<Instant>, Option<Instant>) = (None, None);
            for (start, end) in here {
                least = least.or(Some(first.max(*start)));
                most = Some(last.min(*end));
            }
            least.zip(most).filter(|(least, most)| least <= most)
        })
        .collect()
}
