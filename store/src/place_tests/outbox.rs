//! Receivers and their messages.

use crate::cases::{Attempt, Message, MessageState, Place, Taken, Tenant, Webhook, WebhookId};
use crate::place_tests::sample::{Desk, at, case, change, id};
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
    let taken = place.take(at(now), LEASE, limit).unwrap();
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
    let taken = place.take(at(50), LEASE, 9).unwrap();
    let again = Message { not_before: at(50), ..message(1, 1) };
    let first_tried = Some(at(11));
    assert_eq!(taken, [Taken { tenant: desk.tenant, message: again, attempts: 1, first_tried }]);
    tried(&desk, &message(1, 1), 51, &Attempt::Again(at(60), "status 500".to_owned()));
    let taken = place.take(at(60), LEASE, 9).unwrap();
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
    let taken = place.take(at(20), LEASE, 9).unwrap();
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
    let taken = place.take(at(30), LEASE, 9).unwrap();
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
