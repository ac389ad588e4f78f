//! Receivers and their messages.

use crate::cases::{
    Attempt, Message, MessageState, Place, Room, Taken, Tenant, Webhook, WebhookId,
};
use crate::place_tests::sample::{Desk, at, case, change, id};
use std::collections::BTreeSet;
use std::time::Duration;

const LEASE: Duration = Duration::from_millis(100);

pub(super) fn webhook(tenant: Tenant) -> Webhook {
    Webhook {
        id: WebhookId(0),
        tenant,
        url: "https://example.org/in".to_owned(),
        secret: vec![0, 255, 3],
        kinds: vec!["breached".to_owned(), "met".to_owned()],
        active: true,
    }
}

/// A message for the first receiver, about a stream, that may be sent from 10 on.
pub(super) fn message(stream: u32, sequence: u32) -> Message {
    Message {
        webhook: WebhookId(1),
        stream: id(stream),
        sequence,
        kind: "breached".to_owned(),
        body: vec![1, 0, 255],
        not_before: at(10),
        tells: Some("handler".to_owned()),
    }
}

/// A tenant with two receivers, and messages about some streams.
fn desk<'a>(place: &'a dyn Place, messages: &[Message]) -> Desk<'a> {
    let mut desk = Desk::new(place, "one");
    assert_eq!(place.add_webhook(&webhook(desk.tenant)).unwrap(), WebhookId(1));
    assert_eq!(place.add_webhook(&webhook(desk.tenant)).unwrap(), WebhookId(2));
    let mut streams: Vec<_> = messages.iter().map(|message| message.stream).collect();
    streams.sort();
    streams.dedup();
    let changes = (1..=9).filter(|number| streams.contains(&id(*number))).map(|number| {
        let mut change = change(case(number, 1), vec![]);
        let mine = messages.iter().filter(|message| message.stream == id(number));
        change.messages = mine.cloned().collect();
        change
    });
    desk.write(changes.collect::<Vec<_>>());
    desk
}

/// Takes what there is, as stream and number in order.
fn take(place: &dyn Place, now: i64, limit: u32) -> Vec<(u8, u32)> {
    take_with(place, now, &Room::of(limit))
}

fn take_with(place: &dyn Place, now: i64, room: &Room) -> Vec<(u8, u32)> {
    let taken = place.take(at(now), LEASE, room).unwrap();
    let mut taken: Vec<_> =
        taken.iter().map(|it| (it.message.stream.0[3], it.message.sequence)).collect();
    taken.sort_unstable();
    taken
}

fn tried(desk: &Desk<'_>, message: &Message, now: i64, attempt: &Attempt) {
    desk.place.tried(desk.tenant, message, at(now), attempt).unwrap();
}

pub(crate) fn messages_of_a_stream_go_one_after_the_other(place: &dyn Place) {
    let desk = desk(place, &[message(1, 3), message(1, 1), message(1, 2), message(2, 7)]);
    assert_eq!(place.depth().unwrap(), 4);
    assert_eq!(place.next_send().unwrap(), Some(at(10)));
    assert_eq!(place.oldest_waiting().unwrap(), Some(at(10)));
    assert_eq!(take(place, 9, 9), []);
    assert_eq!(take(place, 10, 9), [(1, 1), (2, 7)]);
    tried(&desk, &message(1, 1), 11, &Attempt::Arrived);
    assert_eq!(take(place, 12, 9), [(1, 2)]);
    tried(&desk, &message(1, 2), 13, &Attempt::Arrived);
    tried(&desk, &message(2, 7), 13, &Attempt::Arrived);
    tried(&desk, &message(2, 7), 13, &Attempt::Arrived);
    assert_eq!(take(place, 14, 9), [(1, 3)]);
    tried(&desk, &message(1, 3), 15, &Attempt::Arrived);
    assert_eq!(place.depth().unwrap(), 0);
    assert_eq!(place.next_send().unwrap(), None);
    assert_eq!(place.oldest_waiting().unwrap(), None);
}

pub(crate) fn what_did_not_arrive_waits_since_it_was_tried_first(place: &dyn Place) {
    let desk = desk(place, &[message(1, 1)]);
    assert_eq!(take(place, 20, 9), [(1, 1)]);
    tried(&desk, &message(1, 1), 21, &Attempt::Again(at(5_000), "500".to_owned()));
    assert_eq!(place.oldest_waiting().unwrap(), Some(at(21)));
    assert_eq!(place.next_send().unwrap(), Some(at(5_000)));
    assert_eq!(take(place, 5_000, 9), [(1, 1)]);
    tried(&desk, &message(1, 1), 5_001, &Attempt::Dead("500".to_owned()));
    assert_eq!(place.oldest_waiting().unwrap(), None);
}

