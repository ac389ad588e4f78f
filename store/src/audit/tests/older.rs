//! A store that an earlier version wrote is brought to this one, and is sound.

use std::sync::Arc;

use rusqlite::Connection;

use crate::audit::audit;
use crate::audit::tests::history::{one, with_vault};
use crate::cases::{Find, Own, Place, StreamId};
use crate::keeper::world::{World, hours};
use crate::postgres::Postgres;
use crate::postgres::test_cluster;
use crate::sqlite::Sqlite;
use crate::test_folder::Folder;

/// Cases about three persons and a stop; those that are about the first.
fn fill(folder: &Arc<Folder>, place: &Arc<dyn Place>) -> Vec<StreamId> {
    let world = World::on(Arc::clone(folder), Arc::clone(place), with_vault());
    for (at, person) in [Some("ann"), None, Some("bob"), Some("ann")].into_iter().enumerate() {
        one(&world, &format!("o{at}"), person, at % 3);
    }
    world.wait_until(hours(24));
    world.keeper.stop();
    about(place)
}

/// The cases that are about the first person, by their rows.
fn about(place: &Arc<dyn Place>) -> Vec<StreamId> {
    let own = Own { complainant: None, respondent: Some("till-0".to_owned()) };
    let find = Find { own: Some(own), limit: 9, ..Find::default() };
    let (tenant, _) = place.tenants().unwrap()[0];
    place.list(tenant, &find).unwrap().cases.into_iter().map(|it| it.stream).collect()
}

#[track_caller]
fn is_sound(place: &Arc<dyn Place>, opened: &[StreamId]) {
    assert_eq!(opened.len(), 2);
    assert_eq!(about(place), opened);
    let mut found = Vec::new();
    audit(place, &[], &mut |it| found.push(it.clone())).unwrap();
    assert_eq!(found, []);
}

#[test]
fn a_file_of_the_first_version_says_whom_its_cases_are_about() {
    let folder = Arc::new(Folder::new("audit-older", &[]));
    let path = folder.0.join("cases.db");
    let open = || -> Arc<dyn Place> { Arc::new(Sqlite::open(&path).unwrap()) };
    let opened = fill(&folder, &open());
    let steps = [
        "DROP INDEX stream_about; ALTER TABLE stream DROP COLUMN respondent; \
         DROP TABLE amendment; DELETE FROM migration WHERE version > 1",
        "UPDATE stream SET respondent = NULL; DELETE FROM migration WHERE version > 2",
    ];
    for step in steps {
        Connection::open(&path).unwrap().execute_batch(step).unwrap();
        is_sound(&open(), &opened);
    }
}

#[test]
fn a_database_of_the_first_version_says_whom_its_cases_are_about() {
    let Ok(_) = test_cluster::binaries().map_err(|why| test_cluster::not_run(&why)) else { return };
    let database = test_cluster::database().unwrap();
    let folder = Arc::new(Folder::new("audit-pg-older", &[]));
    let open = || -> Arc<dyn Place> {
        Arc::new(Postgres::connect(&database.url, &Default::default()).unwrap())
    };
    let opened = fill(&folder, &open());
    let steps = [
        "DROP INDEX standing_by_respondent; ALTER TABLE standing DROP COLUMN respondent; \
         DROP TABLE amendment; DELETE FROM migration WHERE number > 1",
        "UPDATE standing SET respondent = NULL; DELETE FROM migration WHERE number > 2",
    ];
    for step in steps {
        test_cluster::run(&database.url, step).unwrap();
        is_sound(&open(), &opened);
    }
}
