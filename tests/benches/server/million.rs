//! A store with a million open cases, quickly.
//!
//! Some cases are opened by the keeper. Each is then written again and again, straight into the
//! place: with another id, another ticket and another person of as many letters, and with the
//! chain and the pages of the journal worked out for it. So every record is a true one, as the
//! keeper would have written it; it is not decided again, and no answer is kept.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use engine::time::Instant;
use store::cases::{
    Batch, Change, Decided, Duty, Hash, Kept as KeptStream, Page, Standing, StreamId, Tenant,
    Writer,
};
use store::chain::{self, Origin};

use crate::kept::Kept;

/// How many cases the keeper opens.
const OPENED: usize = 200;

/// How many cases are written in one transaction.
const BATCH: usize = 5_000;

/// What the persons of the cases are called, and how many digits follow.
const PERSON: &str = "person";

/// A case that the keeper opened.
struct Pattern {
    standing: Standing,
    body: Vec<u8>,
    duties: Vec<Duty>,
    /// Where the number of the person stands in the body.
    digits: std::ops::Range<usize>,
}

/// Writes so many cases and gives their ids.
pub(crate) fn build(kept: &Kept, n_cases: usize) -> Result<Vec<StreamId>> {
    let patterns = patterns(kept)?;
    let names = kept.place.protocol(kept.tenant, kept.loaded.hash)?.context("no protocol")?.names;
    let mut clones = Clones {
        names: chain::hash(&names),
        tenant: kept.tenant,
        writer: kept.place.take_writer()?,
        sequence: 0,
        page: Hash([0; 32]),
    };
    clones.page = chain::journal(server::route::TENANT, clones.writer);
    // Numbers that others take later are other ones.
    let first =
        kept.place.take_numbers(kept.tenant, "SB-2026-4294967295", u32::try_from(n_cases)?)?;
    ensure!(first > 0, "numbers begin at 1");
    let mut ids = Vec::with_capacity(n_cases);
    while ids.len() < n_cases {
        let begin = ids.len();
        let end = n_cases.min(begin + BATCH);
        let batch = clones.batch(&patterns, begin..end)?;
        kept.place.write(&batch)?;
        ids.extend(batch.changes.iter().map(|it| it.decided.stream));
    }
    for place in [0, n_cases / 2, n_cases - 1] {
        let id = *ids.get(place).context("no case")?;
        let look = kept.keeper.look(kept.tenant, id, store::keeper::Reading::Now);
        ensure!(matches!(look, Ok(Some(_))), "a case that was written is no true one: {look:?}");
    }
    Ok(ids)
}

fn patterns(kept: &Kept) -> Result<Vec<Pattern>> {
    let ids = kept.open(OPENED, PERSON)?;
    let parties: Vec<String> =
        kept.loaded.machine.protocol.roles.iter().map(|it| it.name.clone()).collect();
    let parties = [parties, vec!["complainant".to_owned(), "system".to_owned()]].concat();
    let mut owed: BTreeMap<StreamId, Vec<Duty>> = BTreeMap::new();
    for (standing, duty) in kept.place.worklist(kept.tenant, &parties, None, 100_000)?.duties {
        owed.entry(standing.stream).or_default().push(duty);
    }
    let streams = kept.place.load(kept.tenant, &ids)?;
    streams.into_iter().flatten().map(|it| pattern(it, &mut owed)).collect()
}

fn pattern(stream: KeptStream, owed: &mut BTreeMap<StreamId, Vec<Duty>>) -> Result<Pattern> {
    let KeptStream { standing, decided } = stream;
    ensure!(decided.len() == 1, "a case that was just opened has one decision");
    let body = decided.into_iter().next().context("no decision")?.body;
    let person = standing.complainant.clone().context("nobody complains")?;
    let all = body.windows(person.len()).enumerate();
    let mut found = all.filter(|(_, it)| *it == person.as_bytes()).map(|(at, _)| at);
    let (at, others) = (found.next().context("no person in the body")?, found.count());
    ensure!(others == 0, "a text is written once");
    let digits = at + PERSON.len() + 1..at + person.len();
    let duties = owed.remove(&standing.stream).context("nothing is owed")?;
    Ok(Pattern { standing, body, duties, digits })
}

struct Clones {
    names: Hash,
    tenant: Tenant,
    writer: Writer,
    sequence: u64,
    page: Hash,
}

impl Clones {
    fn batch(&mut self, patterns: &[Pattern], numbers: std::ops::Range<usize>) -> Result<Batch> {
        self.sequence += 1;
        let mut changes = Vec::with_capacity(numbers.len());
        for (place, number) in numbers.enumerate() {
            let pattern = patterns.get(number % patterns.len()).context("no pattern")?;
            changes.push(self.change(pattern, number, u32::try_from(place)?)?);
        }
        let hashes: Vec<Hash> = changes.iter().map(|it| it.decided.hash).collect();
        let at = changes.first().map_or(Instant::MIN, |it| it.standing.opened_at);
        self.page = chain::page(self.page, self.sequence, at, &hashes);
        let (writer, sequence, hash) = (self.writer, self.sequence, self.page);
        let page = Page { tenant: self.tenant, writer, sequence, at, hash };
        Ok(Batch { pages: vec![page], changes, ..Batch::default() })
    }

    fn change(&self, pattern: &Pattern, number: usize, place: u32) -> Result<Change> {
        let Pattern { standing, duties, digits, .. } = pattern;
        let mut body = pattern.body.clone();
        // The keeper's own persons have the first numbers.
        let written = format!("{:08}", number + OPENED);
        body.get_mut(digits.clone()).context("no digits")?.copy_from_slice(written.as_bytes());
        let stream = id(standing.opened_at, number)?;
        let ticket = format!("SB-2026-{:05}", number + OPENED + 1);
        let before = chain::genesis(&Origin {
            tenant: server::route::TENANT,
            stream,
            kind: standing.kind,
            stop: None,
            on: None,
            ticket: Some(&ticket),
            protocol: standing.protocol,
            names: self.names,
        });
        let hash = chain::link(before, 1, &body);
        let standing = Standing {
            stream,
            hash,
            ticket: Some(ticket),
            complainant: Some(format!("{PERSON}-{written}")),
            ..standing.clone()
        };
        let page = (self.writer, self.sequence);
        let decided = Decided { stream, version: 1, page, place, body, hash };
        let (sealed, messages) = (Vec::new(), Vec::new());
        let (tenant, duties) = (self.tenant, duties.clone());
        Ok(Change { tenant, decided, standing, duties, sealed, answer: None, messages })
    }
}

/// A UUID of version 7 of its own for each number, rising.
fn id(opened_at: Instant, number: usize) -> Result<StreamId> {
    // A day before: nobody gives out such an id now. Fifty are of one millisecond.
    let ms = u64::try_from(opened_at.ms())? - 86_400_000 + number as u64 / 50;
    let mut bytes = [0; 16];
    let (head, tail) = bytes.split_at_mut(6);
    head.copy_from_slice(ms.to_be_bytes().get(2..).context("six bytes")?);
    let mixed = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
    let part = u8::try_from(number % 50)?;
    tail.copy_from_slice(&[
        0x70,
        part,
        0x80 | (mixed[0] & 0x3f),
        mixed[1],
        mixed[2],
        mixed[3],
        mixed[4],
        mixed[5],
        mixed[6],
        mixed[7],
    ]);
    Ok(StreamId(bytes))
}
