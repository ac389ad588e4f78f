//! The feed: everything once, in order, in steps of any size.

use crate::cases::{Decided, FeedCursor, Page, Place, StreamId, Tenant};
use crate::place_tests::sample::{Desk, at, case, change, hash};
use std::collections::BTreeMap;

/// Reads a feed in steps until nothing comes.
fn read(place: &dyn Place, tenant: Tenant, step: u32) -> Vec<Decided> {
    let mut cursor = FeedCursor::new();
    let mut read = Vec::new();
    loop {
        let feed = place.feed(tenant, &cursor, step).unwrap();
        assert!(feed.decided.len() <= step as usize);
        if feed.decided.is_empty() {
            assert_eq!(feed.cursor, cursor);
            return read;
        }
        assert_ne!(feed.cursor, cursor);
        cursor = feed.cursor;
        read.extend(feed.decided);
    }
}

/// Within each journal by page and place, within each stream by version, and nothing twice.
fn check_order(read: &[Decided]) {
    let mut streams: BTreeMap<StreamId, u32> = BTreeMap::new();
    let mut journals: FeedCursor = BTreeMap::new();
    for decided in read {
        let version = streams.entry(decided.stream).or_default();
        assert_eq!(decided.version, *version + 1, "{}", decided.stream);
        *version = decided.version;
        let (writer, sequence) = decided.page;
        let here = (sequence, decided.place);
        let before = journals.insert(writer, here);
        assert!(before.is_none_or(|before| before < here), "{before:?} before {here:?}");
    }
}

pub(crate) fn a_feed_is_read_to_its_end_in_any_steps(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    let mut other = Desk::new(place, "other");
    for version in 1..=4 {
        let batch = desk.batch((1..=3).map(|number| change(case(number, version), vec![])));
        let mut theirs = other.batch((1..=2).map(|number| change(case(number, version), vec![])));
        // The decisions of two tenants alternate within one transaction.
        theirs.pages.extend(batch.pages);
        for (at, change) in batch.changes.into_iter().enumerate() {
            theirs.changes.insert(2 * at, change);
        }
        place.write(&theirs).unwrap();
        desk.sequence += 1;
        other.sequence += 1;
    }
    for step in [1, 2, 3, 5, 100] {
        let all = read(place, desk.tenant, step);
        assert_eq!(all.len(), 12, "in steps of {step}");
        check_order(&all);
        let theirs = read(place, other.tenant, step);
        assert_eq!(theirs.len(), 8, "in steps of {step}");
        check_order(&theirs);
    }
    assert_eq!(place.feed(desk.tenant, &FeedCursor::new(), 0).unwrap().decided, []);
}

pub(crate) fn decisions_of_two_writers_come_by_version(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    let mut second = Desk::new(place, "one");
    let mut all = Vec::new();
    let mut cursor = FeedCursor::new();
    for version in 1..=9 {
        // Writers take turns in an irregular way.
        let writing = if matches!(version, 2 | 5 | 6 | 9) { &mut desk } else { &mut second };
        writing.write([change(case(1, version), vec![]), change(case(2, version), vec![])]);
        if version % 2 == 0 {
            let feed = place.feed(desk.tenant, &cursor, 3).unwrap();
            cursor = feed.cursor;
            all.extend(feed.decided);
        }
    }
    loop {
        let feed = place.feed(desk.tenant, &cursor, 4).unwrap();
        if feed.decided.is_empty() {
            break;
        }
        cursor = feed.cursor;
        all.extend(feed.decided);
    }
    assert_eq!(all.len(), 18);
    check_order(&all);
}

pub(crate) fn pages_without_decisions_are_no_gap(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    desk.write([change(case(1, 1), vec![])]);
    desk.write([]);
    desk.write([]);
    desk.write([change(case(1, 2), vec![])]);
    assert_eq!(read(place, desk.tenant, 1).len(), 2);
    let pages = place.pages(desk.tenant).unwrap();
    assert_eq!(pages.iter().map(|page| page.sequence).collect::<Vec<_>>(), [1, 2, 3, 4]);
    let last =
        Page { tenant: desk.tenant, writer: desk.writer, sequence: 4, at: at(0), hash: hash(4) };
    assert_eq!(place.last_page(desk.tenant, desk.writer).unwrap(), Some(last));
}
