//! A whole file as rows, and the other way round.

use crate::cases::{Cell, Copied, CopiedRow, DUTY, Duty, Failure, JOURNAL, TABLES};
use crate::sqlite::Sqlite;
use crate::sqlite::streams::{owed_sorted, owed_written};
use engine::time::Instant;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, Transaction, params, params_from_iter};
use std::collections::BTreeMap;

/// What gives the rows of each table, in the order of the tables.
const OUT: [&str; 16] = [
    "SELECT tenant, name FROM tenant ORDER BY tenant",
    "SELECT last FROM writer",
    "SELECT tenant, name, last FROM counter ORDER BY tenant, name",
    "SELECT tenant, hash, id, version, folder, names, active_from FROM protocol \
       ORDER BY tenant, number",
    "SELECT s.tenant, s.stream, s.kind, s.on_case, s.stop, p.hash, s.version, s.hash, s.ticket, \
       s.secret, s.complainant, s.respondent, s.opened_at, s.stage, s.rung, s.severity, s.closed, s.breached, \
       s.due_at, s.acts_at FROM stream s \
       LEFT JOIN protocol p ON p.tenant = s.tenant AND p.number = s.protocol \
       ORDER BY s.tenant, s.stream",
    // Pages without decisions come first: nothing waits for them.
    "SELECT p.tenant, p.writer, p.sequence, p.at, p.hash, d.place, d.stream, d.version, d.hash, d.body \
       FROM page p LEFT JOIN decision d ON d.tenant = p.tenant \
       AND d.id BETWEEN p.first_id AND p.last_id \
       AND d.writer = p.writer AND d.sequence = p.sequence \
       ORDER BY p.tenant, p.first_id, p.writer, p.sequence, d.place",
    "SELECT tenant, stream, deadline, occurrence, party, CASE undue WHEN 0 THEN due END, missed \
       FROM duty ORDER BY tenant, stream, deadline, occurrence",
    "SELECT tenant, idempotency, request, status, body, expires FROM answer \
       ORDER BY tenant, idempotency",
    "SELECT tenant, person, wrapped, destroyed_at FROM person ORDER BY tenant, person",
    "SELECT tenant, stream, slot, bytes FROM sealed ORDER BY tenant, stream, slot",
    "SELECT tenant, token, hash, admin, person, label, made_at, expires, revoked_at FROM token \
       ORDER BY tenant, token",
    "SELECT tenant, token, place, role FROM token_role ORDER BY tenant, token, place",
    "SELECT tenant, webhook, url, secret, active FROM webhook ORDER BY tenant, webhook",
    "SELECT tenant, webhook, place, kind FROM webhook_kind ORDER BY tenant, webhook, place",
    "SELECT m.tenant, m.webhook, m.stream, m.sequence, m.kind, m.body, m.not_before, m.tells, \
       m.attempts, m.first_tried, m.why, m.dead, m.ready_at, d.stream, d.sequence \
       FROM message m LEFT JOIN message d ON d.id = m.digest \
       ORDER BY m.tenant, m.webhook, m.stream, m.sequence",
    "SELECT tenant, number, body, hash, reached, done FROM amendment ORDER BY tenant, number",
];

/// What takes a row of each table. Journals have their own.
const IN: [&str; 16] = [
    "INSERT INTO tenant (tenant, name) VALUES (?1, ?2)",
    "UPDATE writer SET last = ?1",
    "INSERT INTO counter (tenant, name, last) VALUES (?1, ?2, ?3)",
    "INSERT INTO protocol (tenant, number, family, hash, id, version, folder, names, active_from) \
       SELECT ?1, n.n, coalesce((SELECT min(family) FROM protocol WHERE tenant = ?1 AND id = ?3), \
       n.n), ?2, ?3, ?4, ?5, ?6, ?7 \
       FROM (SELECT coalesce(max(number), 0) + 1 AS n FROM protocol WHERE tenant = ?1) n",
    "INSERT INTO stream (tenant, stream, kind, on_case, stop, protocol, family, version, hash, \
       ticket, secret, complainant, respondent, opened_at, stage, rung, severity, closed, breached, \
       due_at, acts_at, owed) SELECT ?1, ?2, ?3, ?4, ?5, p.number, p.family, ?7, ?8, ?9, ?10, ?11, \
       ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, x'' FROM (SELECT 1) LEFT JOIN protocol p \
       ON p.tenant = ?1 AND p.hash = ?6",
    "",
    "INSERT INTO duty (tenant, stream, deadline, occurrence, party, undue, due, missed) \
       VALUES (?1, ?2, ?3, ?4, ?5, ?6 IS NULL, coalesce(?6, 0), ?7)",
    "INSERT INTO answer (tenant, idempotency, request, status, body, expires) \
       VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    "INSERT INTO person (tenant, person, wrapped, destroyed_at) VALUES (?1, ?2, ?3, ?4)",
    "INSERT INTO sealed (tenant, stream, slot, bytes) VALUES (?1, ?2, ?3, ?4)",
    "INSERT INTO token (tenant, token, hash, admin, person, label, made_at, expires, revoked_at) \
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    "INSERT INTO token_role (tenant, token, place, role) VALUES (?1, ?2, ?3, ?4)",
    "INSERT INTO webhook (tenant, webhook, url, secret, active) VALUES (?1, ?2, ?3, ?4, ?5)",
    "INSERT INTO webhook_kind (tenant, webhook, place, kind) VALUES (?1, ?2, ?3, ?4)",
    // The first message of a digest has the smallest place in its stream, but may come later than
    // others: who belongs to which is put right at the end.
    "INSERT INTO message (tenant, webhook, stream, sequence, kind, body, not_before, tells, \
       attempts, first_tried, why, dead, ready_at, next) \
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0 WHERE ?14 IS ?14 AND ?15 IS ?15",
    "INSERT INTO amendment (tenant, number, body, hash, reached, done) \
       VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
];

