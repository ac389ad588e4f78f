//! What is written is read back.

use crate::cases::{Answer, Batch, Find, Kept, MessageState, Place, Sealed, Tenant};
use crate::place_tests::overtaken::answer;
use crate::place_tests::sample::{Desk, at, case, change, duty, id, stop};
use std::collections::BTreeMap;

pub(crate) fn an_empty_place_has_nothing(place: &dyn Place) {
    let tenant = Tenant(1);
    assert_eq!(place.tenants().unwrap(), []);
    assert_eq!(place.load(tenant, &[id(1), id(2)]).unwrap(), [None, None]);
    assert_eq!(place.load(tenant, &[]).unwrap(), []);
    assert_eq!(place.standing(tenant, id(1)).unwrap(), None);
    assert_eq!(place.by_ticket(tenant, "C-1").unwrap(), None);
    assert_eq!(place.of_person(tenant, "housing", "person").unwrap(), []);
    assert_eq!(place.stops_on(tenant, id(1)).unwrap(), []);
    let listed = place.list(tenant, &Find { limit: 10, ..Find::default() }).unwrap();
    assert!(listed.cases.is_empty() && !listed.more);
    assert_eq!(place.worklist(tenant, &["handler".to_owned()], None, 9).unwrap().duties, []);
    assert_eq!(place.timers(at(0), 10).unwrap(), []);
    assert_eq!(place.first_timer().unwrap(), None);
    assert_eq!(place.answer(tenant, "key").unwrap(), None);
    assert_eq!(place.forget_answers(at(0)).unwrap(), 0);
    assert_eq!(place.feed(tenant, &BTreeMap::new(), 10).unwrap().decided, []);
    assert_eq!(place.pages(tenant).unwrap(), []);
    assert_eq!(place.streams(tenant, None, 10).unwrap(), []);
    assert_eq!(place.key(tenant, "person").unwrap(), None);
    assert_eq!(place.sealed(tenant, id(1)).unwrap(), []);
    assert_eq!(place.webhooks(tenant).unwrap(), []);
    assert_eq!(place.messages(tenant, MessageState::Dead, 10).unwrap(), []);
    assert_eq!(place.protocols(tenant).unwrap(), []);
    assert_eq!(place.tokens(tenant).unwrap(), []);
    assert_eq!(place.depth().unwrap(), 0);
    assert_eq!(place.next_send().unwrap(), None);
    place.writable().unwrap();
}

pub(crate) fn what_is_written_is_read_back(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    let mut first = change(case(1, 1), vec![duty("final", 1, "handler", Some(90))]);
    let name = Sealed { stream: id(1), slot: "name".to_owned(), bytes: vec![0, 255, 7] };
    first.sealed = vec![name.clone()];
    let stopped = change(stop(2, 1, 1), vec![]);
    let batch = desk.write([first, stopped]);
    let kept: Vec<Option<Kept>> = batch
        .changes
        .iter()
        .map(|change| {
            let decided = vec![change.decided.clone()];
            Some(Kept { standing: change.standing.clone(), decided })
        })
        .collect();
    assert_eq!(place.load(desk.tenant, &[id(1), id(2)]).unwrap(), kept);
    assert_eq!(place.load(desk.tenant, &[id(3), id(2)]).unwrap(), [None, kept[1].clone()]);
    let standing = &batch.changes[0].standing;
    assert_eq!(place.standing(desk.tenant, id(1)).unwrap().as_ref(), Some(standing));
    let ticket = standing.ticket.as_deref().unwrap();
    assert_eq!(place.by_ticket(desk.tenant, ticket).unwrap().as_ref(), Some(standing));
    assert_eq!(place.sealed(desk.tenant, id(1)).unwrap(), [name]);
    assert_eq!(place.pages(desk.tenant).unwrap(), batch.pages);
    let last = place.last_page(desk.tenant, desk.writer).unwrap();
    assert_eq!(last.as_ref(), batch.pages.last());
    let worklist = place.worklist(desk.tenant, &["handler".to_owned()], None, 10).unwrap();
    assert_eq!(worklist.duties, [(standing.clone(), batch.changes[0].duties[0].clone())]);
    assert!(!worklist.more);
    assert_eq!(place.streams(desk.tenant, None, 1).unwrap(), [id(1)]);
    assert_eq!(place.streams(desk.tenant, Some(id(1)), 9).unwrap(), [id(2)]);
}

