//! The tables are made, or brought to the present form.

use crate::cases::{Failure, Form};
use crate::postgres::link::connection::{Asked, Connection};
use crate::postgres::link::failure::Broken;
use crate::postgres::link::fill;
use crate::postgres::streams::read::get;

/// What was added to the tables, from 1. None is ever changed.
const MIGRATIONS: [&str; 3] = [
    include_str!("../migrations/0001_cases.sql"),
    include_str!("../migrations/0002_amendments.sql"),
    include_str!("../migrations/0003_respondents.sql"),
];
/// The one from which on rows say whom a case is about that was opened before.
const RESPONDENTS: usize = 3;

/// How often a node looks again that lost against another one which makes the tables.
const TRIES_MAX: usize = 20;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (number int4 NOT NULL PRIMARY KEY)";
const NUMBERS: &str = "SELECT coalesce(max(number), 0) FROM migration";
const IS_THERE: &str = "SELECT count(*) FROM information_schema.tables \
     WHERE table_name = 'migration' AND table_schema = current_schema()";

/// Brings the tables to the present form. Of several nodes that start at once, one does it and the
/// others find it done: each migration begins by taking its number, which is a primary key.
///
/// # Errors
/// The tables are of a later version of this program.
pub(in crate::postgres) fn migrate(connection: &mut Connection) -> Result<(), Broken> {
    for _ in 0..TRIES_MAX {
        let done = applied(connection)?;
        if done > MIGRATIONS.len() {
            let known = MIGRATIONS.len();
            let why = format!("its tables have form {done}, this program knows {known}");
            return Err(Broken::Failed(Failure::Damaged(why)));
        }
        let Some(sql) = MIGRATIONS.get(done) else {
            return Ok(());
        };
        let number = done + 1;
        let begin = format!("BEGIN; INSERT INTO migration (number) VALUES ({number}); {sql}");
        let made = match number {
            RESPONDENTS => filled(connection, &begin),
            _ => connection.run(&format!("{begin} COMMIT;")),
        };
        match made {
            Ok(()) | Err(Broken::Failed(Failure::Overtaken) | Broken::Again(_)) => {}
            Err(broken) => return Err(broken),
        }
    }
    Err(Broken::Failed(Failure::Unavailable("another node is making the tables".to_owned())))
}

/// A migration that takes something from the decisions as well, in one transaction.
fn filled(connection: &mut Connection, begin: &str) -> Result<(), Broken> {
    connection.run(begin)?;
    let filled = fill::respondents(connection);
    connection.run(if filled.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    filled
}

/// The version of the tables.
///
/// # Errors
/// They cannot be asked.
pub(in crate::postgres) fn form(connection: &mut Connection) -> Result<Form, Broken> {
    let kept = number(connection, NUMBERS)?;
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Form { kept: small(kept), known: small(MIGRATIONS.len()) })
}

/// The number of the last migration.
fn applied(connection: &mut Connection) -> Result<usize, Broken> {
    if number(connection, IS_THERE)? == 0 {
        // Two nodes at once: one of them is told that it is there.
        match connection.run(TABLE) {
            Ok(()) | Err(Broken::Failed(Failure::Overtaken)) => {}
            Err(broken) => return Err(broken),
        }
    }
    number(connection, NUMBERS)
}

fn number(connection: &mut Connection, sql: &str) -> Result<usize, Broken> {
    let rows = connection.ask(&[Asked::new(sql, &[])])?;
    let Some(row) = rows.first().and_then(|it| it.first()) else {
        return Ok(0);
    };
    let number: i64 =
        get(row, 0).or_else(|_| get::<i32>(row, 0).map(i64::from)).map_err(Broken::Failed)?;
    Ok(usize::try_from(number).unwrap_or_default())
}