const IN_DIGEST: &str = "UPDATE message SET digest = (SELECT id FROM message d \
    WHERE d.tenant = ?1 AND d.webhook = ?2 AND d.stream = ?5 AND d.sequence = ?6) \
    WHERE tenant = ?1 AND webhook = ?2 AND stream = ?3 AND sequence = ?4";

/// The first of its receiver and stream that waits and is in no digest.
const NEXT: &str = "UPDATE message SET next = 1 WHERE dead = 0 AND digest IS NULL \
    AND NOT EXISTS (SELECT 1 FROM message e WHERE e.tenant = message.tenant \
      AND e.webhook = message.webhook AND e.stream = message.stream AND e.dead = 0 \
      AND e.digest IS NULL AND e.sequence < message.sequence)";

impl Copied for Sqlite {
    fn copy_out(
        &self,
        take: &mut dyn FnMut(CopiedRow) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.read(|connection| {
            for (table, sql) in OUT.iter().enumerate() {
                let mut select = connection.prepare(sql)?;
                let n_columns = select.column_count();
                let mut rows = select.query([])?;
                while let Some(row) = rows.next()? {
                    let cells = (0..n_columns).map(|at| Ok(cell(row.get(at)?)));
                    let cells: Result<_, rusqlite::Error> = cells.collect();
                    take(CopiedRow { table, cells: cells? })?;
                }
            }
            Ok(())
        })
    }

    fn copy_in(
        &self,
        next: &mut dyn FnMut() -> Result<Option<CopiedRow>, Failure>,
    ) -> Result<(), Failure> {
        self.change(|transaction| {
            let sql = "SELECT EXISTS (SELECT 1 FROM tenant) OR (SELECT last FROM writer) > 0";
            if transaction.query_row(sql, [], |row| row.get(0))? {
                return Err(Failure::Overtaken);
            }
            let mut taking = Taking::default();
            while let Some(row) = next()? {
                taking.take(transaction, row)?;
            }
            taking.owe(transaction)?;
            taking.page(transaction)?;
            for key in &taking.digests {
                transaction.prepare_cached(IN_DIGEST)?.execute(params_from_iter(key))?;
            }
            transaction.execute(NEXT, [])?;
            Ok(())
        })
    }
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Integer(number) => Cell::Int(number),
        // There is no column of this kind.
        Value::Real(number) => Cell::Text(number.to_string()),
        Value::Text(text) => Cell::Text(text),
        Value::Blob(bytes) => Cell::Bytes(bytes),
    }
}

fn value(cell: &Cell) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(match cell {
        Cell::Null => ValueRef::Null,
        Cell::Int(number) => ValueRef::Integer(*number),
        Cell::Text(text) => ValueRef::Text(text.as_bytes()),
        Cell::Bytes(bytes) => ValueRef::Blob(bytes),
    })
}

/// A page, and the ids of the first and the last of its decisions.
type Begun = (Vec<Cell>, Option<(i64, i64)>);

/// A stream of a tenant, and what is owed on it.
type Owed = ((i64, Vec<u8>), Vec<Duty>);

/// What spans several rows.
#[derive(Default)]
struct Taking {
    /// The number of the last decision of each tenant.
    last_ids: BTreeMap<i64, i64>,
    /// The page that was begun, and the ids of its decisions.
    page: Option<Begun>,
    /// What is owed on the stream that was begun.
    owed: Option<Owed>,
    /// Messages that are in a digest: whose, and the first one of it.
    digests: Vec<Vec<Value>>,
}

