//! Whatever somebody does to any row of any table shows, or stands in a list with the reason.
//!
//! Nothing here is chosen: every row of every table is deleted, exchanged with the next one or changed
//! in a column, in turn (every column comes); the first, the middle and the last row of each table
//! suffer all of it, and tables are cut off. For PostgreSQL, where each change costs more, and for
//! tables that are no record of cases, it is those three rows alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::audit::audit;
use crate::audit::run::audit_with;
use crate::audit::tests::database::{Behind, File, Server, Table};
use crate::cases::Place;
use crate::keeper::{Company, Shelf};

/// What does not show and why, by table and column; `*` stands for all of a table.
const SILENT: &[(&str, &str, &str)] = &[
    ("answer", "*", "answers are kept for days so that a request may be repeated; no record"),
    ("counter", "*", "which number is given out next; a number given twice is refused"),
    ("probe", "*", "written to see whether something can be written"),
    ("writer", "last", "a higher number only leaves some out"),
    ("writer", "*", "one that has written shows; of one that has not nothing is kept"),
    ("migration", "*", "the version of the tables; opening looks at it"),
    ("person", "*", "keys: `store check` opens every value with them"),
    ("person_key", "*", "keys: `store check` opens every value with them"),
    ("sealed", "bytes", "sealed to its key and place: `store check` opens it"),
    ("sealed", "-", "a value that is gone looks like one that was erased"),
    ("sealed", "*", "a value under another name shows; the bytes do when they are opened"),
    ("token", "*", "who may ask; no record of a case"),
    ("token_role", "*", "who may ask; no record of a case"),
    ("webhook", "*", "who is told; no record of a case"),
    ("webhook_kind", "*", "who is told; no record of a case"),
    ("message", "*", "what is still to be sent; what is to be told stands in the facts"),
    ("stream", "secret", "its hash is in no hash: the secret opens only the status page"),
    ("standing", "secret", "its hash is in no hash: the secret opens only the status page"),
    ("amendment", "reached", "how far open cases took it; one that has it takes nothing again"),
    ("amendment", "done", "how far open cases took it; one that has it takes nothing again"),
    ("protocol", "active_from", "from when a version is used for new cases; a setting"),
    ("decision", "id", "the order of two decisions of one page; their places say it"),
    ("page", "first_id", "where to look for decisions: more is looked at than must be"),
    ("page", "last_id", "where to look for decisions: more is looked at than must be"),
    ("timer", "taken_by", "who works on it now"),
    ("timer", "taken_until", "who works on it now"),
    ("timer", "~", "two that act at the same instant, and who works on them now"),
];

/// What shows of a change: some finding, or that something cannot even be read.
fn shows(behind: &dyn Behind) -> bool {
    let mut n_found = 0;
    let audited = behind.open().and_then(|place| audit(&place, &[], &mut |_| n_found += 1));
    n_found > 0 || audited.is_err()
}

/// The same for tables of which nothing is remembered, without opening and loading all anew.
fn shows_at_once(place: &Arc<dyn Place>, shelf: &Shelf) -> bool {
    let mut n_found = 0;
    let audited = audit_with(place, shelf, &[], &mut |_| n_found += 1);
    n_found > 0 || audited.is_err()
}

/// Tables of which a place remembers something.
const REMEMBERED: [&str; 4] = ["amendment", "migration", "protocol", "tenant"];

fn row(table: &Table, at: usize) -> String {
    let key = table.key.join(", ");
    let name = &table.name;
    format!("({key}) = (SELECT {key} FROM {name} ORDER BY {key} LIMIT 1 OFFSET {at})")
}

fn exchange(table: &Table, at: usize) -> String {
    let (name, key) = (&table.name, table.key.join(", "));
    let rest = table.columns.iter().map(|it| &it.0).filter(|it| !table.key.contains(it));
    let rest: Vec<String> = rest.cloned().collect();
    let of = |who: &str, columns: &[String]| {
        columns.iter().map(|it| format!("{who}.{it}")).collect::<Vec<_>>().join(", ")
    };
    let one = of("a", &table.key);
    let differ = format!("({one}) <> ({})", of("b", &table.key));
    let all: Vec<&str> = table.key.iter().chain(&rest).map(String::as_str).collect();
    let (all, values) = (all.join(", "), of("b", &rest));
    format!(
        "CREATE TABLE two AS SELECT * FROM {name} ORDER BY {key} LIMIT 2 OFFSET {at}; \
         DELETE FROM {name} WHERE ({key}) IN (SELECT {key} FROM two); \
         INSERT INTO {name} ({all}) SELECT {one}, {values} FROM two a JOIN two b ON {differ}; \
         DROP TABLE two"
    )
}

