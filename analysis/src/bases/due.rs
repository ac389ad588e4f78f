//! When something that is counted is due: at one instant, or, where somebody has put it off to a
//! date, at any of several.

use engine::machine::Machine;
use engine::model::{Deadline, DeadlineId, Lengthen};
use engine::runtime::{Counts, end_for};
use engine::time::{Instant, NaiveDate, Start, TimeError, Zone};

use crate::bases::Counting;

/// The instants at which something may be due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    /// None is earlier.
    pub(super) earliest: Instant,
    /// None is later; `None` where nothing says.
    pub(super) latest: Option<Instant>,
}

impl Due {
    const fn at(at: Instant) -> Self {
        Self { earliest: at, latest: Some(at) }
    }

    /// The instant at which it is due, where there is but one.
    pub(super) fn only(self) -> Option<Instant> {
        self.latest.filter(|latest| *latest == self.earliest)
    }

    fn or(self, other: Self) -> Self {
        let latest = self.latest.zip(other.latest).map(|(one, other)| one.max(other));
        Self { earliest: self.earliest.min(other.earliest), latest }
    }
}

/// The dates to which a clock may have been put off, both inclusive.
#[derive(Clone, Copy)]
struct Dates {
    first: NaiveDate,
    last: Option<NaiveDate>,
}

impl Dates {
    /// Those whose ends may lie between two instants. The end of a date may lie on the next.
    fn between(zone: &Zone, due: Due) -> Self {
        let first = zone.civil(due.earliest).date();
        let last = due.latest.map(|it| zone.civil(it).date());
        Self { first: first.pred_opt().unwrap_or(first), last }
    }
}

impl Counting {
    /// When it would be due, by the engine's own counting.
    pub(super) fn due(&self, machine: &Machine, start: Start) -> Result<Option<Due>, TimeError> {
        let counts = match self {
            Self::Clock { deadline, extensions, .. } if self.is_put_off(machine) => {
                return put_off(machine, *deadline, extensions, start);
            }
            Self::Clock { deadline, alternative, extensions } => {
                Counts::Deadline { deadline: *deadline, alternative: *alternative, extensions }
            }
            Self::Changed { deadline, extensions } => {
                Counts::Changed { deadline: *deadline, extensions }
            }
            Self::Timer { stage, place } => Counts::Timer { stage: *stage, place: *place },
            Self::Promise(id) => Counts::Guarantee(*id),
            Self::Limit { deadline, stage } => Counts::Limit { deadline: *deadline, stage: *stage },
            Self::Free => return Ok(None),
        };
        Ok(end_for(machine, counts, start)?.map(Due::at))
    }

    /// Whether an extension has put it off to a date.
    pub(super) fn is_put_off(&self, machine: &Machine) -> bool {
        self.extended(machine).any(is_until)
    }

    /// Whether it is due when a date ends to which an extension has put it off.
    pub(super) fn ends_a_date(&self, machine: &Machine) -> bool {
        self.extended(machine).last().is_some_and(is_until)
    }

    /// The extensions that were made.
    fn extended<'m>(&self, machine: &'m Machine) -> impl Iterator<Item = &'m Lengthen> {
        let (deadline, extensions) = match self {
            Self::Clock { deadline, extensions, .. } => {
                (machine.protocol.deadlines.get(deadline.index()), extensions.clone())
            }
            _ => (None, Vec::new()),
        };
        let declared = deadline.map_or(&[][..], |it| &it.extend);
        let made = extensions.into_iter().filter_map(|it| declared.get(usize::from(it)));
        made.map(|it| &it.lengthen)
    }
}

/// When a clock is due that was put off to a date: after the instant at which it would have been
/// due, and no later than the extension allows. Which term applied then is not known, for a date
/// stays when the term changes. Where a change had put its end into the past, it was due at that
/// change: no later than by the term before.
fn put_off(
    machine: &Machine,
    id: DeadlineId,
    extensions: &[u16],
    start: Start,
) -> Result<Option<Due>, TimeError> {
    let Some(deadline) = machine.protocol.deadlines.get(id.index()) else { return Ok(None) };
    let until =
        |it: &u16| deadline.extend.get(usize::from(*it)).is_some_and(|it| is_until(&it.lengthen));
    let first = extensions.iter().position(until).unwrap_or(0);
    let (before, rest) = extensions.split_at(first);
    let Some((date, rest)) = rest.split_first() else { return Ok(None) };
    let with: Vec<u16> = before.iter().copied().chain([*date]).collect();
    let mut due: Option<Due> = None;
    for (alternative, _) in (0u16..).zip(&deadline.alternatives) {
        let of = |extensions: &[u16]| {
            end_for(machine, Counts::Deadline { deadline: id, alternative, extensions }, start)
        };
        let Some(old) = of(before)? else { return Ok(None) };
        let of_term = later(old, most(deadline, *date, || of(&with))?);
        due = Some(due.map_or(of_term, |it| it.or(of_term)));
    }
    let Some(due) = due else { return Ok(None) };
    put_off_again(machine, id, due, rest, start)
}

/// When a clock is due that was put off to a date between two instants and lengthened since.
fn put_off_again(
    machine: &Machine,
    id: DeadlineId,
    due: Due,
    extensions: &[u16],
    start: Start,
) -> Result<Option<Due>, TimeError> {
    let Some(deadline) = machine.protocol.deadlines.get(id.index()) else { return Ok(None) };
    let zone = &machine.protocol.zone;
    let mut due = due;
    let mut dates = Dates::between(zone, due);
    let mut since: Vec<u16> = Vec::new();
    for place in extensions {
        let of = |to: NaiveDate, extensions: &[u16]| {
            end_for(machine, Counts::PutOff { deadline: id, to, extensions }, start)
        };
        let of_last = |extensions: &[u16]| match dates.last {
            Some(last) => of(last, extensions),
            None => Ok(None),
        };
        let Some(old) = of(dates.first, &since)? else { return Ok(None) };
        since.push(*place);
        let extension = deadline.extend.get(usize::from(*place));
        if extension.is_some_and(|it| is_until(&it.lengthen)) {
            due = later(old, most(deadline, *place, || of_last(&since))?);
            dates = Dates::between(zone, due);
            since.clear();
        } else {
            let Some(earliest) = of(dates.first, &since)? else { return Ok(None) };
            due = Due { earliest, latest: of_last(&since)? };
        }
    }
    Ok(Some(due))
}

const fn is_until(lengthen: &Lengthen) -> bool {
    matches!(lengthen, Lengthen::Until { .. })
}

/// The latest instant to which an extension to a date may put off, by what is counted where it
/// says how far; `None` where it does not.
fn most(
    deadline: &Deadline,
    place: u16,
    counted: impl FnOnce() -> Result<Option<Instant>, TimeError>,
) -> Result<Option<Instant>, TimeError> {
    match deadline.extend.get(usize::from(place)).map(|it| &it.lengthen) {
        Some(Lengthen::Until { up_to: Some(_), .. }) => counted(),
        _ => Ok(None),
    }
}

/// Due at any instant after one, up to another.
fn later(than: Instant, latest: Option<Instant>) -> Due {
    let earliest = than.plus_ms(1).unwrap_or(than);
    Due { earliest, latest: latest.map(|it| it.max(earliest)) }
}
