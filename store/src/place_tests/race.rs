//! Several threads on one place.

use crate::cases::{Failure, Key, Place, Room};
use crate::place_tests::outbox::{message, webhook};
use crate::place_tests::sample::{Desk, at, case, change, duty, id};
use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

/// How many versions the writers race for.
const VERSIONS: u32 = 30;

pub(crate) fn of_two_writers_one_wins_each_version(place: &dyn Place) {
    let race = |name: &'static str| {
        let mut desk = Desk::new(place, "one");
        let mut won = Vec::new();
        for version in 1..=VERSIONS {
            let mut mine = change(case(1, version), vec![]);
            mine.decided.body = name.as_bytes().to_vec();
            let batch = desk.batch([mine]);
            match place.write(&batch) {
                Ok(()) => {
                    desk.sequence += 1;
                    won.push(version);
                }
                Err(Failure::Overtaken) => {}
                Err(other) => panic!("{other}"),
            }
        }
        (desk.tenant, won)
    };
    let ((tenant, one), (_, other)) = thread::scope(|scope| {
        let (one, other) = (scope.spawn(|| race("one")), scope.spawn(|| race("other")));
        (one.join().unwrap(), other.join().unwrap())
    });
    let kept = place.load(tenant, &[id(1)]).unwrap().remove(0).unwrap();
    assert_eq!(kept.standing.version, u32::try_from(kept.decided.len()).unwrap());
    assert_eq!(one.len() + other.len(), kept.decided.len(), "a version was won twice or by nobody");
    for decided in &kept.decided {
        let (wins, loses) = if decided.body == b"one" { (&one, &other) } else { (&other, &one) };
        assert!(wins.contains(&decided.version) && !loses.contains(&decided.version));
    }
    // Whoever is ahead may miss a turn of the other, but the last version is written by somebody.
    assert_eq!(kept.standing.version, VERSIONS);
}

pub(crate) fn writers_have_numbers_of_their_own(place: &dyn Place) {
    let take = || (0..5).map(|_| place.take_writer().unwrap()).collect::<Vec<_>>();
    let taken: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(take)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(taken.iter().collect::<BTreeSet<_>>().len(), 20);
}

pub(crate) fn readers_see_whole_batches(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    desk.write([change(case(1, 1), vec![]), change(case(2, 1), vec![])]);
    let tenant = desk.tenant;
    thread::scope(|scope| {
        let readers: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(move || {
                    let mut seen = 0;
                    while seen < VERSIONS {
                        let kept = place.load(tenant, &[id(1), id(2)]).unwrap();
                        let versions = kept.iter().flatten().map(|kept| {
                            assert_eq!(kept.standing.version as usize, kept.decided.len());
                            assert_eq!(kept.standing.hash, kept.decided.last().unwrap().hash);
                            kept.standing.version
                        });
                        let newest = versions.max().unwrap();
                        assert!(newest >= seen, "what was there is gone");
                        seen = newest;
                    }
                })
            })
            .collect();
        for version in 2..=VERSIONS {
            let owed = vec![duty("final", 1, "handler", Some(i64::from(version)))];
            desk.write([change(case(1, version), owed), change(case(2, version), vec![])]);
        }
        readers.into_iter().for_each(|reader| reader.join().unwrap());
    });
}

pub(crate) fn a_key_that_two_keep_at_once(place: &dyn Place) {
    let tenant = Desk::new(place, "one").tenant;
    let keep = |byte| {
        let wrapped = Some(vec![byte; 60]);
        let key = Key { person: "p".to_owned(), wrapped, destroyed_at: None };
        place.keep_key(tenant, &key).unwrap()
    };
    let (one, other) = thread::scope(|scope| {
        let (one, other) = (scope.spawn(|| keep(1)), scope.spawn(|| keep(2)));
        (one.join().unwrap(), other.join().unwrap())
    });
    assert_eq!(one, other);
    assert_eq!(place.key(tenant, "p").unwrap(), Some(one));
}

pub(crate) fn takers_share_no_message(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    place.add_webhook(&webhook(desk.tenant)).unwrap();
    desk.write((1..=60).map(|number| {
        let mut change = change(case(number, 1), vec![]);
        change.messages = vec![message(number, 1)];
        change
    }));
    let take = || {
        let mut mine = Vec::new();
        loop {
            let taken = place.take(at(50), Duration::from_secs(60), &Room::of(7)).unwrap();
            if taken.is_empty() {
                return mine;
            }
            mine.extend(taken.into_iter().map(|it| it.message.stream));
        }
    };
    let taken: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(take)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(taken.len(), 60);
    assert_eq!(taken.iter().collect::<BTreeSet<_>>().len(), 60);
}
