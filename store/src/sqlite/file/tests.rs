//! Opening what is no store, backup and check.

use crate::cases::{Cases, Failure, Place, Tenant};
use crate::place_tests::{Desk, case, change, id};
use crate::sqlite::Sqlite;
use crate::test_folder::Folder;
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};

fn store(folder: &Folder) -> PathBuf {
    folder.0.join("cases.sqlite")
}

/// Opening must fail with these words, and change nothing.
#[track_caller]
fn refuses(path: &Path, words: &str) {
    let before = fs::read(path).ok();
    let said = Sqlite::open(path).map(|_| ()).unwrap_err().to_string();
    assert!(said.contains(words), "{said}");
    assert!(fs::read(path).ok() == before, "the file was changed");
}

#[test]
fn what_is_no_store_is_refused() {
    let folder = Folder::new("sqlite-refused", &[]);
    let path = store(&folder);
    refuses(&folder.0.join("missing/cases.sqlite"), "there is no folder");
    refuses(&folder.0, "is a folder");
    fs::write(&path, "a letter, not a database, and longer than its header. ".repeat(99)).unwrap();
    refuses(&path, "the file is not an SQLite database");
    fs::remove_file(&path).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE songs (title TEXT)").unwrap();
    drop(other);
    refuses(&path, "not a store for cases");
    fs::remove_file(&path).unwrap();
}

#[test]
fn an_empty_file_becomes_a_store() {
    let folder = Folder::new("sqlite-empty-file", &[]);
    fs::write(store(&folder), "").unwrap();
    Sqlite::open(&store(&folder)).unwrap().writable().unwrap();
}

#[test]
fn a_read_only_store_is_refused() {
    let folder = Folder::new("sqlite-read-only", &[]);
    drop(Sqlite::open(&store(&folder)).unwrap());
    let mut rights = fs::metadata(store(&folder)).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(store(&folder), rights).unwrap();
    refuses(&store(&folder), "is read-only");
}

#[test]
fn a_store_of_a_later_version_is_refused() {
    let folder = Folder::new("sqlite-later", &[]);
    drop(Sqlite::open(&store(&folder)).unwrap());
    let later = Connection::open(store(&folder)).unwrap();
    later.execute("INSERT INTO migration (version) VALUES (999)", []).unwrap();
    drop(later);
    refuses(&store(&folder), "the store has version 999, and this program reads up to version 3");
}

#[test]
fn a_full_disk_is_told_and_changes_nothing() {
    let folder = Folder::new("sqlite-full", &[]);
    let place = Sqlite::open(&store(&folder)).unwrap();
    let mut desk = Desk::new(&place, "one");
    desk.write([change(case(1, 1), vec![])]);
    // SQLite says the same where the disk has no room for another page.
    let pages: i64 = place.writer().query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    place.writer().pragma_update(None, "max_page_count", pages).unwrap();
    let mut large = change(case(2, 1), vec![]);
    large.decided.body = vec![7; 100_000];
    let full = Err(Failure::Unavailable("the disk is full".to_owned()));
    assert_eq!(place.write(&desk.batch([large.clone()])), full);
    assert_eq!(place.standing(desk.tenant, id(2)).unwrap(), None);
    assert_eq!(place.pages(desk.tenant).unwrap().len(), 1);
    place.writer().pragma_update(None, "max_page_count", pages + 1_000).unwrap();
    desk.write([large]);
    assert_eq!(place.check().unwrap(), [""; 0]);
}

#[test]
fn what_was_written_is_there_after_opening_again() {
    let folder = Folder::new("sqlite-again", &[]);
    let place = Sqlite::open(&store(&folder)).unwrap();
    let mut desk = Desk::new(&place, "one");
    let (tenant, writer) = (desk.tenant, desk.writer);
    let batch = desk.write([change(case(1, 1), vec![])]);
    drop(place);
    let again = Sqlite::open(&store(&folder)).unwrap();
    assert_eq!(again.standing(tenant, id(1)).unwrap().as_ref(), Some(&batch.changes[0].standing));
    assert_eq!(again.tenant("one").unwrap(), tenant);
    assert!(again.take_writer().unwrap() > writer);
}

