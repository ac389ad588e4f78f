//! Versions of protocols, and the numbers by which streams name them.

use crate::cases::{Failure, Hash, ProtocolText, Protocols, Tenant};
use crate::sqlite::Sqlite;
use crate::sqlite::file::some_instant;
use engine::time::Instant;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

/// How a stream names its protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// The version, unique within the tenant.
    pub(super) number: i64,
    /// All versions of the same id.
    pub(super) family: i64,
}

/// The numbers that were read. A version never gets another one.
#[derive(Debug, Default)]
pub(super) struct Known {
    by_hash: RwLock<BTreeMap<(Tenant, Hash), (Number, String)>>,
    by_number: RwLock<BTreeMap<(Tenant, i64), (Hash, String)>>,
}

impl Known {
    /// Hash and id of a version by its number.
    pub(super) fn named(
        &self,
        connection: &Connection,
        tenant: Tenant,
        number: i64,
    ) -> Result<(Hash, String), Failure> {
        let known = self.by_number.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(&(tenant, number)) {
            return Ok(found.clone());
        }
        drop(known);
        let found: Option<(Hash, String)> = connection
            .prepare_cached("SELECT hash, id FROM protocol WHERE tenant = ?1 AND number = ?2")?
            .query_row(params![tenant, number], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some(found) = found else {
            return Err(Failure::Damaged(format!("the protocol with number {number} is gone")));
        };
        let mut known = self.by_number.write().unwrap_or_else(PoisonError::into_inner);
        known.insert((tenant, number), found.clone());
        Ok(found)
    }

    /// The number of a version that was committed; nothing where it is not kept.
    pub(super) fn numbered(
        &self,
        connection: &Connection,
        tenant: Tenant,
        hash: Hash,
        id: &str,
    ) -> Result<Option<Number>, Failure> {
        let known = self.by_hash.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((number, kept)) = known.get(&(tenant, hash)) {
            return Ok((kept == id).then_some(*number));
        }
        drop(known);
        let found: Option<(Number, String)> = connection
            .prepare_cached(
                "SELECT number, family, id FROM protocol WHERE tenant = ?1 AND hash = ?2",
            )?
            .query_row(params![tenant, hash], |row| {
                Ok((Number { number: row.get(0)?, family: row.get(1)? }, row.get(2)?))
            })
            .optional()?;
        let Some((number, kept)) = found else { return Ok(None) };
        let answer = (kept == id).then_some(number);
        let mut known = self.by_hash.write().unwrap_or_else(PoisonError::into_inner);
        known.insert((tenant, hash), (number, kept));
        Ok(answer)
    }
}

const TEXT: &str = "hash, id, version, folder, names, active_from";

impl Protocols for Sqlite {
    fn add_protocol(&self, tenant: Tenant, protocol: &ProtocolText) -> Result<(), Failure> {
        self.change(|transaction| {
            let number: i64 = transaction.query_row(
                "SELECT coalesce(max(number), 0) + 1 FROM protocol WHERE tenant = ?1",
                [tenant],
                |row| row.get(0),
            )?;
            let family: Option<i64> = transaction.query_row(
                "SELECT min(family) FROM protocol WHERE tenant = ?1 AND id = ?2",
                params![tenant, protocol.id],
                |row| row.get(0),
            )?;
            transaction.execute(
                "INSERT INTO protocol (tenant, number, family, hash, id, version, folder, names, \
                   active_from) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (tenant, hash) DO NOTHING",
                params![
                    tenant,
                    number,
                    family.unwrap_or(number),
                    protocol.hash,
                    protocol.id,
                    protocol.version,
                    protocol.folder,
                    protocol.names,
                    protocol.active_from.map(Instant::ms),
                ],
            )?;
            Ok(())
        })
    }

    fn protocol(&self, tenant: Tenant, hash: Hash) -> Result<Option<ProtocolText>, Failure> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(&format!(
                    "SELECT {TEXT} FROM protocol WHERE tenant = ?1 AND hash = ?2"
                ))?
                .query_row(params![tenant, hash], text)
                .optional()?)
        })
    }

    fn protocols(&self, tenant: Tenant) -> Result<Vec<ProtocolText>, Failure> {
        self.read(|connection| {
            let mut found = connection.prepare_cached(&format!(
                "SELECT {TEXT} FROM protocol WHERE tenant = ?1 ORDER BY id, hash"
            ))?;
            Ok(found.query_map([tenant], text)?.collect::<Result<_, _>>()?)
        })
    }

    fn activate(&self, tenant: Tenant, hash: Hash, from: Instant) -> Result<bool, Failure> {
        self.change(|transaction| {
            let changed = transaction.execute(
                "UPDATE protocol SET active_from = ?3 WHERE tenant = ?1 AND hash = ?2",
                params![tenant, hash, from.ms()],
            )?;
            Ok(changed == 1)
        })
    }
}

/// A version by its number, also while the tables are brought to their version.
pub(super) fn text_of(
    connection: &Connection,
    tenant: Tenant,
    number: i64,
) -> Result<ProtocolText, Failure> {
    let sql = format!("SELECT {TEXT} FROM protocol WHERE tenant = ?1 AND number = ?2");
    Ok(connection.query_row(&sql, params![tenant, number], text)?)
}

fn text(row: &Row<'_>) -> rusqlite::Result<ProtocolText> {
    Ok(ProtocolText {
        hash: row.get(0)?,
        id: row.get(1)?,
        version: row.get(2)?,
        folder: row.get(3)?,
        names: row.get(4)?,
        active_from: some_instant(row, 5)?,
    })
}
