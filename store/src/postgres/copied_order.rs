//! Pages in an order in which every decision comes after those before it in its stream.
//!
//! They come by what their writers' clocks said. Clocks differ, so a page waits until what its
//! decisions follow has come.

use crate::cases::{Cell, CopiedRow, Failure};
use std::collections::{BTreeMap, VecDeque};

/// How many rows may wait. Clocks that differ by an hour let wait what is written in an hour.
const WAIT_MAX: usize = 1_000_000;

/// Where a stream, of a tenant, stands.
type Versions = BTreeMap<(i64, Vec<u8>), i64>;

/// Pages that wait for others, in the order in which they came.
#[derive(Default)]
pub(super) struct Ordered {
    /// The rows of the page that is coming.
    page: Vec<CopiedRow>,
    waiting: VecDeque<Vec<CopiedRow>>,
    n_waiting: usize,
    versions: Versions,
}

impl Ordered {
    /// Takes a row of a journal, and passes on what waits for nothing.
    pub(super) fn add(
        &mut self,
        row: CopiedRow,
        take: &mut dyn FnMut(CopiedRow) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let is_same =
            self.page.first().is_none_or(|first| first.cells.get(..5) == row.cells.get(..5));
        if !is_same {
            self.turn(take)?;
        }
        self.page.push(row);
        Ok(())
    }

    /// Passes on the last page, and whatever waits: a store of which decisions are missing is copied
    /// as it is.
    pub(super) fn end(
        mut self,
        take: &mut dyn FnMut(CopiedRow) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.turn(take)?;
        self.waiting.into_iter().flatten().try_for_each(take)
    }

    fn turn(
        &mut self,
        take: &mut dyn FnMut(CopiedRow) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let page = std::mem::take(&mut self.page);
        if page.is_empty() {
            return Ok(());
        }
        if !is_free(&page, &self.versions) || self.waits_for_its_writer(&page) {
            self.n_waiting = self.n_waiting.saturating_add(page.len());
            if self.n_waiting > WAIT_MAX {
                let why = "the clocks of the writers differ by too much for a backup".to_owned();
                return Err(Failure::Unavailable(why));
            }
            self.waiting.push_back(page);
            return Ok(());
        }
        pass(page, &mut self.versions, take)?;
        // What it was that others waited for may have come.
        while let Some(at) = self.first_free() {
            let Some(page) = self.waiting.remove(at) else { break };
            self.n_waiting = self.n_waiting.saturating_sub(page.len());
            pass(page, &mut self.versions, take)?;
        }
        Ok(())
    }

    fn first_free(&self) -> Option<usize> {
        let mut held = Vec::new();
        self.waiting.iter().position(|page| {
            let own = journal(page);
            let is_first = !held.contains(&own);
            held.push(own);
            is_first && is_free(page, &self.versions)
        })
    }

    /// Whether a page before it in its journal waits: pages of one journal keep their order.
    fn waits_for_its_writer(&self, page: &[CopiedRow]) -> bool {
        let own = journal(page);
        self.waiting.iter().any(|it| journal(it) == own)
    }
}

/// The tenant and the writer of a page.
fn journal(page: &[CopiedRow]) -> Option<&[Cell]> {
    page.first().and_then(|it| it.cells.get(..2))
}

fn decision(row: &CopiedRow) -> Option<((i64, Vec<u8>), i64)> {
    match row.cells.as_slice() {
        [Cell::Int(tenant), _, _, _, _, _, Cell::Bytes(stream), Cell::Int(version), ..] => {
            Some(((*tenant, stream.clone()), *version))
        }
        _ => None,
    }
}

/// Whether every decision of a page follows one that was passed on, or one of the page.
fn is_free(page: &[CopiedRow], versions: &Versions) -> bool {
    let mut here = Versions::new();
    page.iter().filter_map(decision).all(|(stream, version)| {
        let last = here.get(&stream).or_else(|| versions.get(&stream)).copied().unwrap_or(0);
        here.insert(stream, version);
        version <= last.saturating_add(1)
    })
}

fn pass(
    page: Vec<CopiedRow>,
    versions: &mut Versions,
    take: &mut dyn FnMut(CopiedRow) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for row in page {
        if let Some((stream, version)) = decision(&row) {
            versions.insert(stream, version);
        }
        take(row)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(writer: i64, sequence: i64, place: i64, stream: u8, version: i64) -> CopiedRow {
        let int = Cell::Int;
        let head = [int(1), int(writer), int(sequence), int(0), Cell::Bytes(vec![])];
        let rest = [int(place), Cell::Bytes(vec![stream]), int(version), Cell::Null, Cell::Null];
        CopiedRow { table: 5, cells: head.into_iter().chain(rest).collect() }
    }

    #[track_caller]
    fn check(rows: &[(i64, i64, i64, u8, i64)], wanted: &[(u8, i64)]) {
        let (mut ordered, mut seen) = (Ordered::default(), Vec::new());
        let mut take = |row: CopiedRow| {
            seen.extend(decision(&row).map(|(stream, version)| (stream.1[0], version)));
            Ok(())
        };
        for (writer, sequence, place, stream, version) in rows {
            ordered.add(row(*writer, *sequence, *place, *stream, *version), &mut take).unwrap();
        }
        ordered.end(&mut take).unwrap();
        assert_eq!(seen, wanted);
    }

    #[test]
    fn what_is_in_order_stays_so() {
        check(&[(1, 1, 0, 7, 1), (1, 1, 1, 7, 2), (2, 1, 0, 7, 3)], &[(7, 1), (7, 2), (7, 3)]);
    }

    #[test]
    fn a_page_waits_for_what_it_follows() {
        // The clock of writer 2 is behind.
        let rows = [(2, 1, 0, 7, 2), (2, 2, 0, 8, 1), (1, 1, 0, 7, 1), (1, 2, 0, 7, 3)];
        check(&rows, &[(7, 1), (7, 2), (8, 1), (7, 3)]);
    }

    #[test]
    fn what_follows_nothing_comes_last() {
        check(&[(1, 1, 0, 7, 2), (1, 2, 0, 8, 1)], &[(7, 2), (8, 1)]);
    }
}
