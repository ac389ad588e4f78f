//! Whoever comes second is told so, and writes nothing.

use crate::cases::{Failure, Place};
use crate::place_tests::sample::{Desk, case, change, id};

pub(crate) fn a_version_that_is_taken(place: &dyn Place) {
    let mut desk = Desk::new(place, "one");
    desk.write([change(case(1, 1), vec![])]);
    let before = place.load(desk.tenant, &[id(1)]).unwrap();
    let batch = desk.batch([change(case(2, 1), vec![]), change(case(1, 1), vec![])]);
    assert_eq!(place.write(&batch), Err(Failure::Overtaken));
    assert_eq!(place.load(desk.tenant, &[id(1)]).unwrap(), before);
    assert_eq!(place.standing(desk.tenant, id(2)).unwrap(), None);
}
