//! A whole database as rows, and the other way round.

use crate::cases::{Cell, Copied, CopiedRow, Failure, JOURNAL, TABLES};
use crate::postgres::copied_order::Ordered;
use crate::postgres::link::connection::{Asked, Connection};
use crate::postgres::link::failure::Broken;
use crate::postgres::place::Postgres;
use crate::postgres::streams::read::get;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

/// How many rows come or go at once.
const ROWS: usize = 500;

/// An id of a stream, as bytes.
macro_rules! id {
    ($column:literal) => {
        concat!("decode(replace(", $column, "::text, '-', ''), 'hex')")
    };
}

/// What gives the rows of each table, in the order of the tables.
const OUT: [&str; 16] = [
    "SELECT tenant::int8, name FROM tenant ORDER BY tenant",
    "SELECT coalesce(max(writer), 0)::int8 FROM writer",
    "SELECT tenant::int8, name, last FROM counter ORDER BY tenant, name",
    "SELECT tenant::int8, hash, id, version, folder, names, active_from FROM protocol \
       ORDER BY tenant, id, hash",
    concat!(
        "SELECT tenant::int8, ",
        id!("stream"),
        ", is_stop::int4::int8, ",
        id!("on_case"),
        ", stop, protocol, version, hash, ticket, secret, complainant, respondent, opened_at, stage, rung, \
         severity, closed::int4::int8, breached::int4::int8, due_at, acts_at \
         FROM standing ORDER BY tenant, stream"
    ),
    concat!(
        "SELECT p.tenant::int8, p.writer::int8, p.sequence, p.at, p.hash, d.place, ",
        id!("d.stream"),
        ", d.version, d.hash, d.body FROM page p LEFT JOIN decided d \
         ON d.tenant = p.tenant AND d.writer = p.writer AND d.page = p.sequence \
         ORDER BY p.tenant, p.at, p.writer, p.sequence, d.place"
    ),
    concat!(
        "SELECT tenant::int8, ",
        id!("stream"),
        ", deadline, occurrence::int8, party, \
         CASE WHEN undue THEN NULL ELSE due_at END, missed::int4::int8 \
         FROM duty ORDER BY tenant, stream, deadline, occurrence"
    ),
    "SELECT tenant::int8, key, request, status::int8, body, expires FROM answer \
       ORDER BY tenant, key",
    "SELECT tenant::int8, person, wrapped, destroyed_at FROM person_key ORDER BY tenant, person",
    concat!(
        "SELECT tenant::int8, ",
        id!("stream"),
        ", slot, bytes FROM sealed \
         ORDER BY tenant, stream, slot"
    ),
    "SELECT tenant::int8, id, hash, (roles IS NULL)::int4::int8, person, label, made_at, expires, \
       revoked_at FROM token ORDER BY tenant, id",
    "SELECT t.tenant::int8, t.id, r.place - 1, r.role FROM token t \
       CROSS JOIN LATERAL unnest(t.roles) WITH ORDINALITY AS r (role, place) \
       ORDER BY t.tenant, t.id, r.place",
    "SELECT tenant::int8, webhook::int8, url, secret, active::int4::int8 FROM webhook \
       ORDER BY tenant, webhook",
    "SELECT w.tenant::int8, w.webhook::int8, k.place - 1, k.kind FROM webhook w \
       CROSS JOIN LATERAL unnest(w.kinds) WITH ORDINALITY AS k (kind, place) \
       ORDER BY w.tenant, w.webhook, k.place",
    concat!(
        "SELECT tenant::int8, webhook::int8, ",
        id!("stream"),
        ", sequence, kind, body, \
         not_before, tells, attempts, first_tried, failed_by, dead::int4::int8, look_at, ",
        id!("digest_stream"),
        ", digest_sequence FROM message \
         ORDER BY tenant, webhook, stream, sequence"
    ),
    concat!(
        "SELECT tenant::int8, number, body, hash, ",
        id!("reached"),
        ", done::int4::int8 FROM amendment ORDER BY tenant, number"
    ),
];

