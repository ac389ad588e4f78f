//! Values of ours from the columns of a row, and the other way.

use crate::cases::{Decided, Failure, Hash, Standing, StreamId, StreamKind, Writer};
use engine::time::Instant;
use tokio_postgres::Row;
use tokio_postgres::types::FromSql;
use uuid::Uuid;

/// The columns of a standing, from a table called `s`, in the order of [`standing`].
pub(in crate::postgres) const STANDING: &str = "s.stream, s.is_stop, s.on_case, s.stop, s.protocol, \
     s.protocol_id, s.version, s.hash, s.ticket, s.secret, s.complainant, s.respondent, s.opened_at, s.stage, \
     s.rung, s.severity, s.closed, s.breached, s.due_at, s.acts_at";
/// How many they are.
pub(in crate::postgres) const STANDING_COLUMNS: usize = 20;

/// The columns of a decision, from a table called `d`, in the order of [`decided`].
pub(in crate::postgres) const DECIDED: &str =
    "d.stream, d.version, d.writer, d.page, d.place, d.body, d.hash";

/// The value of a column.
///
/// # Errors
/// It is not what the schema says.
pub(in crate::postgres) fn get<'r, T: FromSql<'r>>(row: &'r Row, at: usize) -> Result<T, Failure> {
    row.try_get(at).map_err(|error| Failure::Damaged(error.to_string()))
}

pub(in crate::postgres) fn stream(row: &Row, at: usize) -> Result<StreamId, Failure> {
    get::<Uuid>(row, at).map(|it| StreamId(it.into_bytes()))
}

pub(in crate::postgres) fn hash(row: &Row, at: usize) -> Result<Hash, Failure> {
    as_hash(get(row, at)?)
}

pub(in crate::postgres) fn maybe_hash(row: &Row, at: usize) -> Result<Option<Hash>, Failure> {
    get::<Option<&[u8]>>(row, at)?.map(as_hash).transpose()
}

pub(in crate::postgres) fn instant(row: &Row, at: usize) -> Result<Instant, Failure> {
    get(row, at).map(Instant::from_ms)
}

pub(in crate::postgres) fn maybe_instant(row: &Row, at: usize) -> Result<Option<Instant>, Failure> {
    Ok(get::<Option<i64>>(row, at)?.map(Instant::from_ms))
}

/// A number that is kept as a wider one than it is.
pub(in crate::postgres) fn narrow<'r, W, T>(row: &'r Row, at: usize) -> Result<T, Failure>
where
    W: FromSql<'r>,
    T: TryFrom<W>,
{
    let outside = |_| Failure::Damaged(format!("column {at} has a number out of range"));
    T::try_from(get::<W>(row, at)?).map_err(outside)
}

/// When a duty is due, from its two columns.
pub(in crate::postgres) fn due(row: &Row, at: usize) -> Result<Option<Instant>, Failure> {
    let undue: bool = get(row, at)?;
    Ok(if undue { None } else { Some(instant(row, at + 1)?) })
}

/// When a duty is due, as its two columns: what is not due sorts after everything that is.
pub(in crate::postgres) fn due_columns(due: Option<Instant>) -> (bool, i64) {
    due.map_or((true, 0), |it| (false, it.ms()))
}

pub(in crate::postgres) fn uuid(stream: StreamId) -> Uuid {
    Uuid::from_bytes(stream.0)
}

/// A number of a page, which the database keeps with a sign.
///
/// # Errors
/// It is greater than what the database can keep.
pub(in crate::postgres) fn number(number: u64) -> Result<i64, Failure> {
    i64::try_from(number).map_err(|_| Failure::Damaged(format!("{number} cannot be kept")))
}

/// The standing in the columns [`STANDING`], the first of which is at a place.
pub(in crate::postgres) fn standing(row: &Row, from: usize) -> Result<Standing, Failure> {
    let is_stop = get(row, from + 1)?;
    Ok(Standing {
        stream: stream(row, from)?,
        kind: if is_stop { StreamKind::Stop } else { StreamKind::Case },
        on: get::<Option<Uuid>>(row, from + 2)?.map(|it| StreamId(it.into_bytes())),
        stop: get(row, from + 3)?,
        protocol: hash(row, from + 4)?,
        protocol_id: get(row, from + 5)?,
        version: narrow::<i64, _>(row, from + 6)?,
        hash: hash(row, from + 7)?,
        ticket: get(row, from + 8)?,
        secret: maybe_hash(row, from + 9)?,
        complainant: get(row, from + 10)?,
        respondent: get(row, from + 11)?,
        opened_at: instant(row, from + 12)?,
        stage: get(row, from + 13)?,
        rung: get(row, from + 14)?,
        severity: get(row, from + 15)?,
        closed: get(row, from + 16)?,
        breached: get(row, from + 17)?,
        due_at: maybe_instant(row, from + 18)?,
        acts_at: maybe_instant(row, from + 19)?,
    })
}

/// The decision in the columns [`DECIDED`].
pub(in crate::postgres) fn decided(row: &Row) -> Result<Decided, Failure> {
    Ok(Decided {
        stream: stream(row, 0)?,
        version: narrow::<i64, _>(row, 1)?,
        page: (Writer(get(row, 2)?), narrow::<i64, _>(row, 3)?),
        place: narrow::<i64, _>(row, 4)?,
        body: get(row, 5)?,
        hash: hash(row, 6)?,
    })
}

fn as_hash(bytes: &[u8]) -> Result<Hash, Failure> {
    let bytes = bytes.try_into().map_err(|_| Failure::Damaged("a hash is not 32 bytes".into()))?;
    Ok(Hash(bytes))
}
