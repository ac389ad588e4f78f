//! The words of `on` and `observed`.

use crate::diagnostic::listed;
use crate::diagnostic::nearest;
use crate::time::holiday::set::NthOfMonth;
use crate::time::holiday::set::Observed;
use crate::time::holiday::set::On;
use chrono::Weekday;

/// Further from Easter than any feast that depends on it.
const EASTER_DAYS_MAX: i32 = 180;

const MONTHS: [(&str, u32); 12] = [
    ("january", 31),
    ("february", 29),
    ("march", 31),
    ("april", 30),
    ("may", 31),
    ("june", 30),
    ("july", 31),
    ("august", 31),
    ("september", 30),
    ("october", 31),
    ("november", 30),
    ("december", 31),
];

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

const PLACES: [(&str, NthOfMonth); 5] = [
    ("first", NthOfMonth::First),
    ("second", NthOfMonth::Second),
    ("third", NthOfMonth::Third),
    ("fourth", NthOfMonth::Fourth),
    ("last", NthOfMonth::Last),
];

const OBSERVED: [(&str, Observed); 5] = [
    ("next free weekday", Observed::NextFreeWeekday),
    ("nearest weekday", Observed::NearestWeekday),
    ("also nearest weekday", Observed::AlsoNearestWeekday),
    ("day before if sunday", Observed::DayBeforeIfSunday),
    ("monday if sunday", Observed::MondayIfSunday),
];

const FORMS: &str = "`1 january`, `first monday of may`, `first saturday from 20 june`, \
                     `easter - 2 days`, or a date without quotes";

/// Reads a day of each year: "1 january", "first monday of may", "last monday of august",
/// "first saturday from 20 june", "easter - 2 days", "easter". Lower and upper case are alike.
///
/// # Errors
/// A fragment that says what is wrong, in the author's words.
pub fn parse_on(text: &str) -> Result<On, String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    match words.as_slice() {
        ["easter"] => Ok(On::Easter { days: 0 }),
        ["easter", sign @ ("+" | "-" | "−"), days, "day" | "days"] => {
            let count = whole(days).and_then(|days| i32::try_from(days).ok());
            match count.filter(|days| *days <= EASTER_DAYS_MAX) {
                Some(days) if *sign == "+" => Ok(On::Easter { days }),
                Some(days) => Ok(On::Easter { days: days.saturating_neg() }),
                None => Err(format!(
                    "`{days}` is no number of days from Easter (at most {EASTER_DAYS_MAX})"
                )),
            }
        }
        [day, month] => {
            let (month, day) = day_of_month(day, month)?;
            Ok(On::Yearly { month, day })
        }
        [place, weekday, "of", month] => {
            let nth = word(place, "place in a month", &PLACES)?;
            let weekday = word(weekday, "weekday", &DAYS)?;
            Ok(On::Nth { nth, weekday, month: month_number(month)? })
        }
        ["first", weekday, "from", day, month] => {
            let weekday = word(weekday, "weekday", &DAYS)?;
            let (month, day) = day_of_month(day, month)?;
            Ok(On::From { weekday, month, day })
        }
        _ => Err(format!("`{text}` names no day of the year; write {FORMS}")),
    }
}

/// Reads what happens on a weekend: one of [`observed_words`].
#[must_use]
pub fn parse_observed(text: &str) -> Option<Observed> {
    OBSERVED.iter().find(|(words, _)| *words == text).map(|(_, meant)| *meant)
}

/// The words for what happens on a weekend, in the order of the language reference.
pub fn observed_words() -> impl Iterator<Item = &'static str> + Clone {
    OBSERVED.iter().map(|(words, _)| *words)
}

fn day_of_month(day: &str, month: &str) -> Result<(u32, u32), String> {
    let number = month_number(month)?;
    let days = MONTHS.iter().find(|(name, _)| *name == month).map_or(0, |(_, days)| *days);
    let shown =
        month.get(..1).unwrap_or_default().to_uppercase() + month.get(1..).unwrap_or_default();
    match whole(day) {
        None => Err(format!("`{day}` is not a day of the month")),
        Some(day) if (1..=days).contains(&day) => Ok((number, day)),
        Some(day) => Err(format!("{shown} has no day {day}")),
    }
}

fn month_number(text: &str) -> Result<u32, String> {
    let numbered = (1..).zip(MONTHS).map(|(number, (name, _))| (name, number));
    let months: Vec<(&str, u32)> = numbered.collect();
    word(text, "month", &months)
}

fn whole(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

fn word<T: Copy>(text: &str, kind: &str, known: &[(&str, T)]) -> Result<T, String> {
    if let Some((_, meant)) = known.iter().find(|(name, _)| *name == text) {
        return Ok(*meant);
    }
    match nearest(text, known.iter().map(|(name, _)| *name)) {
        Some(near) => Err(format!("`{text}` is no {kind}; did you mean `{near}`?")),
        None => {
            Err(format!("`{text}` is no {kind}; known: {}", listed(known.iter().map(|it| it.0))))
        }
    }
}
