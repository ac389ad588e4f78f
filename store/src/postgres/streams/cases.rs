//! Decisions are written and read.

use crate::cases::{
    Answer, Batch, Cases, Decided, Failure, Feed, FeedCursor, Find, Kept, Listed, Page, Standing,
    StreamId, Tenant, Timer, Worklist, Writer,
};
use crate::postgres::link::connection::Asked;
use crate::postgres::place::Postgres;
use crate::postgres::streams::glance::NAMED;
use crate::postgres::streams::read::{
    DECIDED, STANDING, decided, get, hash, instant, narrow, standing, stream, uuid,
};
use crate::postgres::streams::{feed, list, timer, worklist};
use crate::postgres::write;
use engine::time::Instant;
use std::collections::BTreeMap;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

/// How many answers are forgotten in one transaction.
const FORGOTTEN_MAX: i64 = 5_000;

impl Cases for Postgres {
    fn write(&self, batch: &Batch) -> Result<(), Failure> {
        write::write(self, batch)
    }

    fn load(&self, tenant: Tenant, streams: &[StreamId]) -> Result<Vec<Option<Kept>>, Failure> {
        load(self, tenant, streams)
    }

    fn standing(&self, tenant: Tenant, stream: StreamId) -> Result<Option<Standing>, Failure> {
        let sql =
            format!("SELECT {STANDING} FROM standing s WHERE s.tenant = $1 AND s.stream = $2");
        first(&self.ask(&sql, &[&tenant.0, &uuid(stream)])?)
    }

    fn by_ticket(&self, tenant: Tenant, ticket: &str) -> Result<Option<Standing>, Failure> {
        let sql =
            format!("SELECT {STANDING} FROM standing s WHERE s.tenant = $1 AND s.ticket = $2");
        first(&self.ask(&sql, &[&tenant.0, &ticket])?)
    }

    fn of_person(
        &self,
        tenant: Tenant,
        protocol_id: &str,
        complainant: &str,
    ) -> Result<Vec<StreamId>, Failure> {
        // A person has few cases and a protocol many: its index must not be thought of.
        let cases = "SELECT stream FROM standing WHERE tenant = $1 AND complainant = $2 \
                     AND coalesce(protocol_id, '') = $3 OFFSET 0";
        let sql = &format!(
            "SELECT c.stream FROM ({cases}) c UNION \
             SELECT s.stream FROM ({cases}) c CROSS JOIN LATERAL (SELECT stream FROM standing \
             WHERE tenant = $1 AND on_case = c.stream OFFSET 0) s ORDER BY stream"
        );
        ids(&self.ask(sql, &[&tenant.0, &complainant, &protocol_id])?)
    }

    fn stops_on(&self, tenant: Tenant, case: StreamId) -> Result<Vec<StreamId>, Failure> {
        let sql = "SELECT stream FROM standing WHERE tenant = $1 AND on_case = $2 ORDER BY stream";
        ids(&self.ask(sql, &[&tenant.0, &uuid(case)])?)
    }

    fn list(&self, tenant: Tenant, find: &Find) -> Result<Listed, Failure> {
        list::list(self, tenant, find)
    }

    fn worklist(
        &self,
        tenant: Tenant,
        parties: &[String],
        after: Option<(Option<Instant>, StreamId, String, u16)>,
        limit: u32,
    ) -> Result<Worklist, Failure> {
        worklist::worklist(self, tenant, parties, after.as_ref(), limit)
    }

    fn timers(&self, until: Instant, limit: u32) -> Result<Vec<Timer>, Failure> {
        timer::timers(self, until, limit)
    }

    fn first_timer(&self) -> Result<Option<Instant>, Failure> {
        timer::first_timer(self)
    }

    fn answer(&self, tenant: Tenant, key: &str) -> Result<Option<Answer>, Failure> {
        let sql = "SELECT key, request, status, body, expires FROM answer \
                   WHERE tenant = $1 AND key = $2";
        let rows = self.ask(sql, &[&tenant.0, &key])?;
        rows.first().map(answer).transpose()
    }

    fn take_numbers(&self, tenant: Tenant, counter: &str, n: u32) -> Result<u32, Failure> {
        // A ticket is written after its number, and the log is one: its flush is enough.
        let quiet = "SELECT set_config('synchronous_commit', 'off', true)";
        let sql = "INSERT INTO counter (tenant, name, last) VALUES ($1, $2, $3) \
                   ON CONFLICT (tenant, name) DO UPDATE SET last = counter.last + $3 \
                   RETURNING last";
        let count = i64::from(n);
        let parameters: [&(dyn ToSql + Sync); 3] = [&tenant.0, &counter, &count];
        let asked = [Asked::new(quiet, &[]), Asked::new(sql, &parameters)];
        let answers = self.writers().with(|connection| connection.commit(&asked))?;
        let none = || Failure::Unavailable(format!("`{counter}` has no numbers left"));
        let last: i64 = get(answers.last().and_then(|it| it.first()).ok_or_else(none)?, 0)?;
        u32::try_from(last.saturating_sub(count).saturating_add(1)).map_err(|_| none())
    }

