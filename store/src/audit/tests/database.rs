//! A database that a test writes to behind the back of its place.

use std::path::PathBuf;
use std::sync::Arc;

use rusqlite::Connection;

use crate::audit::tests::history::fill;
use crate::cases::{Failure, Place};
use crate::postgres::Postgres;
use crate::postgres::test_cluster::{self, Database};
use crate::sqlite::Sqlite;
use crate::test_folder::Folder;

/// A table: the columns of its key, and the others with their types.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) key: Vec<String>,
    pub(super) columns: Vec<(String, String)>,
    pub(super) n_rows: usize,
}

/// A filled store that can be changed by anybody, and be brought back to what it was.
pub(super) trait Behind {
    /// The place as it is now.
    fn open(&self) -> Result<Arc<dyn Place>, Failure>;
    /// All tables.
    fn tables(&self) -> Vec<Table>;
    /// Runs statements; whether the database took them.
    fn run(&self, sql: &str) -> bool;
    /// Brings everything back to what was written.
    fn mend(&self);
    /// Puts back what was there before the second writer began.
    fn back(&self);
    /// Whether a table holds something that it did not.
    fn differs(&self, table: &str) -> bool;
    /// Another value for a column.
    fn other(&self, column: &str, kind: &str) -> String;
}

pub(super) struct File {
    folder: Arc<Folder>,
    connection: Connection,
    tables: Vec<String>,
}

impl File {
    pub(super) fn new(test: &str) -> Self {
        let folder = Arc::new(Folder::new(&format!("audit-{test}"), &[]));
        let path = folder.0.join("cases.db");
        let place: Arc<dyn Place> = Arc::new(Sqlite::open(&path).unwrap());
        let early = folder.0.join("early.db");
        fill(&folder, &place, &|| {
            let now = Connection::open(&path).unwrap();
            now.execute("VACUUM INTO ?1", [early.to_str().unwrap()]).unwrap();
        });
        drop(place);
        let connection = Connection::open(&path).unwrap();
        let kept = folder.0.join("kept.db");
        connection.execute("VACUUM INTO ?1", [kept.to_str().unwrap()]).unwrap();
        connection.execute("ATTACH ?1 AS kept", [kept.to_str().unwrap()]).unwrap();
        connection.execute("ATTACH ?1 AS early", [early.to_str().unwrap()]).unwrap();
        connection.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF;").unwrap();
        let names = "SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name";
        let tables = connection
            .prepare(names)
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        Self { folder, connection, tables }
    }

    fn path(&self) -> PathBuf {
        self.folder.0.join("cases.db")
    }

    fn put(&self, from: &str) {
        let each = self.tables.iter().map(|it| {
            format!("DELETE FROM main.{it}; INSERT INTO main.{it} SELECT * FROM {from}.{it};")
        });
        let all = each.collect::<String>();
        assert!(self.run(&format!("{all} DROP TABLE IF EXISTS main.two")));
    }
}

impl Behind for File {
    fn open(&self) -> Result<Arc<dyn Place>, Failure> {
        Ok(Arc::new(Sqlite::open(&self.path())?))
    }

    fn tables(&self) -> Vec<Table> {
        let table = |name: &String| {
            let sql = format!("SELECT name, type, pk FROM pragma_table_info('{name}')");
            let mut select = self.connection.prepare(&sql).unwrap();
            let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
            let all: Vec<(String, String, i64)> = rows.unwrap().map(Result::unwrap).collect();
            let key = all.iter().filter(|it| it.2 > 0).map(|it| it.0.clone()).collect();
            let columns = all.into_iter().map(|it| (it.0, it.1)).collect();
            let sql = format!("SELECT count(*) FROM main.{name}");
            let n_rows: i64 = self.connection.query_row(&sql, [], |row| row.get(0)).unwrap();
            let n_rows = usize::try_from(n_rows).unwrap();
            Table { name: name.clone(), key, columns, n_rows }
        };
        self.tables.iter().map(table).collect()
    }

    fn run(&self, sql: &str) -> bool {
        let done = self.connection.execute_batch(&format!("BEGIN; {sql}; COMMIT"));
        if done.is_err() {
            self.connection.execute_batch("ROLLBACK").unwrap();
        }
        done.is_ok()
    }

    fn mend(&self) {
        self.put("kept");
    }

    fn back(&self) {
        self.put("early");
    }

    fn differs(&self, table: &str) -> bool {
        let more = |one: &str, than: &str| {
            let sql = format!("SELECT * FROM {one}.{table} EXCEPT SELECT * FROM {than}.{table}");
            self.connection.prepare(&sql).unwrap().exists([]).unwrap()
        };
        more("main", "kept") || more("kept", "main")
    }

