//! Personal values and their keys.

use crate::cases::{Failure, Key, People, Sealed, StreamId, Tenant};
use crate::postgres::link::connection::Asked;
use crate::postgres::place::Postgres;
use crate::postgres::streams::read::{get, maybe_instant, stream, uuid};
use engine::time::Instant;
use tokio_postgres::Row;
use uuid::Uuid;

impl People for Postgres {
    fn key(&self, tenant: Tenant, person: &str) -> Result<Option<Key>, Failure> {
        let sql = "SELECT person, wrapped, destroyed_at FROM person_key \
                   WHERE tenant = $1 AND person = $2";
        self.ask(sql, &[&tenant.0, &person])?.first().map(key).transpose()
    }

    fn keep_key(&self, tenant: Tenant, new: &Key) -> Result<Key, Failure> {
        let keep = "INSERT INTO person_key (tenant, person, wrapped, destroyed_at) \
                    VALUES ($1, $2, $3, $4) ON CONFLICT (tenant, person) DO NOTHING";
        let destroyed_at = new.destroyed_at.map(Instant::ms);
        self.change(keep, &[&tenant.0, &new.person, &new.wrapped, &destroyed_at])?;
        let kept = self.key(tenant, &new.person)?;
        kept.ok_or_else(|| Failure::Damaged("a key that was kept is not there".to_owned()))
    }

    fn destroy_key(&self, tenant: Tenant, person: &str, at: Instant) -> Result<(), Failure> {
        // When it was destroyed stays what it was, however often it is destroyed.
        let destroy = "UPDATE person_key SET wrapped = NULL, \
                       destroyed_at = coalesce(destroyed_at, $3) WHERE tenant = $1 AND person = $2";
        // A case without a person has a key of its own, under its id, and its stops have the same.
        let delete = "DELETE FROM sealed WHERE tenant = $1 AND stream IN \
                      (SELECT stream FROM standing WHERE tenant = $1 AND complainant = $2 \
                      UNION ALL SELECT stream FROM standing \
                      WHERE tenant = $1 AND stream = $3 AND complainant IS NULL \
                      UNION ALL SELECT stream FROM standing \
                      WHERE tenant = $1 AND on_case = $3 AND complainant IS NULL)";
        let at_ms = at.ms();
        let case = Uuid::try_parse(person).ok().filter(|it| it.to_string() == person);
        let asked = [
            Asked::new(destroy, &[&tenant.0, &person, &at_ms]),
            Asked::new(delete, &[&tenant.0, &person, &case]),
        ];
        self.writers().with(|connection| connection.commit(&asked)).map(|_| ())
    }

    fn sealed(&self, tenant: Tenant, stream: StreamId) -> Result<Vec<Sealed>, Failure> {
        let sql = "SELECT stream, slot, bytes FROM sealed WHERE tenant = $1 AND stream = $2 \
                   ORDER BY slot COLLATE \"C\"";
        self.ask(sql, &[&tenant.0, &uuid(stream)])?.iter().map(sealed).collect()
    }

    fn delete_sealed(
        &self,
        tenant: Tenant,
        stream: StreamId,
        slots: &[String],
    ) -> Result<u64, Failure> {
        let sql = "DELETE FROM sealed WHERE tenant = $1 AND stream = $2 \
                   AND slot = ANY ($3::text[]) RETURNING 1";
        let slots: Vec<&String> = slots.iter().filter(|it| !it.contains('\0')).collect();
        Ok(self.change(sql, &[&tenant.0, &uuid(stream), &slots])?.len() as u64)
    }
}

fn key(row: &Row) -> Result<Key, Failure> {
    Ok(Key { person: get(row, 0)?, wrapped: get(row, 1)?, destroyed_at: maybe_instant(row, 2)? })
}

fn sealed(row: &Row) -> Result<Sealed, Failure> {
    Ok(Sealed { stream: stream(row, 0)?, slot: get(row, 1)?, bytes: get(row, 2)? })
}
