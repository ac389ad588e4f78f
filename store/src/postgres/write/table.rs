//! What is done with rows that are sent, said once for many rows and for one.

use std::sync::OnceLock;

/// What is done with some rows. `{rows}` in its text is where they come from; they are called `n`
/// there.
///
/// Many rows come as one array for each column. A single row comes as plain values: the database
/// then takes about two thirds of the time.
pub(super) struct Table {
    columns: &'static [(&'static str, &'static str)],
    sql: &'static str,
    many: OnceLock<String>,
    one: OnceLock<String>,
}

impl Table {
    /// What is done with rows of these columns, each with its type.
    pub(super) const fn new(
        columns: &'static [(&'static str, &'static str)],
        sql: &'static str,
    ) -> Self {
        Self { columns, sql, many: OnceLock::new(), one: OnceLock::new() }
    }

    /// The statement for many rows.
    pub(super) fn many(&self) -> &str {
        self.many.get_or_init(|| self.with("unnest(", "[]", ")"))
    }

    /// The statement for one row.
    pub(super) fn one(&self) -> &str {
        self.one.get_or_init(|| self.with("(VALUES (", "", "))"))
    }

    fn with(&self, before: &str, after_type: &str, after: &str) -> String {
        let numbered = self.columns.iter().enumerate();
        let values: Vec<String> =
            numbered.map(|(at, (_, kind))| format!("${}::{kind}{after_type}", at + 1)).collect();
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        let (values, names) = (values.join(", "), names.join(", "));
        self.sql.replace("{rows}", &format!("{before}{values}{after} AS n ({names})"))
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn rows_come_as_arrays_and_one_as_values() {
        let table =
            Table::new(&[("a", "int4"), ("b", "text")], "INSERT INTO t SELECT * FROM {rows}");
        let many = "INSERT INTO t SELECT * FROM unnest($1::int4[], $2::text[]) AS n (a, b)";
        let one = "INSERT INTO t SELECT * FROM (VALUES ($1::int4, $2::text)) AS n (a, b)";
        assert_eq!((table.many(), table.one()), (many, one));
    }
}
