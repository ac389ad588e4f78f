//! How long one thing takes from wherever it may begin, so that what begins together with others
//! need not be counted anew for each company.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::bases::all::once;
use crate::bases::begin::ends;
use crate::bases::{BaseId, Bases, Counting, Length, When};

/// What something takes that begins in each piece.
#[derive(Debug)]
pub(super) struct Takes {
    /// The base in which it counts.
    pub(super) own: Option<BaseId>,
    /// For each piece which of the lengths it is: begun at an instant, and on a date.
    each: Vec<[u32; 2]>,
    /// Each length once.
    lengths: Vec<Length>,
}

impl Takes {
    /// Which of the lengths it is in a piece.
    pub(super) fn place(&self, piece: usize, on_date: bool) -> u32 {
        self.each[piece][usize::from(on_date)]
    }

    /// The length of this number.
    pub(super) fn length(&self, place: u32, when: When) -> Length {
        Length { when, ..self.lengths[place as usize] }
    }
}

impl Bases<'_> {
    /// What something takes, by piece.
    pub(super) fn takes(&self, counting: &Counting, when: When) -> Arc<Takes> {
        let receipt = when == When::Reported;
        let asked = (counting.clone(), receipt, self.endless);
        once(&self.takes, &asked, || {
            let dues = self.dues(counting, when);
            let (own, dates) = (self.own(counting), self.dates(counting));
            let mut known: BTreeMap<Length, u32> = BTreeMap::new();
            let mut lengths = Vec::new();
            let mut last: Option<(Length, u32)> = None;
            let mut place = |length: Length| {
                if let Some((_, place)) = last.filter(|it| it.0 == length) {
                    return place;
                }
                let place = *known.entry(length).or_insert_with(|| {
                    lengths.push(length);
                    u32::try_from(lengths.len() - 1).unwrap_or(u32::MAX)
                });
                last = Some((length, place));
                place
            };
            let each = self.pieces.iter().zip(&*dues).map(|(piece, due)| {
                let of =
                    |on_date| self.length(piece, ends(due, on_date), When::Reported, (own, dates));
                let at_once = place(of(false));
                [at_once, if receipt { place(of(true)) } else { at_once }]
            });
            let each = each.collect();
            Arc::new(Takes { own, each, lengths })
        })
    }
}