/// What takes a row of each table.
const IN: [&str; 16] = [
    "INSERT INTO tenant (tenant, name) VALUES ($1::int8, $2)",
    "INSERT INTO writer (writer) SELECT $1::int8 WHERE $1::int8 > 0",
    "INSERT INTO counter (tenant, name, last) VALUES ($1::int8, $2, $3::int8)",
    "INSERT INTO protocol (tenant, hash, id, version, folder, names, active_from) \
       VALUES ($1::int8, $2, $3, $4, $5, $6, $7::int8)",
    "INSERT INTO standing (tenant, stream, is_stop, on_case, stop, protocol, protocol_id, version, \
       hash, ticket, secret, complainant, respondent, opened_at, stage, rung, severity, closed, breached, \
       due_at, acts_at) SELECT $1::int8, encode($2::bytea, 'hex')::uuid, $3::int8 <> 0, \
       encode($4::bytea, 'hex')::uuid, $5::text, $6::bytea, \
       (SELECT id FROM protocol WHERE tenant = $1::int8 AND hash = $6::bytea), \
       $7::int8, $8::bytea, $9::text, $10::bytea, $11::text, $12::text, $13::int8, $14::text, \
       $15::text, $16::text, $17::int8 <> 0, $18::int8 <> 0, $19::int8, $20::int8",
    "INSERT INTO decided (tenant, writer, page, place, stream, version, hash, body) \
       SELECT $1::int8, $2::int8, $3::int8, $6::int8, encode($7::bytea, 'hex')::uuid, $8::int8, \
       $9::bytea, $10::bytea WHERE $6::int8 IS NOT NULL AND $4::int8 IS NOT NULL \
       AND $5::bytea IS NOT NULL",
    "INSERT INTO duty (tenant, stream, deadline, occurrence, party, undue, due_at, missed) \
       VALUES ($1::int8, encode($2::bytea, 'hex')::uuid, $3, $4::int8, $5, $6::int8 IS NULL, \
       coalesce($6::int8, 0), $7::int8 <> 0)",
    "INSERT INTO answer (tenant, key, request, status, body, expires) \
       VALUES ($1::int8, $2, $3, $4::int8, $5, $6::int8)",
    "INSERT INTO person_key (tenant, person, wrapped, destroyed_at) \
       VALUES ($1::int8, $2, $3, $4::int8)",
    "INSERT INTO sealed (tenant, stream, slot, bytes) \
       VALUES ($1::int8, encode($2::bytea, 'hex')::uuid, $3, $4)",
    "INSERT INTO token (tenant, id, hash, roles, person, label, made_at, expires, revoked_at) \
       VALUES ($1::int8, $2, $3, CASE WHEN $4::int8 = 0 THEN ARRAY[]::text[] END, $5, $6, \
       $7::int8, $8::int8, $9::int8)",
    "UPDATE token SET roles = array_append(roles, $4::text) \
       WHERE tenant = $1::int8 AND id = $2 AND $3::int8 >= 0",
    "INSERT INTO webhook (tenant, webhook, url, secret, kinds, active) \
       VALUES ($1::int8, $2::int8, $3, $4, ARRAY[]::text[], $5::int8 <> 0)",
    "UPDATE webhook SET kinds = array_append(kinds, $4::text) \
       WHERE tenant = $1::int8 AND webhook = $2::int8 AND $3::int8 >= 0",
    "INSERT INTO message (tenant, webhook, stream, sequence, kind, body, not_before, tells, \
       attempts, first_tried, failed_by, dead, look_at, digest_stream, digest_sequence) \
       VALUES ($1::int8, $2::int8, encode($3::bytea, 'hex')::uuid, $4::int8, $5, $6, $7::int8, \
       $8, $9::int8, $10::int8, $11, $12::int8 <> 0, $13::int8, \
       encode($14::bytea, 'hex')::uuid, $15::int8)",
    "INSERT INTO amendment (tenant, number, body, hash, reached, done) \
       VALUES ($1::int8, $2::int8, $3, $4, encode($5::bytea, 'hex')::uuid, $6::int8 <> 0)",
];

/// What takes a page, of its first row.
const PAGE: &str = "INSERT INTO page (tenant, writer, sequence, at, hash) \
    VALUES ($1::int8, $2::int8, $3::int8, $4::int8, $5)";

/// Timers follow from how streams stand.
const TIMERS: &str = "INSERT INTO timer (tenant, stream, acts_at) \
    SELECT tenant, stream, acts_at FROM standing WHERE acts_at IS NOT NULL";

const IS_USED: &str = "SELECT 1 FROM tenant UNION ALL SELECT 1 FROM writer LIMIT 1";

impl Copied for Postgres {
    fn copy_out(
        &self,
        take: &mut dyn FnMut(CopiedRow) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut is_begun = false;
        self.readers().with(|connection| {
            // What was given cannot be taken back: it is not tried again.
            once(&mut is_begun)?;
            let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \
                         SET LOCAL statement_timeout = 0";
            connection.run(begin)?;
            let done = all_out(connection, take);
            let end = connection.run("ROLLBACK");
            done.and(end)
        })
    }

    fn copy_in(
        &self,
        next: &mut dyn FnMut() -> Result<Option<CopiedRow>, Failure>,
    ) -> Result<(), Failure> {
        let mut is_begun = false;
        self.writers().with(|connection| {
            once(&mut is_begun)?;
            connection.run("BEGIN; SET LOCAL statement_timeout = 0")?;
            match all_in(connection, next) {
                Ok(()) => connection.run("COMMIT"),
                Err(broken) => {
                    // It ends with the connection at the latest.
                    let _ = connection.run("ROLLBACK");
                    Err(broken)
                }
            }
        })
    }
}