    fn forget_answers(&self, now: Instant) -> Result<u64, Failure> {
        let sql = "DELETE FROM answer o USING (SELECT tenant, key FROM answer \
                   WHERE expires <= $1 ORDER BY expires LIMIT $2) n \
                   WHERE o.tenant = n.tenant AND o.key = n.key RETURNING 1";
        let mut n_forgotten = 0;
        loop {
            let n_now = self.change(sql, &[&now.ms(), &FORGOTTEN_MAX])?.len();
            n_forgotten += n_now as u64;
            if n_now == 0 {
                return Ok(n_forgotten);
            }
        }
    }

    fn feed(&self, tenant: Tenant, after: &FeedCursor, limit: u32) -> Result<Feed, Failure> {
        feed::feed(self, tenant, after, limit)
    }

    fn pages(&self, tenant: Tenant) -> Result<Vec<Page>, Failure> {
        let sql = "SELECT tenant, writer, sequence, at, hash FROM page WHERE tenant = $1 \
                   ORDER BY writer, sequence";
        self.ask(sql, &[&tenant.0])?.iter().map(page).collect()
    }

    fn last_page(&self, tenant: Tenant, writer: Writer) -> Result<Option<Page>, Failure> {
        let sql = "SELECT tenant, writer, sequence, at, hash FROM page \
                   WHERE tenant = $1 AND writer = $2 ORDER BY sequence DESC LIMIT 1";
        self.ask(sql, &[&tenant.0, &writer.0])?.first().map(page).transpose()
    }

    fn streams(
        &self,
        tenant: Tenant,
        after: Option<StreamId>,
        limit: u32,
    ) -> Result<Vec<StreamId>, Failure> {
        let sql = "SELECT stream FROM standing WHERE tenant = $1 \
                   AND ($2::uuid IS NULL OR stream > $2) ORDER BY stream LIMIT $3";
        ids(&self.ask(sql, &[&tenant.0, &after.map(uuid), &i64::from(limit)])?)
    }
}

/// Loads streams by two questions that are asked at once. The standing is asked for first; what is
/// decided between the two is left out, because the standing says how many decisions there are.
fn load(
    place: &Postgres,
    tenant: Tenant,
    streams: &[StreamId],
) -> Result<Vec<Option<Kept>>, Failure> {
    let mut ids: Vec<Uuid> = streams.iter().copied().map(uuid).collect();
    ids.sort_unstable();
    ids.dedup();
    let standings = format!("SELECT {STANDING} FROM {NAMED}");
    let decisions = format!(
        "SELECT {DECIDED} FROM unnest($2::uuid[]) AS i (stream) CROSS JOIN LATERAL \
         (SELECT * FROM decided WHERE tenant = $1 AND stream = i.stream \
         ORDER BY tenant, stream, version OFFSET 0) d ORDER BY d.stream, d.version"
    );
    let asked =
        [standings.as_str(), decisions.as_str()].map(|sql| Asked::new(sql, &[&tenant.0, &ids]));
    let answers = place.ask_all(&asked)?;
    let mut kept: BTreeMap<StreamId, Kept> = BTreeMap::new();
    for row in answers.first().into_iter().flatten() {
        let standing = standing(row, 0)?;
        kept.insert(standing.stream, Kept { standing, decided: Vec::new() });
    }
    for row in answers.get(1).into_iter().flatten() {
        add(&mut kept, decided(row)?);
    }
    if let Some(short) = kept.values().find(|it| is_short(it)) {
        let stream = short.standing.stream;
        let there = (1u32..).zip(&short.decided).take_while(|(at, it)| *at == it.version).count();
        let first = there.saturating_add(1);
        let why = format!("decision {first} of the stream {stream} is missing");
        return Err(Failure::Damaged(why));
    }
    Ok(streams.iter().map(|stream| kept.get(stream).cloned()).collect())
}

fn add(kept: &mut BTreeMap<StreamId, Kept>, decided: Decided) {
    if let Some(it) = kept.get_mut(&decided.stream)
        && decided.version <= it.standing.version
    {
        it.decided.push(decided);
    }
}

fn is_short(kept: &Kept) -> bool {
    kept.decided.len() as u64 != u64::from(kept.standing.version)
}

fn first(rows: &[Row]) -> Result<Option<Standing>, Failure> {
    rows.first().map(|row| standing(row, 0)).transpose()
}

fn ids(rows: &[Row]) -> Result<Vec<StreamId>, Failure> {
    rows.iter().map(|row| stream(row, 0)).collect()
}

pub(super) fn answer(row: &Row) -> Result<Answer, Failure> {
    Ok(Answer {
        key: get(row, 0)?,
        request: hash(row, 1)?,
        status: narrow::<i32, _>(row, 2)?,
        body: get(row, 3)?,
        expires: instant(row, 4)?,
    })
}

fn page(row: &Row) -> Result<Page, Failure> {
    Ok(Page {
        tenant: Tenant(get(row, 0)?),
        writer: Writer(get(row, 1)?),
        sequence: narrow::<i64, _>(row, 2)?,
        at: instant(row, 3)?,
        hash: hash(row, 4)?,
    })
}
