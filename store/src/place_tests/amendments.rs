//! Amendments of calendars, and the streams that take them.

use crate::cases::{Failure, KeptAmendment, Place, Reached};
use crate::place_tests::sample::{Desk, case, change, hash, id, stop};

fn amendment(number: u32) -> KeptAmendment {
    let body = vec![0, u8::try_from(number).unwrap(), 255];
    KeptAmendment { number, body, hash: hash(number), reached: Reached::UpTo(None) }
}

pub(crate) fn amendments_are_numbered_without_gaps(place: &dyn Place) {
    let (one, other) = (Desk::new(place, "one").tenant, Desk::new(place, "other").tenant);
    assert_eq!(place.amendments(one).unwrap(), []);
    assert_eq!(place.add_amendment(one, &amendment(2)), Err(Failure::Overtaken));
    assert_eq!(place.add_amendment(one, &amendment(0)), Err(Failure::Overtaken));
    place.add_amendment(one, &amendment(1)).unwrap();
    assert_eq!(place.add_amendment(one, &amendment(1)), Err(Failure::Overtaken));
    assert_eq!(place.add_amendment(one, &amendment(3)), Err(Failure::Overtaken));
    place.add_amendment(one, &amendment(2)).unwrap();
    assert_eq!(place.amendments(one).unwrap(), [amendment(1), amendment(2)]);
    assert_eq!(place.amendments(other).unwrap(), [], "tenants are kept apart");
    place.add_amendment(other, &amendment(1)).unwrap();
}

pub(crate) fn how_far_an_amendment_came_is_kept(place: &dyn Place) {
    let tenant = Desk::new(place, "one").tenant;
    place.add_amendment(tenant, &amendment(1)).unwrap();
    place.add_amendment(tenant, &amendment(2)).unwrap();
    for reached in [Reached::UpTo(Some(id(7))), Reached::All, Reached::UpTo(None)] {
        place.set_reached(tenant, 2, reached).unwrap();
        let expected = KeptAmendment { reached, ..amendment(2) };
        assert_eq!(place.amendments(tenant).unwrap(), [amendment(1), expected]);
    }
    place.set_reached(tenant, 9, Reached::All).unwrap();
    assert_eq!(place.amendments(tenant).unwrap().len(), 2);
}

pub(crate) fn open_streams_are_read_to_their_end_in_any_steps(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    let mut all: Vec<_> = (1..=9).map(|number| change(case(number, 1), vec![])).collect();
    all.push(change(stop(20, 9, 1), vec![]));
    for closed in [1, 4, 5] {
        all[closed].standing.closed = true;
    }
    let open: Vec<_> =
        all.iter().filter(|it| !it.standing.closed).map(|it| it.standing.stream).collect();
    desk.write(all);
    let theirs = Desk::new(place, "other").tenant;
    assert_eq!(place.open_streams(theirs, None, 9).unwrap(), []);
    for step in [1, 2, 3, 100] {
        let (mut found, mut after) = (Vec::new(), None);
        for _ in 0..20 {
            let some = place.open_streams(desk.tenant, after, step).unwrap();
            after = some.last().copied().or(after);
            found.extend(some);
        }
        assert_eq!(found, open, "{step}");
    }
}
