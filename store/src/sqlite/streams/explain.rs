//! How SQLite goes about what is asked: nothing that grows with the store is read from end to end.

use crate::cases::Place;
use crate::sqlite::Sqlite;
use crate::sqlite::streams::{feed, list, read, worklist};
use crate::test_folder::Folder;

/// The steps of a statement, as SQLite explains them.
fn steps(place: &Sqlite, sql: &str) -> Vec<String> {
    place
        .read(|connection| {
            let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
            let none = vec![rusqlite::types::Null; explain.parameter_count()];
            let steps = explain.query_map(rusqlite::params_from_iter(none), |row| row.get(3))?;
            Ok(steps.collect::<Result<_, _>>()?)
        })
        .unwrap()
}

fn check(sql: &str, sorts: bool) {
    let folder = Folder::new(&format!("explain-{}", sql.len()), &[]);
    let place = Sqlite::open(&folder.0.join("cases.sqlite")).unwrap();
    place.writable().unwrap();
    let steps = steps(&place, sql);
    let said = steps.join("\n");
    assert!(!steps.is_empty(), "{sql}");
    for step in steps {
        // `each` holds parties, of which there are few; a subquery has steps of its own.
        let scans = step.starts_with("SCAN") && step != "SCAN each" && !step.contains("(subquery");
        // Reading an index from one end is what an order and a limit ask for.
        let bounded = step.contains("stream_acts") && sql.contains("LIMIT");
        assert!(!scans || bounded, "{said}\n{sql}");
        assert!(sorts || !step.contains("TEMP B-TREE"), "{said}\n{sql}");
    }
}

#[test]
fn always_lists_read_an_index() {
    for way in list::WAYS {
        check(&list::select(way), way == list::DUE || way == list::PARTY);
        check(&list::count(way), false);
    }
}

#[test]
fn always_one_stream_is_found_by_an_index() {
    for sql in [read::BY_ID.as_str(), &read::BY_TICKET, read::DECISIONS, read::STREAMS] {
        check(sql, false);
    }
    for sql in [read::STOPS_ON, read::OF_PERSON, read::FAMILY] {
        check(sql, false);
    }
}

#[test]
fn always_worklists_timers_and_feeds_read_an_index() {
    for sql in [worklist::OF_PARTY, read::TIMERS, read::FIRST_TIMER, feed::PAGES, feed::WRITERS] {
        check(sql, false);
    }
    // The decisions of one page are put in order.
    check(&feed::ON_PAGE, true);
}
