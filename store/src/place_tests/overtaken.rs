//! Whoever comes second is told so, and writes nothing.

use crate::cases::{Answer, Batch, Change, Failure, MessageState, Place, Sealed};
use crate::place_tests::outbox::{message, webhook};
use crate::place_tests::sample::{Desk, at, case, change, duty, hash, id};
use std::collections::BTreeMap;

/// Writes `second` after `first`: it must be overtaken, together with all else in its batch.
fn check(place: &dyn Place, first: Vec<Change>, second: impl FnOnce(&Desk<'_>, Batch) -> Batch) {
    let mut desk = Desk::new(place, "one");
    place.add_webhook(&webhook(desk.tenant)).unwrap();
    desk.write(first);
    let before = everything(&desk);
    let mut bystander = change(case(77, 1), vec![duty("final", 1, "handler", Some(1))]);
    bystander.standing.acts_at = Some(at(1));
    bystander.sealed =
        vec![Sealed { stream: id(77), slot: "name".to_owned(), bytes: vec![1, 2, 3] }];
    bystander.answer = Some(answer("key-77"));
    bystander.messages = vec![message(77, 1)];
    let batch = second(&desk, desk.batch([bystander]));
    assert_eq!(place.write(&batch), Err(Failure::Overtaken));
    assert_eq!(everything(&desk), before);
}

/// All that the tests of this page may write, as text.
fn everything(desk: &Desk<'_>) -> String {
    let (place, tenant) = (desk.place, desk.tenant);
    let parties = ["handler".to_owned()];
    let streams = place.streams(tenant, None, 100).unwrap();
    format!(
        "{:#?}",
        (
            place.load(tenant, &streams).unwrap(),
            place.worklist(tenant, &parties, None, 100).unwrap(),
            place.timers(at(1_000_000), 100).unwrap(),
            place.answer(tenant, "key-77").unwrap(),
            place.sealed(tenant, id(77)).unwrap(),
            place.messages(tenant, MessageState::Waiting, 100).unwrap(),
            place.feed(tenant, &BTreeMap::new(), 100).unwrap(),
            place.pages(tenant).unwrap(),
        )
    )
}

pub(super) fn answer(key: &str) -> Answer {
    Answer {
        key: key.to_owned(),
        request: hash(1),
        status: 201,
        body: b"{}".to_vec(),
        expires: at(604_800_000),
    }
}

fn and(desk: &Desk<'_>, mut batch: Batch, mut more: Change) -> Batch {
    more.tenant = desk.tenant;
    more.decided.page = batch.changes[0].decided.page;
    more.decided.place = 1;
    batch.changes.push(more);
    batch
}

pub(crate) fn a_version_that_is_taken(place: &dyn Place) {
    let first = vec![change(case(1, 1), vec![])];
    check(place, first, |desk, batch| and(desk, batch, change(case(1, 1), vec![])));
}

pub(crate) fn a_version_after_a_gap(place: &dyn Place) {
    let first = vec![change(case(1, 1), vec![])];
    check(place, first, |desk, batch| and(desk, batch, change(case(1, 3), vec![])));
}

pub(crate) fn a_stream_that_never_began(place: &dyn Place) {
    check(place, vec![], |desk, batch| and(desk, batch, change(case(1, 2), vec![])));
}

pub(crate) fn a_page_that_is_taken(place: &dyn Place) {
    check(place, vec![], |desk, mut batch| {
        batch.pages[0].sequence = desk.sequence;
        batch.changes[0].decided.page.1 = desk.sequence;
        batch
    });
}

pub(crate) fn a_page_after_a_gap(place: &dyn Place) {
    check(place, vec![], |desk, mut batch| {
        batch.pages[0].sequence = desk.sequence + 2;
        batch.changes[0].decided.page.1 = desk.sequence + 2;
        batch
    });
}

pub(crate) fn a_ticket_that_is_taken(place: &dyn Place) {
    let first = vec![change(case(1, 1), vec![])];
    check(place, first, |desk, batch| {
        let mut other = case(2, 1);
        other.ticket = case(1, 1).ticket;
        and(desk, batch, change(other, vec![]))
    });
}

pub(crate) fn a_key_that_is_taken(place: &dyn Place) {
    let mut first = change(case(1, 1), vec![]);
    first.answer = Some(answer("key-1"));
    check(place, vec![first], |desk, batch| {
        let mut other = change(case(2, 1), vec![]);
        other.answer = Some(Answer { request: hash(2), ..answer("key-1") });
        and(desk, batch, other)
    });
}

pub(crate) fn a_version_twice_in_a_batch(place: &dyn Place) {
    check(place, vec![], |desk, batch| {
        let batch = and(desk, batch, change(case(1, 1), vec![]));
        let mut batch = and(desk, batch, change(case(1, 1), vec![]));
        batch.changes[2].decided.place = 2;
        batch
    });
}