pub(crate) fn a_lease_keeps_others_away(place: &dyn Place) {
    let desk = desk(place, &[message(1, 1), message(2, 1), message(3, 1)]);
    assert_eq!(take(place, 20, 2).len(), 2);
    assert_eq!(take(place, 20, 2).len(), 1);
    assert_eq!(take(place, 119, 9), []);
    assert_eq!(place.next_send().unwrap(), Some(at(120)));
    assert_eq!(take(place, 120, 9), [(1, 1), (2, 1), (3, 1)]);
    let waiting = place.messages(desk.tenant, MessageState::Waiting, 9).unwrap();
    assert!(waiting.iter().all(|it| it.attempts == 0 && it.message.not_before == at(10)));
}

pub(crate) fn a_message_that_failed_comes_again_and_blocks_its_stream(place: &dyn Place) {
    let desk = desk(place, &[message(1, 1), message(1, 2), message(2, 1)]);
    assert_eq!(take(place, 10, 9), [(1, 1), (2, 1)]);
    tried(&desk, &message(1, 1), 11, &Attempt::Again(at(50), "status 500".to_owned()));
    assert_eq!(take(place, 49, 9), []);
    assert_eq!(place.next_send().unwrap(), Some(at(50)));
    let taken = place.take(at(50), LEASE, &Room::of(9)).unwrap();
    let again = Message { not_before: at(50), ..message(1, 1) };
    let first_tried = Some(at(11));
    assert_eq!(taken, [Taken { tenant: desk.tenant, message: again, attempts: 1, first_tried }]);
    tried(&desk, &message(1, 1), 51, &Attempt::Again(at(60), "status 500".to_owned()));
    let taken = place.take(at(60), LEASE, &Room::of(9)).unwrap();
    assert_eq!((taken[0].attempts, taken[0].first_tried), (2, first_tried));
    tried(&desk, &message(1, 1), 61, &Attempt::Arrived);
    assert_eq!(take(place, 62, 9), [(1, 2)]);
}

