//! Personal values and their keys.

use crate::cases::{Erasure, Failure, Key, People, Sealed, StreamId, Tenant};
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
                    VALUES ($1, $2, $3, $4) ON CONFLICT (tenant, person) \
                    DO UPDATE SET wrapped = excluded.wrapped WHERE person_key.wrapped IS NULL";
        let destroyed_at = new.destroyed_at.map(Instant::ms);
        self.change(keep, &[&tenant.0, &new.person, &new.wrapped, &destroyed_at])?;
        let kept = self.key(tenant, &new.person)?;
        kept.ok_or_else(|| Failure::Damaged("a key that was kept is not there".to_owned()))
    }

    fn destroy_key(&self, tenant: Tenant, person: &str, at: Instant) -> Result<(), Failure> {
        // A key that is gone already went when it went.
        let destroy = "UPDATE person_key SET wrapped = NULL, destroyed_at = $3 \
                       WHERE tenant = $1 AND person = $2 AND wrapped IS NOT NULL";
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

    fn erase(&self, tenant: Tenant, erasure: &Erasure) -> Result<u64, Failure> {
        // First the keys: whoever seals with one at this moment has either written, and is seen
        // below, or finds that it is gone.
        let destroy = "UPDATE person_key SET wrapped = NULL, destroyed_at = $3 \
                       WHERE tenant = $1 AND person = ANY ($2::text[]) AND wrapped IS NOT NULL";
        let stand = "SELECT 1 FROM standing s JOIN unnest($2::uuid[], $3::int8[]) AS n (stream, version) \
                     ON s.stream = n.stream AND s.version = n.version \
                     WHERE s.tenant = $1 ORDER BY s.stream FOR UPDATE OF s";
        let others = "SELECT 1 FROM standing WHERE tenant = $1 AND complainant = $2 \
                      AND NOT stream = ANY ($3::uuid[])";
        let delete = "DELETE FROM sealed d USING unnest($2::uuid[], $3::text[]) AS n (stream, slot) \
                      WHERE d.tenant = $1 AND d.stream = n.stream AND d.slot = n.slot RETURNING 1";
        let Erasure { person, streams, values, keys, at } = erasure;
        let ids: Vec<Uuid> = streams.iter().map(|it| uuid(it.0)).collect();
        let versions: Vec<i64> = streams.iter().map(|it| i64::from(it.1)).collect();
        let of: Vec<Uuid> = values.iter().map(|it| uuid(it.0)).collect();
        let slots: Vec<&String> = values.iter().map(|it| &it.1).collect();
        let at_ms = at.ms();
        let asked = [
            Asked::new(destroy, &[&tenant.0, keys, &at_ms]),
            Asked { rows: Some(ids.len()), ..Asked::new(stand, &[&tenant.0, &ids, &versions]) },
            Asked { rows: Some(0), ..Asked::new(others, &[&tenant.0, person, &ids]) },
            Asked::new(delete, &[&tenant.0, &of, &slots]),
        ];
        let answers = self.writers().with(|connection| connection.commit(&asked))?;
        Ok(answers.get(3).map_or(0, Vec::len) as u64)
    }
}

pub(super) fn key(row: &Row) -> Result<Key, Failure> {
    Ok(Key { person: get(row, 0)?, wrapped: get(row, 1)?, destroyed_at: maybe_instant(row, 2)? })
}

fn sealed(row: &Row) -> Result<Sealed, Failure> {
    Ok(Sealed { stream: stream(row, 0)?, slot: get(row, 1)?, bytes: get(row, 2)? })
}
