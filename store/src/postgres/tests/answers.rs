//! What is told when the server cannot do what it is asked.

use crate::cases::{Access, Cases, Failure, Find, Hash, People, Place, TokenId};
use crate::postgres::Postgres;
use crate::postgres::tests::sample::{
    TENANT, at, batch, change, connect, database, id, quick, server, writer,
};

fn why(failure: Failure) -> String {
    match failure {
        Failure::Unavailable(why) => why,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn check_refused(url: &str, expected: &str) {
    let why = why(Postgres::connect(url, &quick()).err().unwrap());
    assert!(why.contains(expected), "{why}");
}

#[test]
fn a_server_that_cannot_be_used_is_named_as_such() {
    let Some(database) = database() else { return };
    check_refused("mysql://somewhere", "invalid");
    check_refused("postgres://redress@%2Fnowhere/cases", "connecting to server");
    check_refused(&format!("{}?sslmode=require", database.url), "TLS");
    let elsewhere = database.url.replace("/test_", "/none_");
    check_refused(&elsewhere, "does not exist (3D000)");
}

#[test]
fn a_text_that_cannot_be_kept_is_not_there() {
    let Some(database) = database() else { return };
    let place = connect(&database.url);
    let text = "a\0b";
    assert_eq!(place.by_ticket(TENANT, text), Ok(None));
    assert_eq!(place.answer(TENANT, text), Ok(None));
    assert_eq!(place.of_person(TENANT, text, text), Ok(Vec::new()));
    assert_eq!(place.key(TENANT, text), Ok(None));
    assert_eq!(place.delete_sealed(TENANT, id(1), &[text.to_owned()]), Ok(0));
    assert_eq!(place.revoke(TENANT, &TokenId(text.to_owned()), at(0)), Ok(false));
    assert_eq!(place.token(Hash([0; 32])), Ok(None));
    let owed = place.worklist(TENANT, &[text.to_owned()], None, 9).unwrap();
    assert_eq!(owed.duties, []);
    let find = Find { stage: Some(text.to_owned()), limit: 9, ..Find::default() };
    assert_eq!(place.list(TENANT, &find).unwrap().cases, []);
    let writer = writer(&place);
    let mut with_text = change(1, 1);
    with_text.standing.complainant = Some(text.to_owned());
    let refused = place.write(&batch(writer, 1, vec![with_text])).unwrap_err();
    assert!(why(refused).contains("NUL"));
    assert_eq!(place.load(TENANT, &[id(1)]).unwrap(), [None]);
}

#[test]
fn a_version_that_leaves_a_gap_is_not_written() {
    let Some(database) = database() else { return };
    let place = connect(&database.url);
    let writer = writer(&place);
    place.write(&batch(writer, 1, vec![change(1, 1)])).unwrap();
    let gap = batch(writer, 2, vec![change(1, 3), change(2, 1)]);
    assert_eq!(place.write(&gap), Err(Failure::Overtaken));
    let kept = place.load(TENANT, &[id(1), id(2)]).unwrap();
    assert_eq!(kept[0].as_ref().unwrap().decided.len(), 1);
    assert_eq!(kept[1], None);
    let inside = batch(writer, 2, vec![change(1, 2), change(1, 4)]);
    assert_eq!(place.write(&inside), Err(Failure::Overtaken));
}

#[test]
fn a_statement_that_waits_for_too_long_ends() {
    let Some(database) = database() else { return };
    let place = Postgres::connect(&database.url, &quick()).unwrap();
    let writer = writer(&place);
    place.write(&batch(writer, 1, vec![change(1, 1)])).unwrap();
    std::thread::scope(|scope| {
        // Somebody holds the table for longer than is waited.
        scope.spawn(|| {
            database.run("BEGIN; LOCK TABLE decided; SELECT pg_sleep(3); COMMIT").unwrap();
        });
        let mut version = 2;
        let refused = loop {
            match place.write(&batch(writer, version.into(), vec![change(1, version)])) {
                Ok(()) => version += 1,
                Err(failure) => break failure,
            }
            assert!(version < 100_000, "nobody ever held the table");
        };
        let why = why(refused);
        assert!(why.contains("statement timeout"), "{why}");
    });
}

#[test]
fn a_server_that_is_away_is_used_again_when_it_is_back() {
    let Some(server) = server() else { return };
    let place = Postgres::connect(&server.url("postgres"), &quick()).unwrap();
    let writer = writer(&place);
    place.writable().unwrap();
    place.tenants().unwrap();
    server.stop().unwrap();
    why(place.writable().unwrap_err());
    why(place.tenants().unwrap_err());
    why(place.write(&batch(writer, 1, vec![change(1, 1)])).unwrap_err());
    server.start().unwrap();
    place.writable().unwrap();
    place.tenants().unwrap();
    server.stop().unwrap();
    server.start().unwrap();
    // The connections that were idle are dead; that is not for the caller to know.
    place.write(&batch(writer, 1, vec![change(1, 1)])).unwrap();
    place.tenants().unwrap();
}