#[test]
fn two_openings_of_one_file_see_each_other() {
    let folder = Folder::new("sqlite-two", &[]);
    let (one, other) =
        (Sqlite::open(&store(&folder)).unwrap(), Sqlite::open(&store(&folder)).unwrap());
    let mut desk = Desk::new(&one, "one");
    desk.write([change(case(1, 1), vec![])]);
    let mut second = Desk::new(&other, "one");
    assert_eq!(other.write(&second.batch([change(case(1, 1), vec![])])), Err(Failure::Overtaken));
    second.write([change(case(1, 2), vec![])]);
    assert_eq!(one.standing(desk.tenant, id(1)).unwrap().unwrap().version, 2);
}

#[test]
fn a_backup_is_a_store_as_it_was_then() {
    let folder = Folder::new("sqlite-backup", &[]);
    let (to, elsewhere) = (folder.0.join("backup.sqlite"), folder.0.join("missing/b.sqlite"));
    let place = Sqlite::open(&store(&folder)).unwrap();
    let mut desk = Desk::new(&place, "one");
    let tenant = desk.tenant;
    let batch = desk.write([change(case(1, 1), vec![]), change(case(2, 1), vec![])]);
    place.backup(&to).unwrap();
    desk.write([change(case(1, 2), vec![])]);
    let copy = Sqlite::open(&to).unwrap();
    assert_eq!(copy.check().unwrap(), [""; 0]);
    let kept = copy.load(tenant, &[id(1)]).unwrap().remove(0).unwrap();
    assert_eq!(kept.decided, [batch.changes[0].decided.clone()]);
    assert_eq!(copy.feed(tenant, &Default::default(), 9).unwrap().decided.len(), 2);
    assert!(place.backup(&to).unwrap_err().to_string().contains("exists already"));
    assert!(matches!(place.backup(&elsewhere), Err(Failure::Unavailable(_))));
}

#[test]
fn a_check_tells_what_is_wrong() {
    let folder = Folder::new("sqlite-check", &[]);
    let place = Sqlite::open(&store(&folder)).unwrap();
    let mut desk = Desk::new(&place, "one");
    desk.write((1..=50).map(|number| change(case(number, 1), vec![])));
    assert_eq!(place.check().unwrap(), [""; 0]);
    {
        let writer = place.writer();
        writer.execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM protocol;").unwrap();
    }
    let faults = place.check().unwrap();
    assert_eq!(faults.len(), 50);
    assert_eq!(faults[0], "a row of `stream` names one of `protocol` that is not there");
}

#[test]
fn a_torn_file_is_damage() {
    let folder = Folder::new("sqlite-torn", &[]);
    let place = Sqlite::open(&store(&folder)).unwrap();
    let mut desk = Desk::new(&place, "one");
    desk.write((1..=200).map(|number| change(case(number, 1), vec![])));
    drop(place);
    let mut bytes = fs::read(store(&folder)).unwrap();
    // The header and the list of tables stay; the rest is overwritten.
    bytes[4_096 * 8..].fill(0xee);
    fs::write(store(&folder), bytes).unwrap();
    let found = Sqlite::open(&store(&folder)).and_then(|place| {
        let faults = place.check()?;
        assert!(!faults.is_empty());
        place.load(Tenant(1), &[id(1)])
    });
    assert!(matches!(found, Err(Failure::Damaged(_))), "{found:?}");
}

#[test]
fn what_was_erased_is_in_no_file() {
    let folder = Folder::new("sqlite-erased", &[]);
    let place = Sqlite::open(&store(&folder)).unwrap();
    let mut desk = Desk::new(&place, "one");
    let mut mine = change(case(1, 1), vec![]);
    let bytes = b"a value that is not to be found".to_vec();
    let slot = "name".to_owned();
    mine.sealed = vec![crate::cases::Sealed { stream: id(1), slot, bytes: bytes.clone() }];
    desk.write([mine]);
    let found = || {
        fs::read_dir(&folder.0).unwrap().any(|file| {
            let kept = fs::read(file.unwrap().path()).unwrap();
            kept.windows(bytes.len()).any(|some| some == bytes)
        })
    };
    assert!(found());
    let at = crate::place_tests::at(1);
    crate::cases::People::destroy_key(&place, desk.tenant, "person-1", at).unwrap();
    assert!(!found());
}
