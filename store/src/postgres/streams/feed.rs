//! The decisions of all journals, one after the other.

use crate::cases::{Decided, Failure, Feed, FeedCursor, StreamId, Tenant, Writer};
use crate::postgres::place::Postgres;
use crate::postgres::streams::read::{DECIDED, decided, get, instant, narrow};
use engine::time::Instant;
use std::collections::{BTreeMap, VecDeque};
use tokio_postgres::Row;

/// The writers of a tenant are found by stepping from one to the next, for a journal has as many
/// pages as there were batches. All of it is one question, so that it is answered as of one
/// instant: where a decision is seen, those that it followed are seen as well.
const NEXT: &str = "\
    WITH RECURSIVE w (writer) AS ( \
    (SELECT writer FROM page WHERE tenant = $1 ORDER BY writer LIMIT 1) UNION ALL \
    SELECT (SELECT p.writer FROM page p WHERE p.tenant = $1 AND p.writer > w.writer \
    ORDER BY p.writer LIMIT 1) FROM w WHERE w.writer IS NOT NULL), \
    c (writer, page, place) AS (SELECT w.writer, coalesce(n.page, 0), coalesce(n.place, 0) FROM w \
    LEFT JOIN unnest($2::int4[], $3::int8[], $4::int8[]) AS n (writer, page, place) \
    ON n.writer = w.writer WHERE w.writer IS NOT NULL)";

/// A decision in the order of its journal.
struct Next {
    decided: Decided,
    /// When its page was written.
    at: Instant,
    /// The page and place of the decision before it in its stream.
    before: Option<(Writer, u64, u32)>,
}

/// The decisions after a cursor. Each journal has its own order, and of two journals the page that
/// says it is earlier comes first; but clocks differ, so a decision waits for the one before it in
/// its stream, whatever the clocks said.
///
/// # Errors
/// As `Cases::feed`.
pub(in crate::postgres) fn feed(
    place: &Postgres,
    tenant: Tenant,
    after: &FeedCursor,
    limit: u32,
) -> Result<Feed, Failure> {
    let sql = format!(
        "{NEXT} SELECT {DECIDED}, p.at, b.writer, b.page, b.place FROM c CROSS JOIN LATERAL \
         (SELECT * FROM decided WHERE tenant = $1 AND writer = c.writer \
         AND (page, place) > (c.page, c.place) ORDER BY page, place LIMIT $5) d \
         JOIN page p ON p.tenant = $1 AND p.writer = d.writer AND p.sequence = d.page \
         LEFT JOIN decided b ON b.tenant = $1 AND b.stream = d.stream AND b.version = d.version - 1 \
         ORDER BY d.writer, d.page, d.place"
    );
    let writers: Vec<i32> = after.keys().map(|it| it.0).collect();
    // A number that the database cannot keep is after everything that it keeps.
    let kept = |page: u64| i64::try_from(page).unwrap_or(i64::MAX);
    let pages: Vec<i64> = after.values().map(|it| kept(it.0)).collect();
    let places: Vec<i64> = after.values().map(|it| it.1.into()).collect();
    let rows_max = i64::from(limit);
    let rows = place.ask(&sql, &[&tenant.0, &writers, &pages, &places, &rows_max])?;
    let mut journals: BTreeMap<Writer, VecDeque<Next>> = BTreeMap::new();
    for row in &rows {
        let next = next(row)?;
        journals.entry(next.decided.page.0).or_default().push_back(next);
    }
    let mut feed = Feed { decided: Vec::new(), cursor: after.clone() };
    while feed.decided.len() < usize::try_from(limit).unwrap_or(usize::MAX) {
        let Some(decided) = take_first(&mut journals, &feed.cursor) else {
            break;
        };
        feed.cursor.insert(decided.page.0, (decided.page.1, decided.place));
        feed.decided.push(decided);
    }
    Ok(feed)
}

/// The earliest decision that waits for none.
fn take_first(
    journals: &mut BTreeMap<Writer, VecDeque<Next>>,
    cursor: &FeedCursor,
) -> Option<Decided> {
    let fronts = journals.iter().filter_map(|(writer, it)| Some((*writer, it.front()?)));
    let free = fronts.filter(|(writer, next)| !waits(*writer, next, cursor));
    let (writer, _) = free.min_by_key(|(_, next)| order(next))?;
    Some(journals.get_mut(&writer)?.pop_front()?.decided)
}

fn order(next: &Next) -> (Instant, Writer, StreamId) {
    (next.at, next.decided.page.0, next.decided.stream)
}

fn waits(writer: Writer, next: &Next, cursor: &FeedCursor) -> bool {
    next.before.is_some_and(|(of, page, place)| {
        of != writer && cursor.get(&of).is_none_or(|read| *read < (page, place))
    })
}

fn next(row: &Row) -> Result<Next, Failure> {
    let before = match get::<Option<i32>>(row, 8)? {
        Some(writer) => {
            Some((Writer(writer), narrow::<i64, _>(row, 9)?, narrow::<i64, _>(row, 10)?))
        }
        None => None,
    };
    Ok(Next { decided: decided(row)?, at: instant(row, 7)?, before })
}