pub(crate) fn several_changes_of_one_stream_in_one_batch(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    let owed = |name: &str| vec![duty(name, 1, "handler", Some(5)), duty("b", 1, "handler", None)];
    let mut course = Vec::new();
    for version in 1..=3 {
        course.push(change(case(1, version), owed(&format!("a{version}"))));
    }
    course[1].standing.acts_at = Some(at(3));
    course[2].standing.stage = "answered".to_owned();
    let first = desk.write(course);
    assert_eq!(place.first_timer().unwrap(), None, "time acted between two versions");
    let mut course = Vec::new();
    for version in 4..=5 {
        course.push(change(case(1, version), owed(&format!("a{version}"))));
    }
    let second = desk.write(course);
    let kept = place.load(desk.tenant, &[id(1)]).unwrap().remove(0).unwrap();
    assert_eq!(&kept.standing, &second.changes[1].standing);
    let all = first.changes.iter().chain(&second.changes);
    assert_eq!(kept.decided, all.map(|it| it.decided.clone()).collect::<Vec<_>>());
    let worklist = place.worklist(desk.tenant, &["handler".to_owned()], None, 10).unwrap();
    let found: Vec<_> = worklist.duties.iter().map(|(_, duty)| duty.deadline.as_str()).collect();
    assert_eq!(found, ["a5", "b"]);
}

pub(crate) fn answers_are_kept_until_they_may_be_forgotten(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    let answers: Vec<Answer> = (1..=3)
        .map(|number| Answer {
            status: 200 + number,
            body: vec![u8::try_from(number).unwrap(); 10],
            expires: at(i64::from(number)),
            ..answer(&format!("key-{number}"))
        })
        .collect();
    let changes = answers.iter().zip(1..).map(|(answer, version)| {
        let mut change = change(case(1, version), vec![]);
        change.answer = Some(answer.clone());
        change
    });
    desk.write(changes.collect::<Vec<_>>());
    let kept = || -> Vec<u16> {
        let keys = answers.iter().map(|it| place.answer(desk.tenant, &it.key).unwrap());
        keys.flatten().map(|answer| answer.status).collect()
    };
    assert_eq!(place.answer(desk.tenant, "key-2").unwrap().as_ref(), Some(&answers[1]));
    assert_eq!(place.forget_answers(at(0)).unwrap(), 0);
    assert_eq!(kept(), [201, 202, 203]);
    assert_eq!(place.forget_answers(at(2)).unwrap(), 2);
    assert_eq!(kept(), [203]);
    let mut again = change(case(1, 4), vec![]);
    again.answer = Some(answers[0].clone());
    desk.write([again]);
    assert_eq!(place.answer(desk.tenant, "key-1").unwrap().as_ref(), Some(&answers[0]));
}

pub(crate) fn an_empty_batch_is_nothing(place: &dyn Place) {
    let desk = Desk::new(place, "one");
    place.write(&Batch::default()).unwrap();
    assert_eq!(place.pages(desk.tenant).unwrap(), []);
}

pub(crate) fn numbers_are_given_out_once(place: &dyn Place) {
    let (one, other) = (place.tenant("one").unwrap(), place.tenant("other").unwrap());
    assert_eq!(place.take_numbers(one, "C-2026", 1), Ok(1));
    assert_eq!(place.take_numbers(one, "C-2026", 5), Ok(2));
    assert_eq!(place.take_numbers(one, "C-2026", 1), Ok(7));
    assert_eq!(place.take_numbers(one, "C-2027", 1), Ok(1));
    assert_eq!(place.take_numbers(other, "C-2026", 2), Ok(1));
    let taken = std::sync::Mutex::new(std::collections::BTreeSet::new());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..25 {
                    let first = place.take_numbers(other, "many", 2).unwrap();
                    let mut taken = taken.lock().unwrap();
                    assert!(taken.insert(first) && taken.insert(first + 1), "{first}");
                }
            });
        }
    });
    assert_eq!(taken.into_inner().unwrap(), (1..=200).collect());
}
