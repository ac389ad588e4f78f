//! What is asked at once is what single questions say.

use std::collections::{BTreeMap, BTreeSet};

use crate::cases::{Answer, Asked, Key, Outline, Place, Sealed, StreamId};
use crate::place_tests::sample::{Desk, at, case, change, hash, id, stop};

pub(crate) fn what_is_asked_at_once(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    let other = Desk::new(place, "other").tenant;
    let tenant = desk.tenant;
    let of = |number, person: Option<&str>| {
        let mut change = change(case(number, 1), vec![]);
        change.standing.complainant = person.map(str::to_owned);
        let sealed =
            |slot: &str| Sealed { stream: id(number), slot: slot.to_owned(), bytes: vec![9; 80] };
        change.sealed = vec![sealed("a"), sealed("b")];
        change.answer = Some(Answer {
            key: format!("key-{number}"),
            request: hash(number),
            status: 200,
            body: vec![7; 9],
            expires: at(99),
        });
        change
    };
    let mut on_ada = change(stop(6, 1, 1), vec![]);
    on_ada.standing.complainant = Some("ada".to_owned());
    let mut on_nobody = change(stop(7, 4, 1), vec![]);
    on_nobody.standing.complainant = None;
    desk.write([
        of(1, Some("ada")),
        of(2, Some("ada")),
        of(3, Some("bob")),
        of(4, None),
        of(5, Some("eve")),
        on_ada,
        on_nobody,
    ]);
    let key = |person: &str| Key {
        person: person.to_owned(),
        wrapped: Some(vec![1; 60]),
        destroyed_at: None,
    };
    for person in ["ada", "eve", &id(4).to_string()] {
        place.keep_key(tenant, &key(person)).unwrap();
    }
    let asked = Asked {
        keys: vec!["key-1".to_owned(), "key-9".to_owned()],
        streams: vec![id(1), id(4), id(9)],
        sealing: vec![id(1), id(4), id(9)],
        people: vec!["bob".to_owned(), "zoe".to_owned()],
    };
    let seen = place.glance(tenant, &asked).unwrap();
    let answer = place.answer(tenant, "key-1").unwrap().unwrap();
    assert_eq!(seen.answers, BTreeMap::from([("key-1".to_owned(), answer)]));
    let whose = ["ada".to_owned(), "bob".to_owned(), id(4).to_string()];
    for person in whose.iter().chain(&["zoe".to_owned()]) {
        let known = seen.people.get(person);
        assert_eq!(known, Some(&place.key(tenant, person).unwrap()), "{person}");
    }
    assert!(!seen.people.contains_key("eve") && !seen.slots.contains_key(&id(3)), "not asked for");
    for case in [1, 4] {
        let slots = place.sealed(tenant, id(case)).unwrap().into_iter().map(|it| it.slot);
        assert_eq!(seen.slots.get(&id(case)), Some(&slots.collect::<BTreeSet<_>>()));
    }
    if let Some(streams) = seen.streams {
        let outline =
            |stream: StreamId| Outline::from(&place.standing(tenant, stream).unwrap().unwrap());
        let expected = [1, 2, 3, 4, 6, 7].map(|it| (id(it), outline(id(it))));
        assert_eq!(streams, BTreeMap::from(expected));
    }
    let theirs = place.glance(other, &asked).unwrap();
    assert!(theirs.answers.is_empty() && theirs.streams.is_none_or(|it| it.is_empty()));
    assert!(theirs.people.values().all(Option::is_none));
    assert!(theirs.slots.values().all(BTreeSet::is_empty));
    let nothing = place.glance(tenant, &Asked::default()).unwrap();
    assert!(nothing.answers.is_empty() && nothing.people.is_empty() && nothing.slots.is_empty());
}

pub(crate) fn a_new_key_is_written_with_its_values(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    let tenant = desk.tenant;
    let key = |byte| Key {
        person: "person-1".to_owned(),
        wrapped: Some(vec![byte; 60]),
        destroyed_at: None,
    };
    let mut write = |number, keys: &[Key], new_keys: &[Key]| {
        let mut batch = desk.batch([change(case(number, 1), vec![])]);
        batch.keys = keys.iter().map(|it| (tenant, it.clone())).collect();
        batch.new_keys = new_keys.iter().map(|it| (tenant, it.clone())).collect();
        let written = place.write(&batch);
        desk.sequence += u64::from(written.is_ok());
        written
    };
    let overtaken = Err(crate::cases::Failure::Overtaken);
    assert_eq!(write(1, &[], &[key(1)]), Ok(()));
    assert_eq!(place.key(tenant, "person-1").unwrap(), Some(key(1)));
    // Somebody else has kept one meanwhile: nothing of the batch is written.
    assert_eq!(write(2, &[], &[key(2)]), overtaken);
    assert_eq!(place.key(tenant, "person-1").unwrap(), Some(key(1)));
    assert_eq!(place.standing(tenant, id(2)).unwrap(), None);
    assert_eq!(write(2, &[key(1)], &[]), Ok(()));
    place.destroy_key(tenant, "person-1", at(5)).unwrap();
    // A key that was known before it was destroyed does not come back.
    assert_eq!(write(3, &[key(1)], &[]), overtaken);
    assert_eq!(write(3, &[], &[key(3)]), Ok(()));
    let renewed = Key { destroyed_at: Some(at(5)), ..key(3) };
    assert_eq!(place.key(tenant, "person-1").unwrap(), Some(renewed));
}
