//! Tenants, writers, and whether anything can be written.

use crate::cases::{Failure, Others, Place, Tenant, Writer};
use crate::sqlite::Sqlite;
use rusqlite::OptionalExtension;

impl Place for Sqlite {
    fn take_writer(&self) -> Result<Writer, Failure> {
        self.change(|transaction| {
            let sql = "UPDATE writer SET last = last + 1 RETURNING last";
            Ok(transaction.query_row(sql, [], |row| row.get(0))?)
        })
    }

    fn others(&self) -> Result<Option<Others>, Failure> {
        self.left_by_others().map(Some)
    }

    fn tenant(&self, name: &str) -> Result<Tenant, Failure> {
        let kept = "SELECT tenant FROM tenant WHERE name = ?1";
        let found = self.read(|connection| {
            let mut select = connection.prepare_cached(kept)?;
            Ok(select.query_row([name], |row| row.get(0)).optional()?)
        })?;
        if let Some(tenant) = found {
            return Ok(tenant);
        }
        self.change(|transaction| {
            let sql = "INSERT INTO tenant (name) VALUES (?1) ON CONFLICT (name) DO NOTHING";
            transaction.execute(sql, [name])?;
            Ok(transaction.query_row(kept, [name], |row| row.get(0))?)
        })
    }

    fn tenants(&self) -> Result<Vec<(Tenant, String)>, Failure> {
        self.read(|connection| {
            let mut select =
                connection.prepare_cached("SELECT tenant, name FROM tenant ORDER BY tenant")?;
            let found = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    fn writable(&self) -> Result<(), Failure> {
        self.change(|transaction| {
            transaction.prepare_cached("UPDATE probe SET tries = tries + 1")?.execute([])?;
            Ok(())
        })
    }
}