    fn other(&self, column: &str, kind: &str) -> String {
        match kind {
            "INTEGER" => format!("coalesce({column}, 0) + 1"),
            "TEXT" => format!("coalesce({column}, '') || 'x'"),
            _ => format!("coalesce(zeroblob(max(length({column}), 1)), x'00')"),
        }
    }
}

pub(super) struct Server {
    _folder: Arc<Folder>,
    database: Database,
    tables: Vec<String>,
}

impl Server {
    /// A filled database; none, said so, where there is no PostgreSQL.
    pub(super) fn new(test: &str) -> Option<Self> {
        test_cluster::binaries().map_err(|why| test_cluster::not_run(&why)).ok()?;
        let database = test_cluster::database().unwrap();
        let folder = Arc::new(Folder::new(&format!("audit-pg-{test}"), &[]));
        let place = Postgres::connect(&database.url, &Default::default()).unwrap();
        let place: Arc<dyn Place> = Arc::new(place);
        let sql = "SELECT table_name::text, '' FROM information_schema.tables \
                   WHERE table_schema = 'public' ORDER BY 1";
        let tables = test_cluster::pairs(&database.url, sql).unwrap();
        let tables: Vec<String> = tables.into_iter().map(|it| it.0).collect();
        let copy = |to: &str| {
            let each = tables.iter().map(|it| format!("CREATE TABLE {to}_{it} AS TABLE {it};"));
            test_cluster::run(&database.url, &each.collect::<String>()).unwrap();
        };
        fill(&folder, &place, &|| copy("early"));
        drop(place);
        copy("kept");
        Some(Self { _folder: folder, database, tables })
    }

    fn ask(&self, sql: &str) -> Vec<(String, String)> {
        test_cluster::pairs(&self.database.url, sql).unwrap()
    }

    fn put(&self, from: &str) {
        let each = self
            .tables
            .iter()
            .map(|it| format!("DELETE FROM {it}; INSERT INTO {it} SELECT * FROM {from}_{it};"));
        let all = each.collect::<String>();
        assert!(self.run(&format!("{all} DROP TABLE IF EXISTS two")));
    }
}

impl Behind for Server {
    fn open(&self) -> Result<Arc<dyn Place>, Failure> {
        Ok(Arc::new(Postgres::connect(&self.database.url, &Default::default())?))
    }

    fn tables(&self) -> Vec<Table> {
        let table = |name: &String| {
            let columns = self.ask(&format!(
                "SELECT column_name::text, data_type::text FROM information_schema.columns \
                 WHERE table_schema = 'public' AND table_name = '{name}' ORDER BY ordinal_position"
            ));
            let key = self.ask(&format!(
                "SELECT k.column_name::text, '' FROM information_schema.key_column_usage k \
                 JOIN information_schema.table_constraints c USING (constraint_name, table_name) \
                 WHERE c.constraint_type = 'PRIMARY KEY' AND k.table_name = '{name}' \
                 ORDER BY k.ordinal_position"
            ));
            let n_rows = self.ask(&format!("SELECT count(*)::text, '' FROM {name}"));
            let n_rows = n_rows[0].0.parse().unwrap();
            let key = key.into_iter().map(|it| it.0).collect();
            Table { name: name.clone(), key, columns, n_rows }
        };
        self.tables.iter().map(table).collect()
    }

    fn run(&self, sql: &str) -> bool {
        test_cluster::run(&self.database.url, &format!("BEGIN; {sql}; COMMIT")).is_ok()
    }

    fn mend(&self) {
        self.put("kept");
    }

    fn back(&self) {
        self.put("early");
    }

    fn differs(&self, table: &str) -> bool {
        let more = |one: &str, than: &str| {
            let sql =
                format!("SELECT '', '' FROM (SELECT * FROM {one} EXCEPT SELECT * FROM {than}) x");
            !self.ask(&sql).is_empty()
        };
        let kept = format!("kept_{table}");
        more(table, &kept) || more(&kept, table)
    }

    fn other(&self, column: &str, kind: &str) -> String {
        match kind {
            "integer" | "bigint" => format!("coalesce({column}, 0) + 1"),
            "text" => format!("coalesce({column}, '') || 'x'"),
            "boolean" => format!("NOT {column}"),
            "bytea" => format!(
                "coalesce(decode(repeat('00', greatest(length({column}), 1)), 'hex'), '\\x00')"
            ),
            "uuid" => "'00000000-0000-0000-0000-000000000000'::uuid".to_owned(),
            "ARRAY" => format!("array_append({column}, 'x')"),
            _ => "now() + interval '1 hour'".to_owned(),
        }
    }
}
