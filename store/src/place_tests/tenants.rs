//! Tenants are kept apart.

use crate::cases::{
    Attempt, Failure, FeedCursor, Find, Key, MessageState, Place, Room, Sealed, WebhookId,
};
use crate::place_tests::outbox::{message, webhook};
use crate::place_tests::overtaken::answer;
use crate::place_tests::sample::{Desk, at, case, change, duty, hash, id, stop};
use std::time::Duration;

pub(crate) fn a_name_has_one_number(place: &dyn Place) {
    let one = place.tenant("one").unwrap();
    let other = place.tenant("other").unwrap();
    assert_ne!(one, other);
    assert_eq!(place.tenant("one").unwrap(), one);
    let mut all = vec![(one, "one".to_owned()), (other, "other".to_owned())];
    all.sort();
    let mut found = place.tenants().unwrap();
    found.sort();
    assert_eq!(found, all);
}

/// A tenant with something of every kind.
fn filled<'a>(place: &'a dyn Place, name: &str) -> Desk<'a> {
    let mut desk = Desk::new(place, name);
    place.add_webhook(&webhook(desk.tenant)).unwrap();
    let mut first = change(case(1, 1), vec![duty("final", 1, "handler", Some(1))]);
    first.answer = Some(answer("key"));
    first.messages = vec![message(1, 1), message(1, 2)];
    first.sealed = vec![Sealed { stream: id(1), slot: "name".to_owned(), bytes: vec![1] }];
    desk.write([first, change(stop(2, 1, 1), vec![])]);
    let key = Key { person: "person-1".to_owned(), wrapped: Some(vec![1]), destroyed_at: None };
    place.keep_key(desk.tenant, &key).unwrap();
    desk
}

pub(crate) fn nothing_of_another_tenant_is_found_or_changed(place: &dyn Place) {
    let mine = filled(place, "one");
    let theirs = Desk::new(place, "other").tenant;
    let ticket = case(1, 1).ticket.unwrap();
    assert_eq!(place.load(theirs, &[id(1), id(2)]).unwrap(), [None, None]);
    assert_eq!(place.standing(theirs, id(1)).unwrap(), None);
    assert_eq!(place.by_ticket(theirs, &ticket).unwrap(), None);
    assert_eq!(place.of_person(theirs, "housing", "person-1").unwrap(), []);
    assert_eq!(place.stops_on(theirs, id(1)).unwrap(), []);
    let find = Find { limit: 9, ..Find::default() };
    assert_eq!(place.list(theirs, &find).unwrap().cases, []);
    assert_eq!(place.worklist(theirs, &["handler".to_owned()], None, 9).unwrap().duties, []);
    assert_eq!(place.answer(theirs, "key").unwrap(), None);
    assert_eq!(place.feed(theirs, &FeedCursor::new(), 9).unwrap().decided, []);
    assert_eq!(place.pages(theirs).unwrap(), []);
    assert_eq!(place.last_page(theirs, mine.writer).unwrap(), None);
    assert_eq!(place.streams(theirs, None, 9).unwrap(), []);
    assert_eq!(place.key(theirs, "person-1").unwrap(), None);
    assert_eq!(place.sealed(theirs, id(1)).unwrap(), []);
    assert_eq!(place.webhooks(theirs).unwrap(), []);
    assert_eq!(place.messages(theirs, MessageState::Waiting, 9).unwrap(), []);
    assert_eq!(place.tokens(theirs).unwrap(), []);
    let nobody = place.tenant("nobody").unwrap();
    assert_eq!(place.protocols(nobody).unwrap(), []);
    assert_eq!(place.protocol(nobody, hash(9_001)).unwrap(), None);

    let slots = ["name".to_owned()];
    assert_eq!(place.delete_sealed(theirs, id(1), &slots).unwrap(), 0);
    place.destroy_key(theirs, "person-1", at(1)).unwrap();
    assert!(!place.set_active(theirs, WebhookId(1), false).unwrap());
    assert!(!place.activate(nobody, hash(9_001), at(1)).unwrap());
    place.tried(theirs, &message(1, 1), at(1), &Attempt::Arrived).unwrap();
    place.tried(theirs, &message(1, 1), at(1), &Attempt::Dead("no".to_owned())).unwrap();
    assert_eq!(place.resend(theirs, WebhookId(1), at(1)).unwrap(), 0);
    assert_eq!(place.sealed(mine.tenant, id(1)).unwrap().len(), 1);
    assert!(place.key(mine.tenant, "person-1").unwrap().unwrap().wrapped.is_some());
    assert!(place.webhooks(mine.tenant).unwrap()[0].active);
    assert_eq!(place.messages(mine.tenant, MessageState::Waiting, 9).unwrap().len(), 2);
    assert_eq!(place.protocol(mine.tenant, hash(9_001)).unwrap().unwrap().active_from, None);
}

pub(crate) fn the_same_names_in_two_tenants(place: &dyn Place) {
    let one = filled(place, "one");
    let other = filled(place, "other");
    let taken = place.take(at(100), Duration::from_secs(1), &Room::of(9)).unwrap();
    let mut whose: Vec<_> = taken.iter().map(|it| (it.tenant, it.message.sequence)).collect();
    whose.sort();
    assert_eq!(whose, [(one.tenant, 1), (other.tenant, 1)]);
    place.tried(one.tenant, &taken[0].message, at(101), &Attempt::Arrived).unwrap();
    assert_eq!(place.messages(one.tenant, MessageState::Waiting, 9).unwrap().len(), 1);
    assert_eq!(place.messages(other.tenant, MessageState::Waiting, 9).unwrap().len(), 2);
    place.destroy_key(one.tenant, "person-1", at(1)).unwrap();
    assert_eq!(place.sealed(one.tenant, id(1)).unwrap(), []);
    assert_eq!(place.sealed(other.tenant, id(1)).unwrap().len(), 1);
    let again = other.batch([change(case(1, 1), vec![])]);
    assert_eq!(place.write(&again), Err(Failure::Overtaken));
    let timers = place.timers(at(0), 9).unwrap();
    assert_eq!(timers, []);
}
