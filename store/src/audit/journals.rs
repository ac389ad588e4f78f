//! The journals: each page follows from the one before it and from its decisions.

use crate::audit::run::Run;
use crate::audit::{Head, OfTenant, Where};
use crate::cases::{Failure, Hash, OnPage, Page, Tenant, Writer};
use crate::chain;
use std::collections::{BTreeMap, BTreeSet};

/// How many pages are read at once.
const PAGES: u32 = 64;

/// Walks the journals of a tenant; what they hold.
pub(super) fn walk(
    run: &mut Run<'_>,
    (tenant, name): (Tenant, &str),
    anchored: &BTreeMap<Writer, BTreeMap<u64, Hash>>,
) -> Result<OfTenant, Failure> {
    let mut held = OfTenant { name: name.to_owned(), ..OfTenant::default() };
    let known = run.place.writers(tenant)?;
    let writers: BTreeSet<Writer> = known.into_iter().chain(anchored.keys().copied()).collect();
    for writer in writers {
        let none = BTreeMap::new();
        let anchored = anchored.get(&writer).unwrap_or(&none);
        let mut journal = Journal {
            writer,
            last: 0,
            hash: chain::journal(name, writer),
            anchored,
            is_broken: false,
            good: 0,
        };
        loop {
            let pages = run.place.journal(tenant, writer, journal.last, PAGES)?;
            if pages.is_empty() {
                break;
            }
            for (page, decided) in &pages {
                journal.turn(run, page, decided);
                held.n_decisions = held.n_decisions.saturating_add(count(decided.len()));
                let begun = decided.iter().filter(|it| it.version == 1).count();
                held.n_streams = held.n_streams.saturating_add(count(begun));
            }
            run.tell(super::run::Step::Pages(count(pages.len())));
        }
        journal.end(run);
        if journal.last > 0 {
            held.journals.push(Head { writer, pages: journal.last, hash: journal.hash });
        }
    }
    Ok(held)
}

/// A journal, as far as it was read.
struct Journal<'a> {
    writer: Writer,
    /// The number of the last page, and its hash as it is kept.
    last: u64,
    hash: Hash,
    /// The hashes that anchors know, by page.
    anchored: &'a BTreeMap<u64, Hash>,
    /// Whether a page before was not what was written, so that it says nothing of later ones.
    is_broken: bool,
    /// The last page that is what an anchor says.
    good: u64,
}

impl Journal<'_> {
    fn at(&self, page: u64) -> Where {
        Where::Journal { writer: self.writer, page: Some(page) }
    }

    fn turn(&mut self, run: &mut Run<'_>, page: &Page, decided: &[OnPage]) {
        let wanted = self.last.saturating_add(1);
        let is_next = page.sequence == wanted;
        if !is_next {
            let end = page.sequence.saturating_sub(1);
            let what = if end == wanted {
                "is missing".to_owned()
            } else {
                format!("and all after it up to page {end} are missing")
            };
            run.find(self.at(wanted), what);
        }
        self.places(run, page, decided);
        let hashes: Vec<Hash> = decided.iter().map(|it| it.hash).collect();
        let hash = chain::page(self.hash, page.sequence, page.at, &hashes);
        // After a gap nothing is known of what came before.
        if is_next && hash != page.hash {
            let what = "is not what was written: itself, the page before it, or a decision on it is \
                        another one, missing or too many";
            run.find(self.at(page.sequence), what);
        }
        self.anchor(run, page);
        (self.last, self.hash) = (page.sequence, page.hash);
    }

    /// Decisions stand on a page without gaps.
    fn places(&self, run: &mut Run<'_>, page: &Page, decided: &[OnPage]) {
        for (wanted, on) in (0u32..).zip(decided) {
            if on.place != wanted {
                let what = format!(
                    "has no decision at its place {}: which case it was of is not known",
                    wanted.saturating_add(1)
                );
                run.find(self.at(page.sequence), what);
                return;
            }
        }
    }

    fn anchor(&mut self, run: &mut Run<'_>, page: &Page) {
        match self.anchored.get(&page.sequence) {
            Some(hash) if *hash == page.hash => self.good = page.sequence,
            Some(_) if !self.is_broken => {
                self.is_broken = true;
                let first = self.good.saturating_add(1);
                let what = format!(
                    "is another one than the anchor says: something on pages {first} to {} was \
                     changed and hashed anew",
                    page.sequence
                );
                run.find(self.at(page.sequence), what);
            }
            _ => {}
        }
    }

    fn end(&self, run: &mut Run<'_>) {
        let Some((head, _)) = self.anchored.last_key_value() else { return };
        if *head <= self.last {
            return;
        }
        let what = match self.last {
            0 => format!("is gone as a whole: the anchor says that it had {head} pages"),
            last => {
                format!("is cut off after page {last}: the anchor says that it had {head} pages")
            }
        };
        run.find(Where::Journal { writer: self.writer, page: None }, what);
    }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
