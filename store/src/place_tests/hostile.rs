//! Texts and numbers that somebody chose to do harm.

use crate::cases::{Change, Failure, Place, Standing, Writer};
use crate::place_tests::overtaken::answer;
use crate::place_tests::sample::{Desk, case, change, duty, hash, id};
use engine::time::Instant;
use std::slice;

/// Gives a text to every column that holds one.
fn with(text: &str) -> Change {
    let mut standing = Standing {
        ticket: Some(text.to_owned()),
        complainant: Some(text.to_owned()),
        respondent: Some(text.to_owned()),
        stage: text.to_owned(),
        rung: Some(text.to_owned()),
        severity: Some(text.to_owned()),
        ..case(1, 1)
    };
    standing.due_at = None;
    let mut change = change(standing, vec![duty(text, 1, text, Some(1))]);
    change.answer = Some(answer(text));
    change.sealed = vec![crate::cases::Sealed {
        stream: id(1),
        slot: text.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }];
    change
}

/// What was accepted is read back as it was; what was refused left nothing.
fn kept_or_refused(place: &dyn Place, text: &str, must_be_kept: bool) {
    let mut desk = Desk::new(place, "one");
    let batch = desk.batch([with(text)]);
    match place.write(&batch) {
        Ok(()) => desk.sequence += 1,
        Err(Failure::Overtaken | Failure::Unknown(_)) => panic!("neither kept nor refused"),
        Err(refused) => {
            assert!(!must_be_kept, "{refused}");
            assert_eq!(place.standing(desk.tenant, id(1)).unwrap(), None);
            assert_eq!(place.pages(desk.tenant).unwrap(), []);
            // The place still works.
            desk.write([change(case(2, 1), vec![])]);
            return;
        }
    }
    let change = &batch.changes[0];
    let tenant = desk.tenant;
    let standing = place.standing(tenant, id(1)).unwrap();
    assert_eq!(standing.as_ref(), Some(&change.standing));
    assert_eq!(place.by_ticket(tenant, text).unwrap(), standing);
    assert_eq!(place.of_person(tenant, "housing", text).unwrap(), [id(1)]);
    assert_eq!(place.answer(tenant, text).unwrap(), change.answer);
    assert_eq!(place.sealed(tenant, id(1)).unwrap(), change.sealed);
    let worklist = place.worklist(tenant, &[text.to_owned()], None, 9).unwrap();
    assert_eq!(worklist.duties, [(change.standing.clone(), change.duties[0].clone())]);
    let find = crate::cases::Find { stage: Some(text.to_owned()), limit: 9, ..Default::default() };
    assert_eq!(place.list(tenant, &find).unwrap().cases, slice::from_ref(&change.standing));
    desk.write([crate::place_tests::sample::change(case(1, 2), vec![])]);
    assert_eq!(place.worklist(tenant, &[text.to_owned()], None, 9).unwrap().duties, []);
}

pub(crate) fn hostile_names_stay_what_they_are(place: &dyn Place) {
    kept_or_refused(
        place,
        "'; drop table stream; --\n\r\t\"\\ %_ \u{202e}é\u{1f4a5}$1 ?1 :x",
        true,
    );
}

pub(crate) fn huge_texts_are_kept_or_refused(place: &dyn Place) {
    kept_or_refused(place, &"Beschwerde ".repeat(100_000), false);
}

pub(crate) fn texts_with_nul_are_kept_or_refused(place: &dyn Place) {
    kept_or_refused(place, "before\0after", false);
}

pub(crate) fn the_ends_of_time_and_of_numbers(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    let mut first = change(case(1, 1), vec![]);
    let mut owed = duty("", u16::MAX, "", None);
    owed.due = Some(Instant::MAX);
    let mut soonest = duty("", 0, "", None);
    soonest.due = Some(Instant::MIN);
    let unmarked = duty("z", 0, "", None);
    first.duties = vec![owed, unmarked, soonest];
    first.standing.due_at = Some(Instant::MIN);
    first.standing.acts_at = Some(Instant::MAX);
    first.standing.opened_at = Instant::MIN;
    first.decided.body = Vec::new();
    let second = change(case(2, 1), vec![]);
    let mut batch = desk.batch([first, second]);
    batch.changes[1].decided.place = u32::MAX;
    batch.pages[0].at = Instant::MAX;
    place.write(&batch).unwrap();
    desk.sequence += 1;
    let kept = place.load(desk.tenant, &[id(1), id(2)]).unwrap();
    for (kept, change) in kept.iter().zip(&batch.changes) {
        let kept = kept.as_ref().unwrap();
        assert_eq!(kept.standing, change.standing);
        assert_eq!(kept.decided, slice::from_ref(&change.decided));
    }
    assert_eq!(place.pages(desk.tenant).unwrap(), batch.pages);
    let worklist = place.worklist(desk.tenant, &[String::new()], None, 9).unwrap();
    let found: Vec<_> = worklist.duties.into_iter().map(|(_, duty)| duty).collect();
    let [owed, unmarked, soonest] = &batch.changes[0].duties[..] else { panic!("three were owed") };
    assert_eq!(found, [soonest.clone(), owed.clone(), unmarked.clone()]);
    assert_eq!(place.first_timer().unwrap(), Some(Instant::MAX));
    assert_eq!(place.timers(Instant::MIN, 9).unwrap(), []);
    assert_eq!(place.timers(Instant::MAX, 9).unwrap().len(), 1);
    assert_eq!(place.timers(Instant::MAX, 0).unwrap(), []);
}

pub(crate) fn a_batch_that_contradicts_itself_is_refused(place: &dyn Place) {
    let desk = Desk::new(place, "one");
    let refused = |batch: crate::cases::Batch| {
        let answer = place.write(&batch);
        assert!(matches!(answer, Err(Failure::Damaged(_) | Failure::Unavailable(_))), "{answer:?}");
        assert_eq!(place.streams(desk.tenant, None, 9).unwrap(), []);
        assert_eq!(place.pages(desk.tenant).unwrap(), []);
    };
    let good = || desk.batch([change(case(1, 1), vec![])]);
    let mut other_version = good();
    other_version.changes[0].standing.version = 2;
    refused(other_version);
    let mut other_stream = good();
    other_stream.changes[0].standing.stream = id(2);
    refused(other_stream);
    let mut other_page = good();
    other_page.changes[0].decided.page = (Writer(999), 1);
    refused(other_page);
    let mut unknown_protocol = good();
    unknown_protocol.changes[0].standing.protocol = hash(1);
    refused(unknown_protocol);
}
