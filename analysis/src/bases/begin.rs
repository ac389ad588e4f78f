//! How long what begins together takes.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use engine::time::Start;

use crate::bases::all::once;
use crate::bases::counting::Due;
use crate::bases::starts::{Common, Dues, Piece};
use crate::bases::takes::Takes;
use crate::bases::{BASES_MAX, BaseId, BaseSet, Bases, Counting, Length, Place, Unit, When};
use crate::zone::UNBOUNDED;

/// What was asked: what begins, when, and of a clock that is counted again what it was before.
pub(super) type Asked = (Vec<Counting>, When, Option<(Counting, Length)>);

/// What the lengths are told apart by: what each takes in its own base.
type Key = Vec<(i32, i32)>;

impl Bases<'_> {
    /// What may be the lengths of things that begin in one decision: each possibility once, with a
    /// length for each of them in order. There is always one; that of nothing is empty.
    ///
    /// Everything that begins together is received alike: at an instant, or on a date of which no
    /// more is known.
    #[must_use]
    pub fn begin(&self, together: &[Counting], when: When) -> Arc<[Vec<Length>]> {
        let asked = (together.to_vec(), when, None);
        once(&self.asked, &asked, || {
            let found = self.classes(together, when, |_, _| true);
            // Nothing that is looked at begins so: nothing is known of it.
            let unknown = || vec![vec![Length::free(when); together.len()]];
            if found.is_empty() { unknown().into() } else { found.into() }
        })
    }

    /// What may be the lengths of a clock that runs and counts otherwise from now on, because it
    /// was lengthened or another term applies.
    #[must_use]
    pub fn again(&self, was: (&Counting, &Length), now: &Counting) -> Arc<[Vec<Length>]> {
        let (before, length) = was;
        let asked = (vec![now.clone()], length.when, Some((before.clone(), *length)));
        once(&self.asked, &asked, || self.counted_again(before, length, now).into())
    }

    fn counted_again(
        &self,
        before: &Counting,
        length: &Length,
        now: &Counting,
    ) -> Vec<Vec<Length>> {
        if length.stood {
            return vec![vec![self.stood_again(length, now)]];
        }
        let dues = self.dues(before, length.when);
        let fits = |piece: &Piece, place: usize| {
            let Some(own) = length.own else { return piece.is_in(length.place) };
            let (least, most) = length.span(own);
            let options = self.options(piece, &dues[place], length.when, own);
            let alike =
                options.iter().any(|it| it.is_some_and(|(low, high)| low <= most && high >= least));
            piece.is_in(length.place) && alike
        };
        let found = self.classes(std::slice::from_ref(now), length.when, fits);
        if found.is_empty() { vec![vec![Length::free(length.when)]] } else { found }
    }

    /// The possibilities over the pieces that fit.
    fn classes(
        &self,
        together: &[Counting],
        when: When,
        fits: impl Fn(&Piece, usize) -> bool,
    ) -> Vec<Vec<Length>> {
        let takes: Vec<Arc<Takes>> = together.iter().map(|it| self.takes(it, when)).collect();
        let owns: Vec<Option<BaseId>> = takes.iter().map(|it| it.own).collect();
        let dated = when == When::Reported;
        // First by which lengths they are, which is soon told.
        let mut alike: BTreeMap<Vec<u32>, Common> = BTreeMap::new();
        let mut places: Vec<u32> = Vec::with_capacity(takes.len());
        for (at, piece) in self.pieces.iter().enumerate() {
            if !is_at(piece, when) || !fits(piece, at) {
                continue;
            }
            let common = Common::of(piece);
            for on_date in [false, true].into_iter().filter(|it| dated || !it) {
                places.clear();
                places.extend(takes.iter().map(|it| it.place(at, on_date)));
                match alike.get_mut(places.as_slice()) {
                    Some(in_common) => *in_common = in_common.and(common),
                    None => {
                        alike.insert(places.clone(), common);
                    }
                }
            }
        }
        let mut classes: BTreeMap<Key, (Vec<Length>, Common)> = BTreeMap::new();
        for (places, common) in alike {
            let lengths = takes.iter().zip(&places).map(|(it, place)| it.length(*place, when));
            let lengths: Vec<Length> = lengths.collect();
            let key = lengths.iter().map(|it| it.own.map_or((-1, -1), |own| it.span(own)));
            match classes.entry(key.collect()) {
                Entry::Vacant(new) => {
                    new.insert((lengths, common));
                }
                Entry::Occupied(mut old) => {
                    let (old, in_common) = old.get_mut();
                    *in_common = in_common.and(common);
                    old.iter_mut().zip(lengths).for_each(|(it, more)| *it = it.or(more));
                }
            }
        }
        self.told_apart(classes, when, &owns)
    }

    /// No more possibilities than are told apart: the last of the things tell fewer.
    fn told_apart(
        &self,
        mut classes: BTreeMap<Key, (Vec<Length>, Common)>,
        when: When,
        owns: &[Option<BaseId>],
    ) -> Vec<Vec<Length>> {
        let mut by = owns.len();
        while classes.len() > self.classes_max && by > 0 {
            by -= 1;
            let mut fewer: BTreeMap<Key, (Vec<Length>, Common)> = BTreeMap::new();
            for (mut key, (lengths, common)) in classes {
                key.truncate(by);
                match fewer.get_mut(&key) {
                    None => {
                        fewer.insert(key, (lengths, common));
                    }
                    Some((old, in_common)) => {
                        *in_common = in_common.and(common);
                        old.iter_mut().zip(lengths).for_each(|(it, more)| *it = it.or(more));
                    }
                }
            }
            classes = fewer;
        }
        let worth = self.worth(owns);
        let each = classes.into_values().map(|(lengths, common)| {
            let place = match when {
                When::Acted(marks) if !marks.is_empty() => self.rarest(marks),
                _ => common.place(&worth),
            };
            lengths.into_iter().map(|it| Length { place, ..it }).collect()
        });
        each.collect()
    }

    /// The bases whose days tell something of a start, those of the things that begin first.
    fn worth(&self, owns: &[Option<BaseId>]) -> Vec<BaseId> {
        let mut all: Vec<BaseId> = owns.iter().copied().flatten().chain(self.each()).collect();
        let every = self.base(BaseId::MIDNIGHTS).marks().len();
        all.retain(|it| self.base(*it).has_marks() && self.base(*it).marks().len() < every);
        all
    }

    /// The place of the marks of all these bases: those of the base that has fewest.
    pub(crate) fn rarest(&self, marks: BaseSet) -> Place {
        let rarest = marks.each().filter(|it| it.index() < self.count());
        rarest.min_by_key(|it| self.base(*it).marks().len()).map_or(Place::Any, Place::Mark)
    }

    /// When something is due, by piece.
    pub(super) fn dues(&self, counting: &Counting, when: When) -> Arc<[Dues]> {
        let receipt = when == When::Reported;
        let stepped = counting.nature(self.machine).is_none_or(|it| it.is_stepped());
        once(&self.dues, &(counting.clone(), receipt), || {
            let mut dated: Option<(usize, Option<Due>)> = None;
            let due = |at, date_only| {
                let start = Start { at, date_only, receipt };
                // What cannot be counted is bounded by nothing.
                counting.due(self.machine, start).ok().flatten()
            };
            let each = self.pieces.iter().map(|piece| {
                let first = due(piece.from, false);
                let last =
                    if stepped || piece.from == piece.to { first } else { due(piece.to, false) };
                let on_date = match dated {
                    _ if !receipt => None,
                    Some((day, due)) if day == piece.day => due,
                    _ => due(piece.from, true),
                };
                dated = Some((piece.day, on_date));
                Dues { first, last, on_date }
            });
            each.collect()
        })
    }

    /// The base in which something is counted: of several the one in which it varies least.
    pub(super) fn own(&self, counting: &Counting) -> Option<BaseId> {
        if self.endless && matches!(counting, Counting::Promise(_)) {
            return None;
        }
        *once(&self.owns, counting, || Arc::new(self.steadiest(counting)))
    }

    fn steadiest(&self, counting: &Counting) -> Option<BaseId> {
        let nature = counting.nature(self.machine)?;
        let mut natives: Vec<BaseId> = nature.units().filter_map(|it| self.unit(it)).collect();
        natives.dedup();
        match natives.as_slice() {
            [] => Some(BaseId::MIDNIGHTS),
            [only] => Some(*only),
            several => several.iter().copied().min_by_key(|it| self.spread(counting, *it)),
        }
    }

    fn spread(&self, counting: &Counting, base: BaseId) -> i32 {
        let dues = self.dues(counting, When::Reported);
        let options = self.pieces.iter().zip(&*dues);
        let options =
            options.flat_map(|(piece, due)| self.options(piece, due, When::Reported, base));
        let (least, most) = options
            .flatten()
            .fold((UNBOUNDED, 0), |(low, high), it| (low.min(it.0), high.max(it.1)));
        most.saturating_sub(least)
    }

    /// The bases of which it is a mark when something is due that was put off to a date.
    pub(super) fn dates(&self, counting: &Counting) -> BaseSet {
        let Some(nature) = counting.nature(self.machine) else { return BaseSet::NONE };
        // After a window over midnight a date may end when another has.
        let ends_alone = !self.closes_over_midnight(nature.calendar);
        let unit = nature.dates().filter(|_| ends_alone && counting.ends_a_date(self.machine));
        let ends = unit.and_then(|it: Unit| self.unit(it));
        ends.map_or(BaseSet::NONE, |it| BaseSet::NONE.with(it))
    }

    /// What something takes in a base that begins in a piece: at an instant, and on a date.
    fn options(
        &self,
        piece: &Piece,
        due: &Dues,
        when: When,
        base: BaseId,
    ) -> [Option<(i32, i32)>; 2] {
        let of = |on_date| Some(self.span(piece, ends(due, on_date)?, base));
        [of(false), (when == When::Reported).then(|| of(true)).flatten()]
    }

    /// How long something takes that begins in a piece. Of what is put off to a date some bases
    /// are known to count the instant at which it is due.
    pub(super) fn length(
        &self,
        piece: &Piece,
        ends: Option<(Due, Due)>,
        when: When,
        (own, dates): (Option<BaseId>, BaseSet),
    ) -> Length {
        let free = Length::free(when);
        let (Some(_), Some((first, last))) = (own, ends) else { return free };
        let mut spans = [(0, UNBOUNDED); BASES_MAX];
        // What would have been due before it began is due when it begins.
        let only = first.only().filter(|it| first == last && *it >= piece.to);
        let mut marks = dates;
        for base in self.each() {
            spans[base.index()] = self.span(piece, (first, last), base);
            if only.is_some_and(|it| self.base(base).is_mark(it)) {
                marks = marks.with(base);
            }
        }
        Length { own, spans, ends: marks, ..free }
    }

    /// From the begin to the due instant in a base. In a piece the one grows, or falls, with the
    /// other, so that the ends of the piece tell the least and the most.
    fn span(&self, piece: &Piece, (first, last): (Due, Due), id: BaseId) -> (i32, i32) {
        let base = self.base(id);
        let reading = |due: Due| {
            let earliest = base.reading(due.earliest);
            let read = |it| if it == due.earliest { earliest } else { base.reading(it) };
            (earliest, due.latest.map(read))
        };
        let of_first = reading(first);
        let of_last = if last == first { of_first } else { reading(last) };
        let from_first = |read: i32| read.saturating_sub(piece.first[id.index()]);
        let from_last = |read: i32| read.saturating_sub(piece.last[id.index()]);
        let least = from_first(of_first.0).min(from_last(of_last.0));
        let is_known = last.latest.is_some_and(|it| it <= self.until);
        let most = match (of_first.1, of_last.1) {
            (Some(of_first), Some(of_last)) if is_known => {
                from_first(of_first).max(from_last(of_last))
            }
            _ => UNBOUNDED,
        };
        (least.max(0), most.max(0))
    }
}

/// When something is due that begins at the first instant of a piece, and at its last.
pub(super) fn ends(due: &Dues, on_date: bool) -> Option<(Due, Due)> {
    match on_date {
        true => due.on_date.map(|it| (it, it)),
        false => due.first.zip(due.last),
    }
}

fn is_at(piece: &Piece, when: When) -> bool {
    match when {
        When::Reported => true,
        When::Acted(marks) => marks.is_within(piece.marks),
    }
}