fn once(is_begun: &mut bool) -> Result<(), Broken> {
    match std::mem::replace(is_begun, true) {
        false => Ok(()),
        true => Err(Broken::Failed(Failure::Unavailable(
            "PostgreSQL was lost in the middle of it".to_owned(),
        ))),
    }
}

fn all_out(
    connection: &mut Connection,
    take: &mut dyn FnMut(CopiedRow) -> Result<(), Failure>,
) -> Result<(), Broken> {
    for ((table, sql), of) in OUT.iter().enumerate().zip(TABLES) {
        let cursor = format!("copied_{}", of.name);
        connection.run(&format!("DECLARE {cursor} NO SCROLL CURSOR FOR {sql}"))?;
        let fetch = format!("FETCH FORWARD {ROWS} FROM {cursor}");
        let mut ordered = Ordered::default();
        loop {
            let rows = connection.ask(&[Asked::new(&fetch, &[])])?;
            let rows = rows.first().map(Vec::as_slice).unwrap_or_default();
            for row in rows {
                let row = copied(row, table, of.kinds).map_err(Broken::Failed)?;
                match table {
                    JOURNAL => ordered.add(row, take),
                    _ => take(row),
                }
                .map_err(Broken::Failed)?;
            }
            if rows.len() < ROWS {
                break;
            }
        }
        ordered.end(take).map_err(Broken::Failed)?;
        connection.run(&format!("CLOSE {cursor}"))?;
    }
    Ok(())
}

fn copied(row: &Row, table: usize, kinds: &str) -> Result<CopiedRow, Failure> {
    let cell = |(at, kind): (usize, u8)| {
        Ok(match kind {
            b'i' => get::<Option<i64>>(row, at)?.map_or(Cell::Null, Cell::Int),
            b't' => get::<Option<String>>(row, at)?.map_or(Cell::Null, Cell::Text),
            _ => get::<Option<Vec<u8>>>(row, at)?.map_or(Cell::Null, Cell::Bytes),
        })
    };
    let cells: Result<_, Failure> = kinds.bytes().enumerate().map(cell).collect();
    Ok(CopiedRow { table, cells: cells? })
}

/// A value of a column, as it is sent.
enum Sent {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

impl Sent {
    fn value(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Int(value) => value,
            Self::Text(value) => value,
            Self::Bytes(value) => value,
        }
    }
}

fn sent((cell, kind): (Cell, u8)) -> Sent {
    match (cell, kind) {
        (Cell::Int(number), _) => Sent::Int(Some(number)),
        (Cell::Text(text), _) => Sent::Text(Some(text)),
        (Cell::Bytes(bytes), _) => Sent::Bytes(Some(bytes)),
        (Cell::Null, b'i') => Sent::Int(None),
        (Cell::Null, b't') => Sent::Text(None),
        (Cell::Null, _) => Sent::Bytes(None),
    }
}

fn all_in(
    connection: &mut Connection,
    next: &mut dyn FnMut() -> Result<Option<CopiedRow>, Failure>,
) -> Result<(), Broken> {
    let used = connection.ask(&[Asked::new(IS_USED, &[])])?;
    if used.iter().any(|rows| !rows.is_empty()) {
        return Err(Broken::Failed(Failure::Overtaken));
    }
    let mut page: Option<Vec<Cell>> = None;
    let mut waiting: Vec<(&'static str, Vec<Sent>)> = Vec::new();
    while let Some(CopiedRow { table, cells }) = next().map_err(Broken::Failed)? {
        let (Some(sql), Some(of)) = (IN.get(table), TABLES.get(table)) else {
            let why = "a row of the backup is of no table".to_owned();
            return Err(Broken::Failed(Failure::Damaged(why)));
        };
        if table == JOURNAL {
            let of_page = cells.get(..5).unwrap_or_default();
            if page.as_deref() != Some(of_page) {
                page = Some(of_page.to_vec());
                let values = of_page.iter().cloned().zip(of.kinds.bytes()).map(sent);
                waiting.push((PAGE, values.collect()));
            }
        }
        waiting.push((sql, cells.into_iter().zip(of.kinds.bytes()).map(sent).collect()));
        if waiting.len() >= ROWS {
            send(connection, &mut waiting)?;
        }
    }
    send(connection, &mut waiting)?;
    connection.ask(&[Asked::new(TIMERS, &[])]).map(|_| ())
}

fn send(
    connection: &mut Connection,
    waiting: &mut Vec<(&'static str, Vec<Sent>)>,
) -> Result<(), Broken> {
    let asked = waiting.iter().map(|(sql, values)| {
        let values: Vec<_> = values.iter().map(Sent::value).collect();
        Asked::new(sql, &values)
    });
    let asked: Vec<Asked<'_>> = asked.collect();
    connection.ask(&asked)?;
    drop(asked);
    waiting.clear();
    Ok(())
}
