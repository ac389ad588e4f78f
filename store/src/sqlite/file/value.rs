//! Our values as SQLite holds them.

use crate::cases::{Failure, Hash, StreamId, Tenant, WebhookId, Writer};
use engine::time::Instant;
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};

macro_rules! blob {
    ($name:ident) => {
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0)))
            }
        }
        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                FromSql::column_result(value).map(Self)
            }
        }
    };
}

macro_rules! number {
    ($name:ident) => {
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(self.0))))
            }
        }
        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                FromSql::column_result(value).map(Self)
            }
        }
    };
}

blob!(Hash);
blob!(StreamId);
number!(Tenant);
number!(Writer);
number!(WebhookId);

/// An instant, by its column.
pub(in crate::sqlite) fn instant(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Instant> {
    row.get(at).map(Instant::from_ms)
}

/// An instant that may be missing, by its column.
pub(in crate::sqlite) fn some_instant(
    row: &rusqlite::Row<'_>,
    at: usize,
) -> rusqlite::Result<Option<Instant>> {
    Ok(row.get::<_, Option<i64>>(at)?.map(Instant::from_ms))
}

/// A column that is 0 or 1.
pub(in crate::sqlite) fn flag(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<bool> {
    match row.get(at)? {
        0 => Ok(false),
        1 => Ok(true),
        // Lists that ask for one of the two would not find it.
        other => Err(rusqlite::Error::IntegralValueOutOfRange(at, other)),
    }
}

/// A count as SQLite holds it.
pub(in crate::sqlite) fn signed(count: u64) -> Result<i64, Failure> {
    i64::try_from(count)
        .map_err(|_| Failure::Unavailable(format!("{count} is larger than SQLite keeps")))
}

/// A count as it was given.
pub(in crate::sqlite) fn unsigned(count: i64) -> Result<u64, Failure> {
    u64::try_from(count).map_err(|_| Failure::Damaged(format!("{count} is no count")))
}
