//! Writing a batch.

use crate::cases::course::{self, Course};
use crate::cases::{Answer, Batch, Decided, Duty, Failure, Key, Page, Sealed, StreamId, Tenant};
use crate::sqlite::Sqlite;
use crate::sqlite::file::{left_by_others, refused, signed, taken};
use crate::sqlite::outbox::queue;
use crate::sqlite::protocols::Number;
use crate::sqlite::streams::{owed, row};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{ToSql, Transaction, params, params_from_iter};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write;
use std::sync::LazyLock;

/// The first and the last id of the decisions of each tenant.
type Stretches = BTreeMap<Tenant, (i64, i64)>;

pub(super) fn write(place: &Sqlite, batch: &Batch) -> Result<(), Failure> {
    let courses = course::courses(batch)?;
    if batch.changes.is_empty() && batch.pages.is_empty() {
        return Ok(());
    }
    place.change(|transaction| {
        for (tenant, key) in &batch.keys {
            sealable(transaction, *tenant, key)?;
        }
        for (tenant, key) in &batch.new_keys {
            keep(transaction, *tenant, key)?;
        }
        // Nobody else commits from here on: what was true when it was decided, still is.
        if let Some(decided_on) = batch.decided_on
            && left_by_others(transaction)? != decided_on
        {
            return Err(Failure::Overtaken);
        }
        for (&(tenant, stream), course) in &courses {
            let standing = &course.last.standing;
            let protocol = place
                .known()
                .numbered(transaction, tenant, standing.protocol, &standing.protocol_id)?
                .ok_or_else(|| {
                    refused(format!(
                        "no version {} of the protocol `{}` is kept",
                        standing.protocol, standing.protocol_id
                    ))
                })?;
            if course.first == 1 {
                open(transaction, tenant, stream, course, protocol)?;
            } else {
                go_on(transaction, tenant, stream, course, protocol)?;
            }
        }
        let stretches = decisions(transaction, batch)?;
        for page in &batch.pages {
            close(transaction, page, stretches.get(&page.tenant).copied())?;
        }
        for change in &batch.changes {
            if let Some(answer) = &change.answer {
                answered(transaction, change.tenant, answer)?;
            }
            for sealed in &change.sealed {
                seal(transaction, change.tenant, sealed)?;
            }
        }
        queue::add(transaction, &batch.changes)
    })
}

/// A key with which values are sealed must be the one that is kept still.
fn sealable(transaction: &Transaction<'_>, tenant: Tenant, key: &Key) -> Result<(), Failure> {
    let sql = "SELECT 1 FROM person WHERE tenant = ?1 AND person = ?2 AND wrapped = ?3";
    let mut select = transaction.prepare_cached(sql)?;
    match select.exists(params![tenant, key.person, key.wrapped])? {
        true => Ok(()),
        false => Err(Failure::Overtaken),
    }
}

/// A key that is new: there must be none.
fn keep(transaction: &Transaction<'_>, tenant: Tenant, key: &Key) -> Result<(), Failure> {
    let sql = "INSERT INTO person (tenant, person, wrapped, destroyed_at) \
               VALUES (?1, ?2, ?3, NULL) ON CONFLICT (tenant, person) \
               DO UPDATE SET wrapped = excluded.wrapped WHERE wrapped IS NULL";
    let mut insert = transaction.prepare_cached(sql)?;
    match insert.execute(params![tenant, key.person, key.wrapped])? {
        1 => Ok(()),
        _ => Err(Failure::Overtaken),
    }
}

/// A stream that begins.
fn open(
    transaction: &Transaction<'_>,
    tenant: Tenant,
    stream: StreamId,
    course: &Course<'_>,
    protocol: Number,
) -> Result<(), Failure> {
    let duties = owed::sorted(&course.last.duties);
    let bytes = owed::written(&duties)?;
    let key = [ValueRef::Integer(i64::from(tenant.0)), ValueRef::Blob(&stream.0)];
    let values = row::values(&course.last.standing, protocol, &bytes);
    transaction
        .prepare_cached(&INSERT)?
        .execute(params_from_iter(key.into_iter().chain(values).map(ToSqlOutput::Borrowed)))
        .map_err(taken)?;
    duties.iter().try_for_each(|duty| owe(transaction, tenant, stream, duty))
}

static INSERT: LazyLock<String> = LazyLock::new(|| {
    let marks: Vec<String> = (3..row::COLUMNS.len() + 3).map(|at| format!("?{at}")).collect();
    let (columns, marks) = (row::COLUMNS.join(", "), marks.join(", "));
    format!("INSERT INTO stream (tenant, stream, {columns}) VALUES (?1, ?2, {marks})")
});

static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!("SELECT {} FROM stream WHERE tenant = ?1 AND stream = ?2", row::COLUMNS.join(", "))
});