pub(crate) fn dead_letters_let_the_next_pass_and_are_sent_again(place: &dyn Place) {
    let desk = desk(place, &[message(1, 1), message(1, 2), message(1, 3)]);
    for sequence in [1, 2] {
        assert_eq!(take(place, 10, 9), [(1, sequence)]);
        tried(&desk, &message(1, sequence), 11, &Attempt::Dead("status 410".to_owned()));
    }
    let dead = place.messages(desk.tenant, MessageState::Dead, 9).unwrap();
    assert_eq!(dead.iter().map(|it| it.message.sequence).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((dead[0].attempts, dead[0].first_tried), (1, Some(at(11))));
    assert_eq!(place.messages(desk.tenant, MessageState::Dead, 1).unwrap().len(), 1);
    assert_eq!(place.depth().unwrap(), 1);
    assert_eq!(place.resend(desk.tenant, WebhookId(2), at(20)).unwrap(), 0);
    assert_eq!(place.resend(desk.tenant, WebhookId(1), at(20)).unwrap(), 2);
    assert_eq!(place.depth().unwrap(), 3);
    assert_eq!(place.messages(desk.tenant, MessageState::Dead, 9).unwrap(), []);
    let taken = place.take(at(20), LEASE, &Room::of(9)).unwrap();
    assert_eq!(taken.len(), 1, "what is sent again comes before what waited");
    assert_eq!((taken[0].message.sequence, taken[0].attempts), (1, 0));
    assert_eq!((taken[0].first_tried, taken[0].message.not_before), (None, at(20)));
    for sequence in [1, 2, 3] {
        tried(&desk, &message(1, sequence), 21, &Attempt::Arrived);
    }
    assert_eq!(place.depth().unwrap(), 0);
}

pub(crate) fn receivers_that_are_off_get_nothing(place: &dyn Place) {
    let other = Message { webhook: WebhookId(2), not_before: at(30), ..message(1, 1) };
    let desk = desk(place, &[message(1, 1), other]);
    assert!(place.set_active(desk.tenant, WebhookId(1), false).unwrap());
    assert!(!place.set_active(desk.tenant, WebhookId(3), false).unwrap());
    assert_eq!(place.next_send().unwrap(), Some(at(30)));
    assert_eq!(take(place, 20, 9), []);
    let taken = place.take(at(30), LEASE, &Room::of(9)).unwrap();
    assert_eq!(taken.iter().map(|it| it.message.webhook).collect::<Vec<_>>(), [WebhookId(2)]);
    assert_eq!(place.depth().unwrap(), 2);
    assert!(place.set_active(desk.tenant, WebhookId(1), true).unwrap());
    assert_eq!(place.next_send().unwrap(), Some(at(10)));
    assert_eq!(take(place, 31, 9), [(1, 1)]);
}

pub(crate) fn receivers_and_messages_are_read_back(place: &dyn Place) {
    let told = Message { tells: None, body: Vec::new(), ..message(2, u32::MAX) };
    let desk = desk(place, &[message(1, 1), told.clone()]);
    let all = Webhook {
        kinds: Vec::new(),
        active: false,
        url: "file:out".to_owned(),
        ..webhook(desk.tenant)
    };
    let id = place.add_webhook(&all).unwrap();
    let numbered = |id, webhook: &Webhook| Webhook { id, ..webhook.clone() };
    assert_eq!(
        place.webhooks(desk.tenant).unwrap(),
        [
            numbered(WebhookId(1), &webhook(desk.tenant)),
            numbered(WebhookId(2), &webhook(desk.tenant)),
            numbered(id, &all)
        ]
    );
    let waiting = place.messages(desk.tenant, MessageState::Waiting, 9).unwrap();
    let waiting: Vec<_> = waiting.into_iter().map(|it| it.message).collect();
    assert_eq!(waiting, [message(1, 1), told]);
}

pub(crate) fn many_messages_for_one_stream_are_taken_in_order(place: &dyn Place) {
    let messages: Vec<_> = (1..=200).rev().map(|sequence| message(1, sequence)).collect();
    let desk = desk(place, &messages);
    for sequence in 1..=200 {
        assert_eq!(take(place, 10, 500), [(1, sequence)]);
        tried(&desk, &message(1, sequence), 11, &Attempt::Arrived);
    }
    assert_eq!(place.depth().unwrap(), 0);
}

pub(crate) fn one_receiver_leaves_room_for_others(place: &dyn Place) {
    let other = Message { webhook: WebhookId(2), not_before: at(30), ..message(1, 1) };
    let mine = (1..=5).map(|stream| message(stream, 1));
    let desk = desk(place, &mine.chain([other]).collect::<Vec<_>>());
    let room = Room { each: 2, ..Room::of(9) };
    let of = |room: &Room| {
        let mut taken = place.take(at(40), LEASE, room).unwrap();
        taken.sort_by_key(|it| it.message.webhook);
        taken.iter().map(|it| it.message.webhook.0).collect::<Vec<_>>()
    };
    assert_eq!(of(&room), [1, 1, 2]);
    let full = BTreeSet::from([(desk.tenant, WebhookId(1)), (Tenant(77), WebhookId(2))]);
    assert_eq!(of(&Room { full: full.clone(), ..room.clone() }), [0; 0]);
    assert_eq!(place.take_digest(at(40), LEASE, &Room { full, late: at(40), ..room }).unwrap(), []);
    assert_eq!(of(&Room { each: 9, ..Room::of(1) }), [1]);
}

/// Room for so many, where what was to be sent before 50 comes late.
fn late(limit: u32) -> Room {
    Room { late: at(50), ..Room::of(limit) }
}

/// Takes what comes late as a digest.
fn digest(place: &dyn Place, now: i64, limit: u32) -> Vec<(u8, u32)> {
    let taken = place.take_digest(at(now), LEASE, &late(limit)).unwrap();
    taken.iter().map(|it| (it.message.stream.0[3], it.message.sequence)).collect()
}

/// Messages of which some tell nobody and some come late only after 50.
fn mixed() -> Vec<Message> {
    let silent = |stream, sequence| Message { tells: None, ..message(stream, sequence) };
    let later = |stream, sequence| Message { not_before: at(50), ..message(stream, sequence) };
    vec![
        silent(1, 1),
        message(1, 2),
        message(1, 3),
        silent(1, 4),
        message(2, 1),
        later(2, 2),
        later(3, 1),
        message(3, 2),
    ]
}

pub(crate) fn what_comes_late_is_taken_as_one_digest(place: &dyn Place) {
    let desk = desk(place, &mixed());
    assert_eq!(take_with(place, 20, &late(9)), [(1, 1)], "what is for a digest is not taken alone");
    assert_eq!(digest(place, 60, 9), [(1, 2), (1, 3), (2, 1), (3, 2)]);
    assert_eq!(digest(place, 61, 9), [], "it is taken");
    // Each line goes on without what is in the digest.
    assert_eq!(take_with(place, 120, &late(9)), [(1, 1), (2, 2), (3, 1)]);
    tried(&desk, &message(1, 1), 121, &Attempt::Arrived);
    assert_eq!(take(place, 122, 9), [(1, 4)]);
    assert_eq!(place.next_send().unwrap(), Some(at(160)));
    assert_eq!(place.depth().unwrap(), 7);
    tried(&desk, &message(2, 1), 123, &Attempt::Arrived);
    assert_eq!(place.depth().unwrap(), 3);
    tried(&desk, &message(1, 2), 124, &Attempt::Arrived);
    assert_eq!(place.depth().unwrap(), 3);
    assert_eq!(digest(place, 300, 9), []);
    assert_eq!(take(place, 300, 9), [(1, 4), (2, 2), (3, 1)]);
}

pub(crate) fn a_digest_that_failed_comes_again_as_it_was(place: &dyn Place) {
    let mut desk = desk(place, &mixed());
    let all = [(1, 2), (1, 3), (2, 1), (3, 2)];
    assert_eq!(digest(place, 60, 9), all);
    // Whoever took it is gone.
    assert_eq!(digest(place, 159, 9), []);
    assert_eq!(digest(place, 160, 1), all, "a digest is never divided");
    let mut other = change(case(4, 1), vec![]);
    other.messages = vec![message(4, 1)];
    desk.write([other]);
    tried(&desk, &message(2, 1), 161, &Attempt::Again(at(200), "status 500".to_owned()));
    assert_eq!(digest(place, 199, 9), [], "another waits until the first has arrived");
    assert_eq!(place.next_send().unwrap(), Some(at(10)));
    assert_eq!(take_with(place, 199, &late(9)), [(1, 1), (2, 2), (3, 1)]);
    assert_eq!(place.next_send().unwrap(), Some(at(10)));
    let taken = place.take_digest(at(200), LEASE, &late(9)).unwrap();
    assert_eq!(taken.len(), 4);
    for it in taken {
        assert_eq!((it.attempts, it.first_tried), (1, Some(at(161))));
        assert_eq!(it.message.not_before, at(200));
    }
    tried(&desk, &message(3, 2), 201, &Attempt::Arrived);
    assert_eq!(digest(place, 202, 9), [(4, 1)]);
}

pub(crate) fn a_digest_that_was_given_up_is_sent_again_as_it_was(place: &dyn Place) {
    let desk = desk(place, &mixed());
    let all = [(1, 2), (1, 3), (2, 1), (3, 2)];
    assert_eq!(digest(place, 60, 9), all);
    tried(&desk, &message(3, 2), 61, &Attempt::Dead("status 500".to_owned()));
    assert_eq!(place.messages(desk.tenant, MessageState::Dead, 9).unwrap().len(), 4);
    assert_eq!(digest(place, 500, 9), []);
    assert_eq!(place.resend(desk.tenant, WebhookId(1), at(600)).unwrap(), 4);
    assert_eq!(place.messages(desk.tenant, MessageState::Dead, 9).unwrap(), []);
    let taken = place.take_digest(at(600), LEASE, &late(9)).unwrap();
    assert!(taken.iter().all(|it| it.attempts == 0 && it.first_tried.is_none()));
    let numbers: Vec<_> =
        taken.iter().map(|it| (it.message.stream.0[3], it.message.sequence)).collect();
    assert_eq!(numbers, all);
    assert!(place.set_active(desk.tenant, WebhookId(1), false).unwrap());
    assert_eq!(digest(place, 900, 9), []);
    assert_eq!(place.next_send().unwrap(), None);
}

pub(crate) fn a_digest_is_of_one_receiver_and_one_who_is_told(place: &dyn Place) {
    let party = |party: &str, stream, sequence| Message {
        tells: Some(party.to_owned()),
        ..message(stream, sequence)
    };
    let other = Message { webhook: WebhookId(2), ..party("a", 1, 2) };
    let messages = [party("a", 1, 2), party("b", 1, 1), party("a", 2, 1), party("b", 3, 1), other];
    let desk = desk(place, &messages);
    let mut seen = Vec::new();
    for now in 60..63 {
        let taken = place.take_digest(at(now), LEASE, &late(9)).unwrap();
        let first = taken[0].message.clone();
        let of = (first.webhook, first.tells.clone());
        assert!(taken.iter().all(|it| (it.message.webhook, it.message.tells.clone()) == of));
        tried(&desk, &first, now, &Attempt::Arrived);
        seen.push((first.webhook.0, first.tells.unwrap(), taken.len()));
    }
    seen.sort();
    let wanted = [(1, "a", 2), (1, "b", 2), (2, "a", 1)];
    assert_eq!(seen, wanted.map(|(id, tells, n)| (id, tells.to_owned(), n)));
    assert_eq!(place.depth().unwrap(), 0);
    assert_eq!(digest(place, 70, 9), []);
}
