//! Versions of protocols.

use crate::cases::{Failure, Hash, ProtocolText, Protocols, Tenant};
use crate::postgres::place::Postgres;
use crate::postgres::streams::read::{get, hash, maybe_instant};
use engine::time::Instant;
use tokio_postgres::Row;

/// The versions, as [`protocol`] reads them.
pub(super) const VERSIONS: &str =
    "SELECT hash, id, version, folder, names, active_from FROM protocol";

impl Protocols for Postgres {
    fn add_protocol(&self, tenant: Tenant, protocol: &ProtocolText) -> Result<(), Failure> {
        let sql = "INSERT INTO protocol (tenant, hash, id, version, folder, names, active_from) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant, hash) DO NOTHING";
        let ProtocolText { hash, id, version, folder, names, active_from } = protocol;
        let (hash, from_ms) = (hash.0.as_slice(), active_from.map(Instant::ms));
        self.change(sql, &[&tenant.0, &hash, id, version, folder, names, &from_ms]).map(|_| ())
    }

    fn protocol(&self, tenant: Tenant, hash: Hash) -> Result<Option<ProtocolText>, Failure> {
        let sql = format!("{VERSIONS} WHERE tenant = $1 AND hash = $2");
        let rows = self.ask(&sql, &[&tenant.0, &hash.0.as_slice()])?;
        rows.first().map(protocol).transpose()
    }

    fn protocols(&self, tenant: Tenant) -> Result<Vec<ProtocolText>, Failure> {
        let sql = format!("{VERSIONS} WHERE tenant = $1 ORDER BY id COLLATE \"C\", hash");
        self.ask(&sql, &[&tenant.0])?.iter().map(protocol).collect()
    }

    fn activate(&self, tenant: Tenant, hash: Hash, from: Instant) -> Result<bool, Failure> {
        let sql =
            "UPDATE protocol SET active_from = $3 WHERE tenant = $1 AND hash = $2 RETURNING 1";
        let rows = self.change(sql, &[&tenant.0, &hash.0.as_slice(), &from.ms()])?;
        Ok(!rows.is_empty())
    }
}

/// A version, from its row.
pub(super) fn protocol(row: &Row) -> Result<ProtocolText, Failure> {
    Ok(ProtocolText {
        hash: hash(row, 0)?,
        id: get(row, 1)?,
        version: get(row, 2)?,
        folder: get(row, 3)?,
        names: get(row, 4)?,
        active_from: maybe_instant(row, 5)?,
    })
}
