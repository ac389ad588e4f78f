//! Backups over both databases, and from each to each.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use engine::time::Instant;

use crate::audit::tests::history::{fill as fill_with_history, with_vault};
use crate::audit::{Anchor, audit};
use crate::cases::{Cell, CopiedRow, Failure, FeedCursor, MessageState, Place, TABLES};
use crate::copy::{backup, fill, verify};
use crate::keeper::world::{World, hours};
use crate::postgres::Postgres;
use crate::postgres::test_cluster::{self, Database};
use crate::sqlite::Sqlite;
use crate::test_folder::Folder;

/// Empty places of both kinds.
struct Places {
    folder: Arc<Folder>,
    databases: Vec<Database>,
    n: usize,
}

impl Places {
    fn new(test: &str) -> Self {
        let folder = Arc::new(Folder::new(&format!("copy-{test}"), &[]));
        Self { folder, databases: Vec::new(), n: 0 }
    }

    fn path(&mut self, name: &str) -> PathBuf {
        self.n += 1;
        self.folder.0.join(format!("{}-{name}", self.n))
    }

    fn file(&mut self) -> Arc<dyn Place> {
        Arc::new(Sqlite::open(&self.path("cases.db")).unwrap())
    }

    fn server(&mut self) -> Option<Arc<dyn Place>> {
        test_cluster::binaries().map_err(|why| test_cluster::not_run(&why)).ok()?;
        let database = test_cluster::database().unwrap();
        let place = Postgres::connect(&database.url, &Default::default()).unwrap();
        self.databases.push(database);
        Some(Arc::new(place))
    }

    fn of(&mut self, is_server: bool) -> Option<Arc<dyn Place>> {
        if is_server { self.server() } else { Some(self.file()) }
    }
}

fn now() -> Instant {
    Instant::from_ms(1_795_000_000_000)
}

/// Every row, as one that tells which table it is of; in an order of its own.
fn rows(place: &dyn Place) -> Vec<(&'static str, Vec<Cell>)> {
    let mut rows = Vec::new();
    let mut take = |CopiedRow { table, cells }| {
        rows.push((TABLES[table].name, cells));
        Ok(())
    };
    place.copy_out(&mut take).unwrap();
    rows.sort_by_key(|it| format!("{it:?}"));
    rows
}

fn anchor(place: &Arc<dyn Place>, anchors: &[Anchor]) -> Anchor {
    let mut found = Vec::new();
    let done = audit(place, anchors, &mut |it| found.push(it.to_string())).unwrap();
    assert_eq!(found, [""; 0]);
    Anchor { made_at: now(), tenants: done.tenants }
}

/// From one kind of place to another, and everything is there.
fn moves(test: &str, from_server: bool, to_server: bool) {
    let mut places = Places::new(test);
    let Some(from) = places.of(from_server) else { return };
    fill_with_history(&places.folder, &from, &|| {});
    let Some(to) = places.of(to_server) else { return };
    let file = places.path("backup");
    let said = backup(from.as_ref(), &file, now()).unwrap();
    assert_eq!(said.made_at, now());
    assert_eq!(verify(&file).unwrap(), said);
    assert_eq!(fill(to.as_ref(), &file).unwrap(), said);

    assert_eq!(rows(to.as_ref()), rows(from.as_ref()));
    anchor(&to, &[anchor(&from, &[])]);
    let tenant = to.tenant("shop").unwrap();
    let feed = |place: &Arc<dyn Place>| place.feed(tenant, &FeedCursor::new(), 10_000).unwrap();
    let (mut read, mut wanted) = (feed(&to).decided, feed(&from).decided);
    assert!(read.len() > 100);
    for decided in [&mut read, &mut wanted] {
        decided.sort_by_key(|it| (it.stream, it.version));
    }
    assert_eq!(read, wanted);
    for state in [MessageState::Waiting, MessageState::Dead] {
        let messages = |place: &Arc<dyn Place>| place.messages(tenant, state, 1_000).unwrap();
        assert_eq!(messages(&to), messages(&from));
    }
    let until = Instant::MAX;
    assert_eq!(to.timers(until, 1_000).unwrap(), from.timers(until, 1_000).unwrap());
    for case in from.streams(tenant, None, 1_000).unwrap() {
        assert_eq!(to.load(tenant, &[case]).unwrap(), from.load(tenant, &[case]).unwrap());
        assert_eq!(to.owed(tenant, case).unwrap(), from.owed(tenant, case).unwrap());
    }
    // Work goes on: numbers, writers and keys are those that come next.
    let ids = crate::keeper::Options {
        ids: Arc::new(crate::keeper::RandomIds::default()),
        ..with_vault()
    };
    let world = World::begun(Arc::clone(&places.folder), &to, &ids, hours(24 * 90));
    let case = world.open("after", Some("ann"));
    world.say(case, "after-a", "acknowledged", "agent");
    anchor(&to, &[anchor(&from, &[])]);
    // Into what holds something, nothing is filled.
    let before = rows(to.as_ref());
    assert_eq!(fill(to.as_ref(), &file), Err(Failure::Overtaken));
    assert_eq!(rows(to.as_ref()), before);
    assert!(backup(from.as_ref(), &file, now()).is_err(), "a file that is there stays");
    assert_eq!(verify(&file).unwrap(), said);
}

