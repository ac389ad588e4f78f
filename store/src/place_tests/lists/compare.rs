//! Lists, worklists and timers against a search by hand, page by page.

use crate::cases::{Change, Duty, Find, Place, Standing};
use crate::place_tests::lists::model::{Model, always, changes, finds};
use crate::place_tests::sample::{Desk, PROTOCOLS, at, case, change, duty, hash, id, stop};
use proptest::prelude::{any, prop};
use proptest::{prop_assert, prop_assert_eq};
use std::sync::atomic::{AtomicU32, Ordering};

static TENANTS: AtomicU32 = AtomicU32::new(0);

/// A tenant whose cases had this course, written in several batches.
fn written<'a>(place: &'a dyn Place, course: &[Change]) -> Desk<'a> {
    let number = TENANTS.fetch_add(1, Ordering::Relaxed);
    let mut desk = Desk::new(place, &format!("tenant {number}"));
    for some in course.chunks(17) {
        desk.write(some.to_vec());
    }
    desk
}

pub(crate) fn always_lists_are_what_a_search_by_hand_gives(place: &dyn Place) {
    always(&(changes(), prop::collection::vec(finds(), 40)), |(course, finds)| {
        let desk = written(place, &course);
        let model = Model::of(&course);
        for find in finds {
            let expected = model.cases(&find);
            let mut found = Vec::new();
            let mut page = find.clone();
            loop {
                let listed = place.list(desk.tenant, &page).unwrap();
                prop_assert!(listed.cases.len() <= find.limit as usize);
                page.after = listed.cases.last().map(|case| case.stream);
                found.extend(listed.cases);
                prop_assert_eq!(listed.more, found.len() < expected.len(), "{:?}", &page);
                if !listed.more {
                    break;
                }
            }
            prop_assert_eq!(found, expected, "{:?}", find);
        }
        let none = place.list(desk.tenant, &Find::default()).unwrap();
        prop_assert!(none.cases.is_empty());
        Ok(())
    });
}

pub(crate) fn always_worklists_are_what_a_search_by_hand_gives(place: &dyn Place) {
    always(&(changes(), any::<[u8; 2]>()), |(course, [which, limit])| {
        let desk = written(place, &course);
        let all = ["handler", "agent", "respondent", "unheard"];
        let parties = all.iter().enumerate().filter(|(at, _)| which & (1 << at) > 0);
        let mut parties: Vec<String> = parties.map(|(_, party)| (*party).to_owned()).collect();
        parties.extend(parties.first().cloned());
        let expected = Model::of(&course).owed(&parties);
        let limit = u32::from(limit % 5) + 1;
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let page = place.worklist(desk.tenant, &parties, after, limit).unwrap();
            prop_assert!(page.duties.len() <= limit as usize);
            after = page.duties.last().map(|(standing, duty)| {
                (duty.due, standing.stream, duty.deadline.clone(), duty.occurrence)
            });
            found.extend(page.duties);
            prop_assert_eq!(page.more, found.len() < expected.len());
            if !page.more {
                break;
            }
        }
        prop_assert_eq!(found, expected);
        Ok(())
    });
}

pub(crate) fn always_timers_are_what_a_search_by_hand_gives(place: &dyn Place) {
    always(&(changes(), 0_i64..25), |(course, until)| {
        let desk = written(place, &course);
        // Those of the tenants before it are there as well.
        let timers = place.timers(at(until), u32::MAX).unwrap();
        prop_assert!(timers.is_sorted());
        let mine = timers.iter().filter(|timer| timer.tenant == desk.tenant);
        let mine: Vec<_> = mine.map(|timer| (timer.at, timer.stream)).collect();
        prop_assert_eq!(mine, Model::of(&course).timers(at(until)));
        let first = place.timers(at(i64::from(i32::MAX)), 1).unwrap();
        prop_assert_eq!(place.first_timer().unwrap(), first.first().map(|timer| timer.at));
        prop_assert_eq!(place.timers(at(until), 3).unwrap(), &timers[..timers.len().min(3)]);
        Ok(())
    });
}

pub(crate) fn what_is_owed_no_more_is_gone(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    let tenant = desk.tenant;
    let mut check = |version, duties: &[Duty], listed: &[Duty]| {
        desk.write([change(case(1, version), duties.to_vec())]);
        let parties = ["handler", "agent"].map(str::to_owned);
        let page = place.worklist(tenant, &parties, None, 9).unwrap();
        assert!(page.duties.iter().all(|(standing, _)| standing.version == version));
        let found: Vec<_> = page.duties.into_iter().map(|(_, duty)| duty).collect();
        assert_eq!(found, listed, "after version {version}");
    };
    let (first, second) = (duty("a", 1, "handler", Some(5)), duty("b", 1, "agent", Some(6)));
    let missed = Duty { missed: true, ..first.clone() };
    let paused = Duty { due: None, ..second.clone() };
    let passed_on = Duty { party: "agent".to_owned(), ..missed.clone() };
    check(1, &[second.clone(), first.clone()], &[first, second.clone()]);
    check(2, &[missed.clone(), paused.clone()], &[missed, paused]);
    check(3, &[second.clone(), passed_on.clone()], &[passed_on, second]);
    check(4, &[], &[]);
}

pub(crate) fn streams_of_people_and_cases(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    let of = |mut standing: Standing, person: Option<&str>, (protocol, number)| {
        standing.complainant = person.map(str::to_owned);
        standing.protocol_id = String::from(protocol);
        standing.protocol = hash(number);
        change(standing, vec![])
    };
    let [first, second, other] = PROTOCOLS;
    desk.write([
        of(case(9, 1), Some("ada"), first),
        of(case(2, 1), Some("ada"), second),
        of(case(3, 1), Some("ada"), other),
        of(case(4, 1), Some("bob"), first),
        of(case(5, 1), None, first),
        of(stop(6, 9, 1), Some("ada"), first),
        of(stop(1, 9, 1), None, first),
        of(stop(7, 4, 1), Some("bob"), first),
        of(stop(8, 3, 1), Some("ada"), other),
    ]);
    let of = |protocol, person| place.of_person(desk.tenant, protocol, person).unwrap();
    assert_eq!(of("housing", "ada"), [id(1), id(2), id(6), id(9)]);
    assert_eq!(of("energy", "ada"), [id(3), id(8)]);
    assert_eq!(of("housing", "bob"), [id(4), id(7)]);
    assert_eq!(of("energy", "bob"), []);
    assert_eq!(of("unheard", "ada"), []);
    assert_eq!(of("housing", ""), []);
    assert_eq!(place.stops_on(desk.tenant, id(9)).unwrap(), [id(1), id(6)]);
    assert_eq!(place.stops_on(desk.tenant, id(1)).unwrap(), []);
}
