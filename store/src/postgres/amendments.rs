//! Amendments of calendars.

use crate::cases::{Amendments, Failure, KeptAmendment, Reached, StreamId, Tenant};
use crate::postgres::place::Postgres;
use crate::postgres::streams::read::{get, hash, stream, uuid};
use tokio_postgres::Row;
use uuid::Uuid;

impl Amendments for Postgres {
    fn add_amendment(&self, tenant: Tenant, amendment: &KeptAmendment) -> Result<(), Failure> {
        // A number is taken by its primary key; one after a gap finds no row before it.
        let sql = "INSERT INTO amendment (tenant, number, body, hash, reached, done) \
                   SELECT $1::int4, $2::int8, $3::bytea, $4::bytea, $5::uuid, $6::bool WHERE $2::int8 = 1 OR EXISTS \
                   (SELECT 1 FROM amendment WHERE tenant = $1::int4 AND number = $2::int8 - 1) RETURNING 1";
        let KeptAmendment { number, body, hash, reached } = amendment;
        let (reached, is_done) = columns(*reached);
        let (number, hash) = (i64::from(*number), hash.0.as_slice());
        let rows = self.change(sql, &[&tenant.0, &number, body, &hash, &reached, &is_done])?;
        if rows.is_empty() { Err(Failure::Overtaken) } else { Ok(()) }
    }

    fn amendments(&self, tenant: Tenant) -> Result<Vec<KeptAmendment>, Failure> {
        let sql = "SELECT number, body, hash, reached, done FROM amendment \
                   WHERE tenant = $1 ORDER BY number";
        self.ask(sql, &[&tenant.0])?.iter().map(amendment).collect()
    }

    fn set_reached(&self, tenant: Tenant, number: u32, reached: Reached) -> Result<(), Failure> {
        let sql = "UPDATE amendment SET reached = $3, done = $4 WHERE tenant = $1 AND number = $2";
        let (reached, is_done) = columns(reached);
        self.change(sql, &[&tenant.0, &i64::from(number), &reached, &is_done]).map(|_| ())
    }

    fn open_streams(
        &self,
        tenant: Tenant,
        after: Option<StreamId>,
        limit: u32,
    ) -> Result<Vec<StreamId>, Failure> {
        let sql = "SELECT stream FROM standing WHERE tenant = $1 AND NOT closed \
                   AND ($2::uuid IS NULL OR stream > $2) ORDER BY stream LIMIT $3";
        let after = after.map(uuid);
        let rows = self.ask(sql, &[&tenant.0, &after, &i64::from(limit)])?;
        rows.iter().map(|row| stream(row, 0)).collect()
    }
}

fn columns(reached: Reached) -> (Option<Uuid>, bool) {
    match reached {
        Reached::UpTo(stream) => (stream.map(uuid), false),
        Reached::All => (None, true),
    }
}

fn amendment(row: &Row) -> Result<KeptAmendment, Failure> {
    let number: i64 = get(row, 0)?;
    let number = u32::try_from(number)
        .map_err(|_| Failure::Damaged(format!("{number} is no number of an amendment")))?;
    let reached: Option<Uuid> = get(row, 3)?;
    let reached = match get(row, 4)? {
        true => Reached::All,
        false => Reached::UpTo(reached.map(|it| StreamId(it.into_bytes()))),
    };
    Ok(KeptAmendment { number, body: get(row, 1)?, hash: hash(row, 2)?, reached })
}