#[test]
fn a_file_moves_into_a_file() {
    moves("file-file", false, false);
}

#[test]
fn a_file_moves_into_postgresql() {
    moves("file-server", false, true);
}

#[test]
fn postgresql_moves_into_a_file() {
    moves("server-file", true, false);
}

#[test]
fn postgresql_moves_into_postgresql() {
    moves("server-server", true, true);
}

/// Whatever is done to a backup, nothing is filled from it.
fn refuses(place: &Arc<dyn Place>, file: &Path, bytes: &[u8]) {
    std::fs::write(file, bytes).unwrap();
    let done = fill(place.as_ref(), file);
    assert!(matches!(done, Err(Failure::Damaged(_))), "{done:?}");
    assert_eq!(place.tenants().unwrap(), []);
}

#[test]
fn a_backup_that_was_cut_off_or_changed_is_refused() {
    let mut places = Places::new("changed");
    let (from, to) = (places.file(), places.file());
    fill_with_history(&places.folder, &from, &|| {});
    let (file, other) = (places.path("backup"), places.path("other"));
    backup(from.as_ref(), &file, now()).unwrap();
    let whole = std::fs::read(&file).unwrap();
    let step = (whole.len() / 97).max(1);
    for at in (0..whole.len()).step_by(step) {
        refuses(&to, &other, &whole[..at]);
        let mut changed = whole.clone();
        changed[at] ^= 1;
        refuses(&to, &other, &changed);
    }
    let more = [whole.as_slice(), b"x"].concat();
    refuses(&to, &other, &more);
    for wrong in ["", "redress-backup 1\n", "redress-backup 2\nmade x\n", "SQLite format 3"] {
        refuses(&to, &other, wrong.as_bytes());
    }
    assert_eq!(fill(to.as_ref(), &file).unwrap().n_rows, verify(&file).unwrap().n_rows);
}

