//! The feed: what was recorded after a cursor.

use crate::cases::{Decided, Failure, Feed, FeedCursor, Tenant, Writer};
use crate::sqlite::file::{signed, unsigned};
use crate::sqlite::streams::read::{self, DECIDED};
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::LazyLock;

/// Reads on, in the order of committing: that is the order of the pages of each journal, and of
/// the versions of each stream, whoever wrote them.
pub(super) fn feed(
    connection: &Connection,
    tenant: Tenant,
    after: &FeedCursor,
    limit: u32,
) -> Result<Feed, Failure> {
    let mut pages = Vec::new();
    let mut writer = None;
    while let Some(next) = next_writer(connection, tenant, writer)? {
        let from = after.get(&next).copied();
        pages.append(&mut pages_of(connection, tenant, next, from, limit)?);
        writer = Some(next);
    }
    pages.sort_unstable_by_key(|page| page.first);
    let mut feed = Feed { decided: Vec::new(), cursor: after.clone() };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    for page in pages {
        if feed.decided.len() == limit {
            break;
        }
        let read = after.get(&page.writer).filter(|(sequence, _)| *sequence == page.sequence);
        let read = read.map_or(-1, |(_, place)| i64::from(*place));
        let rest = limit - feed.decided.len();
        for decided in decided_on(connection, tenant, &page, read, rest)? {
            feed.cursor.insert(page.writer, (page.sequence, decided.place));
            feed.decided.push(decided);
        }
    }
    Ok(feed)
}

/// A page with decisions on it, and the ids between which they lie.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    writer: Writer,
    sequence: u64,
    first: i64,
    last: i64,
}

pub(super) const WRITERS: &str =
    "SELECT writer FROM page WHERE tenant = ?1 AND writer > ?2 ORDER BY writer LIMIT 1";

pub(super) const PAGES: &str = "SELECT sequence, first_id, last_id FROM page \
    WHERE tenant = ?1 AND writer = ?2 AND sequence >= ?3 AND first_id IS NOT NULL \
    ORDER BY sequence LIMIT ?4";

/// The journals of a tenant one after the other, without a look at each page.
fn next_writer(
    connection: &Connection,
    tenant: Tenant,
    after: Option<Writer>,
) -> Result<Option<Writer>, Failure> {
    let after = after.map_or(i64::MIN, |writer| i64::from(writer.0));
    Ok(connection
        .prepare_cached(WRITERS)?
        .query_row(params![tenant, after], |row| row.get(0))
        .optional()?)
}

/// Each page has a decision at least, so that as many pages are enough.
fn pages_of(
    connection: &Connection,
    tenant: Tenant,
    writer: Writer,
    from: Option<(u64, u32)>,
    limit: u32,
) -> Result<Vec<Stretch>, Failure> {
    let mut select = connection.prepare_cached(PAGES)?;
    let from = signed(from.map_or(0, |(sequence, _)| sequence))?;
    // The page on which the cursor stands may have been read to its end.
    let limit = i64::from(limit) + 1;
    let mut rows = select.query(params![tenant, writer, from, limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let sequence = unsigned(row.get(0)?)?;
        found.push(Stretch { writer, sequence, first: row.get(1)?, last: row.get(2)? });
    }
    Ok(found)
}

pub(super) static ON_PAGE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {DECIDED} FROM decision INDEXED BY decision_order \
           WHERE tenant = ?3 AND id BETWEEN ?1 AND ?2 \
           AND writer = ?4 AND sequence = ?5 AND place > ?6 ORDER BY place LIMIT ?7"
    )
});

fn decided_on(
    connection: &Connection,
    tenant: Tenant,
    page: &Stretch,
    read: i64,
    limit: usize,
) -> Result<Vec<Decided>, Failure> {
    let mut select = connection.prepare_cached(&ON_PAGE)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values =
        params![page.first, page.last, tenant, page.writer, signed(page.sequence)?, read, limit,];
    let mut rows = select.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read::decided(row)?);
    }
    Ok(found)
}
