//! What a cell means for the column it is in.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use engine::model::{Field, FieldKind, Protocol};
use engine::runtime::{Given, ReportedAt};
use engine::time::{CivilNote, Twice, Zone};
use rust_decimal::Decimal;

use crate::import::fault::shown;
use crate::import::map::{Column, Map};
use crate::import::sheet::Raw;

/// A cell as plain text, by the words that the column has for it; nothing where it is empty.
pub(super) fn plain(raw: &Raw, column: Option<&Column>) -> Result<Option<String>, String> {
    let text = match raw {
        Raw::Empty => return Ok(None),
        Raw::Bad(why) => return Err(why.clone()),
        Raw::Text(text) => text.clone(),
        Raw::Number(number) => number.to_string(),
        Raw::Flag(flag) => flag.to_string(),
        Raw::Date(at) if at.time() == NaiveTime::MIN => at.date().to_string(),
        Raw::Date(at) => at.format("%Y-%m-%dT%H:%M:%S").to_string(),
    };
    let meant = column.and_then(|it| it.values.get(&text));
    Ok(Some(meant.cloned().unwrap_or(text)))
}

/// What a cell brings to a field; nothing where it is empty.
pub(super) fn given(
    protocol: &Protocol,
    field: &Field,
    raw: &Raw,
    (map, column): (&Map, &Column),
) -> Result<Option<Given>, String> {
    let Some(text) = plain(raw, Some(column))? else { return Ok(None) };
    Ok(Some(match &field.kind {
        FieldKind::Text | FieldKind::File => Given::Text(text),
        FieldKind::Choice(set) | FieldKind::Role(set) => {
            let names = protocol.scope.set(*set).map_or(&[][..], |it| &it.names);
            if !names.contains(&text) {
                let names = names.join("`, `");
                return Err(format!("`{}` is none of `{names}`", shown(&text)));
            }
            Given::Text(text)
        }
        FieldKind::Number | FieldKind::Money(_) => match raw {
            Raw::Number(number) => Given::Number(*number),
            _ => Given::Number(number(&text, map)?),
        },
        FieldKind::Flag => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" => Given::Flag(true),
            "false" | "no" => Given::Flag(false),
            _ => return Err(format!("`{}` is neither `true` nor `false`", shown(&text))),
        },
        FieldKind::Date => match raw {
            Raw::Date(at) if at.time() == NaiveTime::MIN => Given::Date(at.date()),
            Raw::Date(_) => return Err("it has a time of day".to_owned()),
            _ => match read(&text, &map.dates)? {
                Read::Date(date) => Given::Date(date),
                _ => return Err("it has a time of day".to_owned()),
            },
        },
    }))
}

fn number(text: &str, map: &Map) -> Result<Decimal, String> {
    let wrong = || {
        let decimal = map.decimal;
        format!("`{}` is no number with digits and `{decimal}`", shown(text))
    };
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |it| ("-", it));
    let (whole, rest) = match digits.split_once(map.decimal) {
        Some((whole, rest)) => (whole, Some(rest)),
        None => (digits, None),
    };
    let groups: Vec<&str> = match map.thousands {
        Some(mark) => whole.split(mark).collect(),
        None => vec![whole],
    };
    let is_grouped = groups.iter().skip(1).all(|it| it.len() == 3)
        && (groups.len() == 1 || groups.first().is_some_and(|it| (1..=3).contains(&it.len())));
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if !is_grouped || !groups.iter().all(|it| is_digits(it)) || !rest.is_none_or(is_digits) {
        return Err(wrong());
    }
    let rest = rest.map_or_else(String::new, |it| format!(".{it}"));
    let plain = format!("{sign}{}{rest}", groups.concat());
    Decimal::from_str_exact(&plain).map_err(|_| wrong())
}

/// When something happened, as a cell says it; nothing where it is empty.
pub(super) fn moment(zone: &Zone, raw: &Raw, map: &Map) -> Result<Option<ReportedAt>, String> {
    let read = match raw {
        Raw::Empty => return Ok(None),
        Raw::Bad(why) => return Err(why.clone()),
        Raw::Date(at) if at.time() == NaiveTime::MIN => Read::Date(at.date()),
        Raw::Date(at) => Read::Civil(*at),
        Raw::Text(text) => read(text, &map.dates)?,
        Raw::Number(_) | Raw::Flag(_) => {
            return Err("it is no date: format the column as a date".to_owned());
        }
    };
    match read {
        Read::Date(date) => Ok(Some(ReportedAt::Date(date))),
        Read::Instant(at) => Ok(Some(ReportedAt::Instant(at.to_utc().into()))),
        Read::Civil(civil) => {
            let found = zone.instant(civil, Twice::Earlier);
            match found.note {
                CivilNote::Plain => Ok(Some(ReportedAt::Instant(found.at))),
                CivilNote::Skipped => {
                    Err(format!("{civil} does not exist in {}: the clocks go forward", zone.name()))
                }
                CivilNote::Repeated => Err(format!(
                    "{civil} occurs twice in {}: write the offset, as in 2026-10-25T02:30:00+01:00",
                    zone.name()
                )),
            }
        }
    }
}

/// A date or time as a text writes it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Read {
    Date(NaiveDate),
    Civil(NaiveDateTime),
    Instant(DateTime<chrono::FixedOffset>),
}

/// ISO 8601, and what the map says besides. Where two of its forms read different dates in a text,
/// neither is taken.
fn read(text: &str, forms: &[String]) -> Result<Read, String> {
    const ISO: [&str; 4] =
        ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S%.f"];
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(Read::Instant(at));
    }
    let is_iso_date = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
    if let Some(date) = is_iso_date.then(|| text.parse().ok()).flatten() {
        return in_years(Read::Date(date), text);
    }
    let iso = ISO.iter().find_map(|it| NaiveDateTime::parse_from_str(text, it).ok());
    if let Some(civil) = iso {
        return in_years(Read::Civil(civil), text);
    }
    let mut found: Option<Read> = None;
    for form in forms {
        let civil = NaiveDateTime::parse_from_str(text, form).ok().map(Read::Civil);
        let date = || NaiveDate::parse_from_str(text, form).ok().map(Read::Date);
        let Some(one) = civil.or_else(date) else { continue };
        if found.is_some_and(|it| it != one) {
            return Err(format!("`{}` can be read in two ways by `dates`", shown(text)));
        }
        found = Some(one);
    }
    let wrong = || format!("`{}` is no date as ISO 8601 or `dates` say", shown(text));
    in_years(found.ok_or_else(wrong)?, text)
}

/// A date within the years that calendars know: two digits of a year are not guessed.
fn in_years(read: Read, text: &str) -> Result<Read, String> {
    use chrono::Datelike as _;
    let year = match read {
        Read::Date(date) => date.year(),
        Read::Civil(civil) => civil.year(),
        Read::Instant(at) => at.year(),
    };
    match (1970..=2169).contains(&year) {
        true => Ok(read),
        false => Err(format!("`{}` lies outside the years 1970 to 2169", shown(text))),
    }
}