/// All changes of a row: the column, `-` for a deletion, `/` for a cut from there
/// on, `~` for an exchange, and how.
fn changes(
    behind: &dyn Behind,
    table: &Table,
    at: usize,
    columns: &[usize],
) -> Vec<(String, String)> {
    let (name, which) = (&table.name, row(table, at));
    let mut all = vec![("-".to_owned(), format!("DELETE FROM {name} WHERE {which}"))];
    if table.columns.len() > table.key.len() && at + 1 < table.n_rows {
        all.push(("~".to_owned(), exchange(table, at)));
    }
    if at == 0 || at == table.n_rows / 2 {
        let cut = which.replacen(" = ", " >= ", 1);
        all.push(("/".to_owned(), format!("DELETE FROM {name} WHERE {cut}")));
    }
    for column in columns {
        let (column, kind) = &table.columns[column % table.columns.len()];
        let other = behind.other(column, kind);
        all.push((column.clone(), format!("UPDATE {name} SET {column} = {other} WHERE {which}")));
    }
    all
}

/// The first row, one in the middle, the last.
fn some(n_rows: usize) -> Vec<usize> {
    let mut rows = vec![0, n_rows / 2, n_rows.saturating_sub(1)];
    rows.dedup();
    rows.retain(|at| *at < n_rows);
    rows
}

#[track_caller]
fn check(
    behind: &dyn Behind,
    rows: &dyn Fn(usize) -> Vec<usize>,
    columns: &dyn Fn(usize, usize) -> Vec<usize>,
) {
    assert!(!shows(behind), "the audit finds something in what was written");
    let (mut n_shown, mut n_refused) = (0, 0);
    let mut silent: BTreeMap<(String, String), usize> = BTreeMap::new();
    let tables = behind.tables();
    let place = behind.open().unwrap();
    let shelf = Shelf::new(Arc::clone(&place), Company::Others);
    for table in &tables {
        let is_silent = SILENT.iter().any(|(of, what, _)| *of == table.name && *what == "*");
        let all = if is_silent { some(table.n_rows) } else { rows(table.n_rows) };
        for at in all {
            let mut each = changes(behind, table, at, &columns(at, table.columns.len()));
            if !some(table.n_rows).contains(&at) {
                // One of them, in turn.
                each = each.into_iter().cycle().skip(at % 3).take(1).collect();
            }
            for (how, sql) in each {
                if !behind.run(&sql) {
                    n_refused += 1;
                    continue;
                }
                if !behind.differs(&table.name) {
                    n_refused += 1;
                } else if match REMEMBERED.contains(&table.name.as_str()) {
                    true => shows(behind),
                    false => shows_at_once(&place, &shelf),
                } {
                    n_shown += 1;
                } else {
                    *silent.entry((table.name.clone(), how)).or_default() += 1;
                }
                behind.mend();
            }
        }
    }
    let known = |(table, how): &(String, String)| {
        SILENT.iter().any(|(of, what, _)| of == table && (*what == "*" || what == how))
    };
    let unknown: Vec<_> = silent.iter().filter(|(it, _)| !known(it)).collect();
    assert!(unknown.is_empty(), "{n_shown} show, {n_refused} are refused, and not {unknown:?}");
    assert!(n_shown > 100, "only {n_shown}");
}

#[test]
fn whatever_is_done_to_a_file_shows() {
    let file = File::new("tamper");
    let decisions = file.tables().into_iter().find(|it| it.name == "decision").unwrap();
    assert!(decisions.n_rows > 150, "{}", decisions.n_rows);
    // Of the first row of a table every column.
    check(&file, &|n| (0..n).collect(), &|at, n| match at {
        0 => (0..n).collect(),
        _ => vec![at / 3],
    });
}

#[test]
fn whatever_is_done_to_a_database_of_postgresql_shows() {
    let Some(server) = Server::new("tamper") else { return };
    check(&server, &some, &|_, n| (0..n).collect());
}
