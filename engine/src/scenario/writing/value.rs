//! Values of a scenario as TOML 1.0.

use chrono::Datelike as _;

use crate::runtime::{Given, ReportedAt};
use crate::syntax::is_hidden;
use crate::time::{CivilNote, Instant, Twice, Zone};

/// What stands for a personal value: its text never enters a case, so nothing else is known.
const PERSONAL: &str = "personal";

/// A text in quotes, on one line. Whatever a reader cannot see is written by its number.
pub(crate) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len().saturating_add(2));
    out.push('"');
    for (at, it) in text.char_indices() {
        match it {
            '"' | '\\' => out.extend(['\\', it]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            _ if !is_hidden(it, text, at) => out.push(it),
            _ if u32::from(it) <= 0xffff => out.push_str(&format!("\\u{:04X}", u32::from(it))),
            _ => out.push_str(&format!("\\U{:08X}", u32::from(it))),
        }
    }
    out.push('"');
    out
}

/// A list of names.
pub(crate) fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(text).collect();
    format!("[{}]", quoted.join(", "))
}

/// A civil time of the zone; with the offset where the civil time alone would not say which
/// instant is meant. Nothing outside the years that TOML can write, 0 to 9999.
pub(crate) fn instant(zone: &Zone, at: Instant) -> Option<String> {
    let civil = zone.civil(at);
    let shape = match at.ms().rem_euclid(1_000) {
        0 => "%Y-%m-%dT%H:%M:%S",
        _ => "%Y-%m-%dT%H:%M:%S%.3f",
    };
    let back = zone.instant(civil, Twice::Earlier);
    let offset = zone.offset_seconds(at);
    let (written, offset) = match () {
        () if back.note == CivilNote::Plain && back.at == at => (civil, String::new()),
        () if offset.rem_euclid(60) == 0 => (civil, minutes(offset.div_euclid(60))),
        () => (at.to_utc()?.naive_utc(), "Z".to_owned()),
    };
    (0..=9_999).contains(&written.year()).then(|| format!("{}{offset}", written.format(shape)))
}

/// `+01:00`.
fn minutes(offset_minutes: i32) -> String {
    let sign = if offset_minutes < 0 { '-' } else { '+' };
    let minutes = offset_minutes.unsigned_abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

pub(crate) fn reported_at(zone: &Zone, at: ReportedAt) -> Option<String> {
    match at {
        ReportedAt::Instant(at) => instant(zone, at),
        ReportedAt::Date(on) => (0..=9_999).contains(&on.year()).then(|| on.to_string()),
    }
}

/// The value of a field.
pub(crate) fn given(given: &Given) -> String {
    match given {
        Given::Text(it) => text(it),
        Given::Number(number) => decimal(&number.to_string()),
        Given::Flag(flag) => flag.to_string(),
        Given::Date(on) => on.to_string(),
        Given::Slot(_) => text(PERSONAL),
    }
}

/// A whole number that does not fit into 64 bits gets a point, for TOML has no larger ones.
fn decimal(digits: &str) -> String {
    match digits.contains('.') || digits.parse::<i64>().is_ok() {
        true => digits.to_owned(),
        false => format!("{digits}.0"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_text(written: &str, expected: &str) {
        assert_eq!(text(written), expected);
        let line = format!("a = {expected}");
        let read: toml::Table = line.parse().unwrap();
        assert_eq!(read.get("a").and_then(toml::Value::as_str), Some(written));
    }

    #[test]
    fn a_text_is_read_again_as_it_was() {
        check_text("late parcel", r#""late parcel""#);
        check_text(r#"she said "no" \ left"#, r#""she said \"no\" \\ left""#);
        check_text("a\nb\tc\rd", r#""a\nb\tc\rd""#);
        check_text("\0\u{7f}\u{202e}x\u{e0001}", r#""\u0000\u007F\u202Ex\U000E0001""#);
        check_text("naïve می\u{200c}شود 😀", "\"naïve می\u{200c}شود 😀\"");
    }

    #[track_caller]
    fn check_instant(zone: &str, ms: i64, expected: Option<&str>) {
        let zone = Zone::find(zone).unwrap();
        assert_eq!(instant(&zone, Instant::from_ms(ms)).as_deref(), expected);
    }

    #[test]
    fn an_instant_says_its_offset_only_where_it_must() {
        check_instant("Europe/Amsterdam", 1_776_178_800_000, Some("2026-04-14T17:00:00"));
        check_instant("Europe/London", 1_775_865_599_999, Some("2026-04-11T00:59:59.999"));
        check_instant("Europe/Amsterdam", 1_792_888_200_000, Some("2026-10-25T02:30:00+02:00"));
        check_instant("Europe/Amsterdam", 1_792_891_800_000, Some("2026-10-25T02:30:00+01:00"));
        check_instant("Africa/Monrovia", 0, Some("1969-12-31T23:15:30"));
        check_instant("Europe/Amsterdam", i64::MAX, None);
    }

    #[test]
    fn a_number_stays_within_what_toml_can_write() {
        assert_eq!(decimal("25.00"), "25.00");
        assert_eq!(decimal("-3"), "-3");
        assert_eq!(decimal("79228162514264337593543950335"), "79228162514264337593543950335.0");
    }
}
