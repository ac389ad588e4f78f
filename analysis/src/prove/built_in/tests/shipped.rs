use crate::loading::shipped;
use crate::prove::built_in::tests::world::said;
use crate::verdict::BuiltIn;

#[track_caller]
fn check(name: &str, built_in: BuiltIn, expected: &str) {
    let said = said(&shipped(name), built_in);
    assert_eq!(said, expected, "{name}");
}

#[test]
fn the_protocols_that_ship_warn_in_time() {
    check("small-business", BuiltIn::WarningsInTime, "proved");
    check("uk-fca-disp", BuiltIn::WarningsInTime, "not asked");
}

#[test]
fn every_deadline_of_the_protocols_that_ship_is_real() {
    for name in ["uk-fca-disp", "uk-housing-code", "nl-awb", "conduct", "small-business"] {
        check(name, BuiltIn::DeadlinesReal, "proved");
    }
}

#[test]
fn every_stop_of_the_protocols_that_ship_can_be_answered() {
    for name in ["small-business", "conduct", "uk-housing-code"] {
        check(name, BuiltIn::StopsAnswerable, "proved");
    }
    check("nl-awb", BuiltIn::StopsAnswerable, "not asked");
}

#[test]
fn a_new_complaint_is_looked_at_under_the_protocols_that_ship() {
    for name in ["small-business", "conduct", "uk-housing-code"] {
        check(name, BuiltIn::AlwaysScreened, "proved");
    }
    check("nl-awb", BuiltIn::AlwaysScreened, "not asked");
}
