//! Instants and lengths as people read them.

use crate::time::{Instant, Zone, spoken, spoken_length};

#[track_caller]
fn check(zone: &str, ms: i64, expected: &str) {
    assert_eq!(spoken(&Zone::find(zone).unwrap(), Instant::from_ms(ms)), expected);
}

#[test]
fn seconds_are_said_where_the_clocks_of_the_zone_show_some() {
    let summer = 1_776_178_800_000;
    check("Europe/Amsterdam", summer, "Tue 14 Apr 2026 17:00");
    check("America/New_York", summer, "Tue 14 Apr 2026 11:00");
    check("Etc/UTC", summer - 1, "Tue 14 Apr 2026 14:59:59.999");
    check("Africa/Monrovia", 0, "Wed 31 Dec 1969 23:15:30");
}

#[test]
fn a_length_is_said_in_its_two_largest_units() {
    let said = [12_999, 60_000, 3_600_000, 5_459_000].map(spoken_length);
    assert_eq!(said, ["12 s", "1 min", "1 h", "1 h 30 min"]);
}