/// Rows that are hashed as they should be, but cannot be what a store held.
#[test]
fn hostile_rows_change_nothing() {
    use sha2::{Digest as _, Sha256};
    let mut places = Places::new("hostile");
    let (to, other) = (places.file(), places.path("other"));
    let head = b"redress-backup 1\nmade 2026-01-01T00:00:00Z\n".as_slice();
    let tenant: &[u8] = &[1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 1, b'a'];
    let count = |n: u8| [0, 0, 0, 0, 0, 0, 0, 0, n];
    for body in [
        vec![],
        vec![99],
        [tenant, &count(2)].concat(),
        [tenant, tenant, &count(2)].concat(),
        // Texts that say they are longer than they are, or than anything.
        [&tenant[..10], &[2, 255, 255, 255, 255], &count(1)].concat(),
        [&tenant[..10], &[2, 0x3f, 255, 255, 255], &count(1)].concat(),
        [&tenant[..10], &[2, 0, 0, 0, 1, 0xff], &count(1)].concat(),
        // A number where a text belongs; nothing where something must be.
        [&tenant[..10], &[1, 0, 0, 0, 0, 0, 0, 0, 1], &count(1)].concat(),
        [tenant, &[1, 0, 0], &count(2)].concat(),
        // A decision of no stream, on a page without a number.
        [tenant, &[6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &count(2)].concat(),
    ] {
        let body = [head, &body].concat();
        let hash = Sha256::digest(&body);
        refuses(&to, &other, &[body.as_slice(), &hash].concat());
    }
}

/// A backup that is taken while somebody writes is a store as it was at one instant.
#[test]
fn a_backup_of_a_store_in_use_is_whole() {
    for is_server in [false, true] {
        let mut places = Places::new(&format!("in-use-{is_server}"));
        let Some(from) = places.of(is_server) else { return };
        let world = World::on(Arc::clone(&places.folder), Arc::clone(&from), with_vault());
        let files: Vec<PathBuf> = (0..5).map(|_| places.path("backup")).collect();
        std::thread::scope(|scope| {
            let taking = scope.spawn(|| {
                for file in &files {
                    backup(from.as_ref(), file, now()).unwrap();
                }
            });
            for n in 0..60 {
                let case = world.open(&format!("o{n}"), Some(&format!("p{}", n % 7)));
                world.say(case, &format!("a{n}"), "acknowledged", "agent");
            }
            taking.join().unwrap();
        });
        let mut later = anchor(&from, &[]);
        for file in files.iter().rev() {
            let to = places.file();
            fill(to.as_ref(), file).unwrap();
            let earlier = anchor(&to, &[]);
            let n = |it: &Anchor| it.tenants.first().map_or(0, |it| it.n_decisions);
            assert!(n(&earlier) <= n(&later));
            later = earlier;
        }
    }
}

/// A table that is added and not copied would be lost without anybody noticing.
#[track_caller]
fn copies(tables: &[String], elsewhere: &[(&str, &str)]) {
    let mut known: Vec<&str> = TABLES.iter().map(|it| it.name).collect();
    for (name, copied_as) in elsewhere {
        assert!(copied_as.is_empty() || known.contains(copied_as), "{copied_as}");
        known.push(name);
    }
    let lost: Vec<_> = tables.iter().filter(|it| !known.contains(&it.as_str())).collect();
    assert!(lost.is_empty(), "these tables are in no backup: {lost:?}");
    assert!(tables.len() > 10);
}

#[test]
fn every_table_is_in_a_backup() {
    let mut places = Places::new("tables");
    let path = places.path("cases.db");
    drop(Sqlite::open(&path).unwrap());
    let connection = rusqlite::Connection::open(&path).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    let mut select = connection.prepare(sql).unwrap();
    let tables = select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap);
    let kept = [("decision", "journal"), ("page", "journal"), ("probe", ""), ("migration", "")];
    copies(&tables.collect::<Vec<String>>(), &kept);
    if places.server().is_none() {
        return;
    }
    let sql = "SELECT table_name::text, '' FROM information_schema.tables \
               WHERE table_schema = 'public'";
    let tables = test_cluster::pairs(&places.databases[0].url, sql).unwrap();
    let kept = [
        ("decided", "journal"),
        ("page", "journal"),
        ("standing", "stream"),
        ("person_key", "person"),
        // It follows from how streams stand.
        ("timer", "stream"),
        ("probe", ""),
        ("migration", ""),
    ];
    copies(&tables.into_iter().map(|it| it.0).collect::<Vec<_>>(), &kept);
}

/// A column that is added and not copied would be lost as well: both files hold the same, but for
/// numbers that only the file itself knows.
#[test]
fn every_column_is_in_a_backup() {
    let mut places = Places::new("columns");
    let (one, other) = (places.path("one.db"), places.path("other.db"));
    let from: Arc<dyn Place> = Arc::new(Sqlite::open(&one).unwrap());
    fill_with_history(&places.folder, &from, &|| {});
    let file = places.path("backup");
    backup(from.as_ref(), &file, now()).unwrap();
    fill(&Sqlite::open(&other).unwrap(), &file).unwrap();
    let connection = rusqlite::Connection::open(&one).unwrap();
    connection.execute("ATTACH ?1 AS other", [other.to_str().unwrap()]).unwrap();
    let own = [("message", "id"), ("message", "digest"), ("answer", "id"), ("probe", "tries")];
    let sql = "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
               WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'";
    let mut select = connection.prepare(sql).unwrap();
    let columns = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let columns: Vec<(String, String)> = columns.map(Result::unwrap).collect();
    let tables: std::collections::BTreeSet<&String> = columns.iter().map(|it| &it.0).collect();
    for table in tables {
        let of = columns.iter().filter(|it| it.0 == *table);
        let of = of.filter(|(table, name)| !own.contains(&(table.as_str(), name.as_str())));
        let of: Vec<&str> = of.map(|it| it.1.as_str()).collect();
        let differs = |one: &str, other: &str| {
            let of = of.join(", ");
            let sql =
                format!("SELECT {of} FROM {one}.{table} EXCEPT SELECT {of} FROM {other}.{table}");
            connection.prepare(&sql).unwrap().exists([]).unwrap()
        };
        assert!(!differs("main", "other") && !differs("other", "main"), "{table} differs");
    }
}