impl Taking {
    fn take(&mut self, transaction: &Transaction<'_>, row: CopiedRow) -> Result<(), Failure> {
        let CopiedRow { table, cells } = row;
        if table == JOURNAL {
            return self.decided(transaction, cells);
        }
        let wrong = || Failure::Damaged("a row of the backup is of no table".to_owned());
        let sql = IN.get(table).ok_or_else(wrong)?;
        let name = TABLES.get(table).map_or("", |it| it.name);
        let mut insert = transaction.prepare_cached(sql)?;
        insert.execute(params_from_iter(cells.iter().map(value))).map_err(|error| {
            Failure::Damaged(format!("a row of `{name}` in the backup does not fit: {error}"))
        })?;
        drop(insert);
        if table == DUTY {
            return self.duty(transaction, &cells);
        }
        if let ("message", [tenant, webhook, stream, sequence, .., of, first]) =
            (name, cells.as_slice())
            && *of != Cell::Null
        {
            let key = [tenant, webhook, stream, sequence, of, first];
            let owned = |it: &Cell| match it {
                Cell::Null => Value::Null,
                Cell::Int(number) => Value::Integer(*number),
                Cell::Text(text) => Value::Text(text.clone()),
                Cell::Bytes(bytes) => Value::Blob(bytes.clone()),
            };
            self.digests.push(key.into_iter().map(owned).collect());
        }
        Ok(())
    }

    /// A decision on its page, or a page without any.
    fn decided(&mut self, transaction: &Transaction<'_>, cells: Vec<Cell>) -> Result<(), Failure> {
        let wrong = || Failure::Damaged("a page of the backup cannot be read".to_owned());
        let [tenant, writer, sequence, at, sealed, place, stream, version, hash, body] =
            <[Cell; 10]>::try_from(cells).map_err(|_| wrong())?;
        let page = vec![tenant, writer, sequence, at, sealed];
        if self.page.as_ref().is_none_or(|it| it.0 != page) {
            self.page(transaction)?;
            self.page = Some((page.clone(), None));
        }
        if place == Cell::Null {
            return Ok(());
        }
        let [Cell::Int(tenant), writer, sequence, ..] = page.as_slice() else {
            return Err(wrong());
        };
        let last = self.last_ids.entry(*tenant).or_insert(0);
        *last = last.saturating_add(1);
        let id = *last;
        if let Some((_, ids)) = &mut self.page {
            *ids = Some((ids.map_or(id, |it| it.0), id));
        }
        let sql = "INSERT INTO decision \
                   (tenant, stream, version, id, writer, sequence, place, hash, body) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        transaction.prepare_cached(sql)?.execute(params![
            tenant,
            value(&stream),
            value(&version),
            id,
            value(writer),
            value(sequence),
            value(&place),
            value(&hash),
            value(&body),
        ])?;
        Ok(())
    }

    /// Writes the page that was begun.
    fn page(&mut self, transaction: &Transaction<'_>) -> Result<(), Failure> {
        let Some((page, ids)) = self.page.take() else { return Ok(()) };
        let sql = "INSERT INTO page (tenant, writer, sequence, at, hash, first_id, last_id) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let ids = [ids.map(|it| it.0), ids.map(|it| it.1)];
        let ids = ids.map(|it| it.map_or(Cell::Null, Cell::Int));
        let values = page.iter().chain(&ids).map(value);
        transaction.prepare_cached(sql)?.execute(params_from_iter(values))?;
        Ok(())
    }

    fn duty(&mut self, transaction: &Connection, cells: &[Cell]) -> Result<(), Failure> {
        let wrong = || Failure::Damaged("what is owed in the backup cannot be read".to_owned());
        let [
            Cell::Int(tenant),
            Cell::Bytes(stream),
            Cell::Text(deadline),
            Cell::Int(occurrence),
            Cell::Text(party),
            due,
            Cell::Int(missed),
        ] = cells
        else {
            return Err(wrong());
        };
        let due = match due {
            Cell::Int(ms) => Some(Instant::from_ms(*ms)),
            _ => None,
        };
        let duty = Duty {
            deadline: deadline.clone(),
            occurrence: u16::try_from(*occurrence).map_err(|_| wrong())?,
            party: party.clone(),
            due,
            missed: *missed == 1,
        };
        let of = (*tenant, stream.clone());
        if let Some((last, duties)) = &mut self.owed
            && *last == of
        {
            duties.push(duty);
            return Ok(());
        }
        self.owe(transaction)?;
        self.owed = Some((of, vec![duty]));
        Ok(())
    }

    /// Repeats what is owed in the row of its stream.
    fn owe(&mut self, transaction: &Connection) -> Result<(), Failure> {
        let Some(((tenant, stream), duties)) = self.owed.take() else { return Ok(()) };
        let bytes = owed_written(&owed_sorted(&duties))?;
        let sql = "UPDATE stream SET owed = ?3 WHERE tenant = ?1 AND stream = ?2";
        transaction.prepare_cached(sql)?.execute(params![tenant, stream, bytes])?;
        Ok(())
    }
}
