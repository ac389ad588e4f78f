//! A guarantee read off a whole word.

use std::collections::BTreeSet;

use engine::model::{Guarantee, Point, Promise, StageId};
use engine::time::{Allowance, Instant, Unit};

use super::word::{Letter, Word};

/// What is to be recorded of a guarantee, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    Begun,
    Kept,
    Broken,
}

/// What a word says of a guarantee, in order. `while_in` is the stage that its condition names.
pub(super) fn said(
    guarantee: &Guarantee,
    word: &Word,
    while_in: Option<StageId>,
) -> Vec<(Instant, Said)> {
    let reading = Reading { word, unless: &guarantee.unless };
    let mut all = match &guarantee.promise {
        Promise::Within { from, within, expect } => reading.within(from, hours(within), expect),
        Promise::TooSoon { never, from, within } => reading.too_soon(never, from, hours(within)),
        Promise::Before { never, before } => reading.before(never, before),
        Promise::While { never, .. } => reading.only_while(never, while_in),
        Promise::AtMost { never, times } => reading.at_most(never, usize::from(*times)),
        Promise::Possible { .. } | Promise::Reachable { .. } => Vec::new(),
    };
    // Of what falls on one instant, what is reported comes before what the end of a term does.
    all.sort_by_key(|(at, by_term, _)| (*at, *by_term));
    all.into_iter().map(|(at, _, said)| (at, said)).collect()
}

/// A term of so many hours, in milliseconds.
fn hours(within: &Allowance) -> i64 {
    match within {
        Allowance::Term(term) if term.unit == Unit::Hours => i64::from(term.amount) * 3_600_000,
        other => panic!("only hours here: {other:?}"),
    }
}

/// An instant, whether the end of a term does it, and what is said.
type Line = (Instant, bool, Said);

struct Reading<'a> {
    word: &'a Word,
    unless: &'a [Point],
}

impl Reading<'_> {
    fn has(letter: &Letter, any: &[Point]) -> bool {
        any.iter().any(|it| letter.points.contains(it))
    }

    /// The first place from `at` on at which one of these happens.
    fn first(&self, at: usize, any: &[Point]) -> Option<usize> {
        (at..self.word.letters.len()).find(|it| Self::has(&self.word.letters[*it], any))
    }

    fn at(&self, place: usize) -> Instant {
        self.word.letters[place].at
    }

    /// Whether a term that ends then is over within the word. At its end it is not over yet.
    fn is_over(&self, due: Instant) -> bool {
        due < self.word.until
    }

    /// Every decision is looked at by itself: whether it ends what was promised last, and whether it
    /// begins another promise. Of one that begins it is asked at once whether its end comes in time.
    fn within(&self, from: &[Point], term: i64, expect: &[Point]) -> Vec<Line> {
        let mut all = Vec::new();
        let ends: Vec<Point> = expect.iter().chain(self.unless).copied().collect();
        // Where the last promise is answered or discharged, late or not, and when its term is over.
        let mut last: Option<(Option<usize>, Instant)> = None;
        for (place, letter) in self.word.letters.iter().enumerate() {
            let is_ended = last.is_some_and(|(end, _)| end == Some(place));
            if is_ended {
                all.push((letter.at, false, Said::Kept));
            }
            let is_open =
                last.is_some_and(|(end, due)| end.is_none_or(|it| it > place) && letter.at <= due);
            if is_open || Self::has(letter, self.unless) {
                continue;
            }
            let mut begins = from.iter().filter(|it| letter.points.contains(it)).peekable();
            if begins.peek().is_none() {
                continue;
            }
            let answers =
                |of: &Point| expect.iter().any(|it| it != of && letter.points.contains(it));
            if begins.all(answers) {
                let both = [Said::Begun, Said::Kept].map(|it| (letter.at, false, it));
                all.extend(both.into_iter().filter(|_| !is_ended));
                continue;
            }
            let due = Instant::from_ms(letter.at.ms() + term);
            let end = self.first(place + 1, &ends);
            all.push((letter.at, false, Said::Begun));
            if end.is_none_or(|it| self.at(it) > due) && self.is_over(due) {
                all.push((due, true, Said::Broken));
            }
            last = Some((end, due));
        }
        all
    }

    /// Each decision that rules something out is too soon if the last beginning before it is no
    /// longer ago than the term, and neither broken nor discharged since.
    fn too_soon(&self, never: &[Point], from: &[Point], term: i64) -> Vec<Line> {
        let mut all = Vec::new();
        let starts: Vec<usize> = (0..self.word.letters.len())
            .filter(|it| {
                let letter = &self.word.letters[*it];
                Self::has(letter, from) && !Self::has(letter, self.unless)
            })
            .collect();
        for (number, start) in starts.iter().enumerate() {
            all.push((self.at(*start), false, Said::Begun));
            let due = Instant::from_ms(self.at(*start).ms() + term);
            let next = starts.get(number + 1).copied();
            let is_in = |it: &usize| self.at(*it) <= due && next.is_none_or(|next| *it <= next);
            let broken = self.first(start + 1, never).filter(is_in);
            let discharged = self.first(start + 1, self.unless).filter(is_in);
            match (broken, discharged) {
                (broken, Some(discharged)) if broken.is_none_or(|it| discharged <= it) => {
                    all.push((self.at(discharged), false, Said::Kept));
                }
                (Some(broken), _) => all.push((self.at(broken), false, Said::Broken)),
                // Another beginning within the term takes its place.
                _ if next.is_some_and(|next| self.at(next) <= due) => {}
                _ if self.is_over(due) => all.push((due, true, Said::Kept)),
                _ => {}
            }
        }
        all
    }

    /// The first of all that settle it settles it.
    fn before(&self, never: &[Point], before: &[Point]) -> Vec<Line> {
        let kept: Vec<Point> = before.iter().chain(self.unless).copied().collect();
        match (self.first(0, &kept), self.first(0, never)) {
            (Some(kept), broken) if broken.is_none_or(|it| kept <= it) => {
                vec![(self.at(kept), false, Said::Kept)]
            }
            (_, Some(broken)) => vec![(self.at(broken), false, Said::Broken)],
            _ => Vec::new(),
        }
    }

    /// Each decision before the first discharge.
    fn only_while(&self, never: &[Point], stage: Option<StageId>) -> Vec<Line> {
        let end = self.first(0, self.unless);
        let places = 0..end.unwrap_or(self.word.letters.len());
        let broken = places.filter(|it| {
            let letter = &self.word.letters[*it];
            Self::has(letter, never) && stage == Some(letter.stage)
        });
        let mut all: Vec<Line> = broken.map(|it| (self.at(it), false, Said::Broken)).collect();
        all.extend(end.map(|it| (self.at(it), false, Said::Kept)));
        all
    }

    /// All of them, counted together, up to the first discharge.
    fn at_most(&self, never: &[Point], times: usize) -> Vec<Line> {
        let end = self.first(0, self.unless);
        let places = 0..end.unwrap_or(self.word.letters.len());
        let points: BTreeSet<Point> = never.iter().copied().collect();
        let happened = places.flat_map(|it| {
            let n = self.word.letters[it].points.intersection(&points).count();
            std::iter::repeat_n(self.at(it), n)
        });
        let happened: Vec<Instant> = happened.collect();
        let mut all: Vec<Line> =
            happened.iter().take(times).map(|it| (*it, false, Said::Begun)).collect();
        match (happened.get(times), end) {
            (Some(at), _) => all.push((*at, false, Said::Broken)),
            (None, Some(end)) => all.push((self.at(end), false, Said::Kept)),
            (None, None) => {}
        }
        all
    }
}