/// A stream that is there already: only what differs is written, so that an index is touched only
/// where its columns change.
fn go_on(
    transaction: &Transaction<'_>,
    tenant: Tenant,
    stream: StreamId,
    course: &Course<'_>,
    protocol: Number,
) -> Result<(), Failure> {
    let duties = owed::sorted(&course.last.duties);
    let bytes = owed::written(&duties)?;
    let values = row::values(&course.last.standing, protocol, &bytes);
    let mut select = transaction.prepare_cached(&SELECT)?;
    let mut rows = select.query(params![tenant, stream])?;
    let Some(kept) = rows.next()? else { return Err(Failure::Overtaken) };
    if kept.get::<_, i64>(row::VERSION)? != i64::from(course.first) - 1 {
        return Err(Failure::Overtaken);
    }
    let mut update = "UPDATE stream SET ".to_owned();
    let mut changed = Vec::with_capacity(values.len() + 2);
    changed.push(ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(tenant.0))));
    changed.push(ToSqlOutput::Borrowed(ValueRef::Blob(&stream.0)));
    for (at, value) in values.into_iter().enumerate() {
        if kept.get_ref(at)? != value {
            let comma = if changed.len() == 2 { "" } else { ", " };
            changed.push(ToSqlOutput::Borrowed(value));
            // Writing to a text cannot fail.
            let _ = write!(update, "{comma}{} = ?{}", row::COLUMNS[at], changed.len());
        }
    }
    let before = kept.get_ref(row::OWED)?.as_blob().map_err(rusqlite::Error::from)?;
    let before = if before == bytes { None } else { Some(owed::read(before)?) };
    drop(rows);
    update.push_str(" WHERE tenant = ?1 AND stream = ?2");
    transaction.prepare_cached(&update)?.execute(params_from_iter(changed)).map_err(taken)?;
    let Some(before) = before else { return Ok(()) };
    for duty in before.iter().filter(|duty| !duties.contains(duty)) {
        owe_no_more(transaction, tenant, stream, duty)?;
    }
    for duty in duties.into_iter().filter(|duty| !before.contains(duty)) {
        owe(transaction, tenant, stream, duty)?;
    }
    Ok(())
}

fn owe(
    transaction: &Transaction<'_>,
    tenant: Tenant,
    stream: StreamId,
    duty: &Duty,
) -> Result<(), Failure> {
    let sql = "INSERT INTO duty (tenant, party, undue, due, stream, deadline, occurrence, missed) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    transaction.prepare_cached(sql)?.execute(params![
        tenant,
        duty.party,
        duty.due.is_none(),
        duty.due.map_or(0, |due| due.ms()),
        stream,
        duty.deadline,
        duty.occurrence,
        duty.missed,
    ])?;
    Ok(())
}

fn owe_no_more(
    transaction: &Transaction<'_>,
    tenant: Tenant,
    stream: StreamId,
    duty: &Duty,
) -> Result<(), Failure> {
    let sql = "DELETE FROM duty WHERE tenant = ?1 AND party = ?2 AND undue = ?3 AND due = ?4 \
               AND stream = ?5 AND deadline = ?6 AND occurrence = ?7";
    transaction.prepare_cached(sql)?.execute(params![
        tenant,
        duty.party,
        duty.due.is_none(),
        duty.due.map_or(0, |due| due.ms()),
        stream,
        duty.deadline,
        duty.occurrence,
    ])?;
    Ok(())
}

/// Writes the decisions in their order; between which ids those of each tenant lie.
fn decisions(transaction: &Transaction<'_>, batch: &Batch) -> Result<Stretches, Failure> {
    let mut stretches = Stretches::new();
    let mut last = transaction
        .prepare_cached("SELECT coalesce(max(id), 0) FROM decision WHERE tenant = ?1")?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO decision (tenant, stream, version, id, writer, sequence, place, hash, body) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for change in &batch.changes {
        let id = match stretches.entry(change.tenant) {
            Entry::Occupied(mut stretch) => {
                stretch.get_mut().1 += 1;
                stretch.get().1
            }
            Entry::Vacant(free) => {
                let last: i64 = last.query_row([change.tenant], |row| row.get(0))?;
                free.insert((last + 1, last + 1)).1
            }
        };
        let Decided { stream, version, page, place, body, hash } = &change.decided;
        let (writer, sequence) = (page.0, signed(page.1)?);
        let values: [&dyn ToSql; 9] =
            [&change.tenant, stream, version, &id, &writer, &sequence, place, hash, body];
        insert.execute(values.as_slice()).map_err(taken)?;
    }
    Ok(stretches)
}

/// Writes a page. The one before it must be there.
fn close(
    transaction: &Transaction<'_>,
    page: &Page,
    stretch: Option<(i64, i64)>,
) -> Result<(), Failure> {
    let sql = "INSERT INTO page (tenant, writer, sequence, at, hash, first_id, last_id) \
               SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE ?3 = 1 OR EXISTS (SELECT 1 FROM page \
                 WHERE tenant = ?1 AND writer = ?2 AND sequence = ?3 - 1)";
    let written = transaction
        .prepare_cached(sql)?
        .execute(params![
            page.tenant,
            page.writer,
            signed(page.sequence)?,
            page.at.ms(),
            page.hash,
            stretch.map(|(first, _)| first),
            stretch.map(|(_, last)| last),
        ])
        .map_err(taken)?;
    if written == 1 { Ok(()) } else { Err(Failure::Overtaken) }
}

fn answered(transaction: &Transaction<'_>, tenant: Tenant, answer: &Answer) -> Result<(), Failure> {
    let sql = "INSERT INTO answer (tenant, idempotency, request, status, body, expires) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    transaction
        .prepare_cached(sql)?
        .execute(params![
            tenant,
            answer.key,
            answer.request,
            answer.status,
            answer.body,
            answer.expires.ms(),
        ])
        .map_err(taken)?;
    Ok(())
}

fn seal(transaction: &Transaction<'_>, tenant: Tenant, sealed: &Sealed) -> Result<(), Failure> {
    let sql = "INSERT INTO sealed (tenant, stream, slot, bytes) VALUES (?1, ?2, ?3, ?4)";
    transaction.prepare_cached(sql)?.execute(params![
        tenant,
        sealed.stream,
        sealed.slot,
        sealed.bytes
    ])?;
    Ok(())
}
