//! Rows that are sent: one list for each column, or, for a single row, the values themselves.

use crate::postgres::link::connection::Asked;
use crate::postgres::write::table::Table;
use tokio_postgres::types::ToSql;

/// The values of one column.
pub(super) trait Column {
    /// All values, as an array.
    fn all(&self) -> &(dyn ToSql + Sync);
    /// The first value.
    fn first(&self) -> Option<&(dyn ToSql + Sync)>;
}

impl<T: ToSql + Sync> Column for Vec<T>
where
    Self: ToSql,
{
    fn all(&self) -> &(dyn ToSql + Sync) {
        self
    }

    fn first(&self) -> Option<&(dyn ToSql + Sync)> {
        self.as_slice().first().map(|it| it as &(dyn ToSql + Sync))
    }
}

/// The statement that takes these columns; none where there is no row.
pub(super) fn asked<'a>(
    table: &'static Table,
    n_rows: usize,
    columns: &[&'a dyn Column],
) -> Option<Asked<'a>> {
    let (sql, parameters): (&str, Vec<_>) = match n_rows {
        0 => return None,
        1 => (table.one(), columns.iter().filter_map(|it| it.first()).collect()),
        _ => (table.many(), columns.iter().map(|it| it.all()).collect()),
    };
    Some(Asked::new(sql, &parameters))
}
