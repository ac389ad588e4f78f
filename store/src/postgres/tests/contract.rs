//! What every place must do, over PostgreSQL.

use crate::cases::Place;
use crate::place_tests::{Fresh, every_place};
use crate::postgres::Postgres;
use crate::postgres::test_cluster::Database;
use crate::postgres::tests::sample::{connect, database};

/// A database of its own, on the server that tests share.
struct InDatabase {
    place: Postgres,
    _database: Database,
}

impl Fresh for InDatabase {
    fn place(&self) -> &dyn Place {
        &self.place
    }
}

fn fresh() -> Option<Box<dyn Fresh>> {
    let database = database()?;
    let place = connect(&database.url);
    Some(Box::new(InDatabase { place, _database: database }))
}

every_place!(super::fresh);
