use crate::prove::built_in::tests::world::said;
use crate::steps::tests::world::shipped;
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
