//! Dates and times of day.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use crate::text::Language;

/// Monday first, a blank between two.
const fn weekdays(language: Language) -> &'static str {
    match language {
        Language::Da => "mandag tirsdag onsdag torsdag fredag lørdag søndag",
        Language::De => "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        Language::En => "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        Language::Fi => "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
        Language::Fr => "lundi mardi mercredi jeudi vendredi samedi dimanche",
        Language::Nl => "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        Language::Sv => "måndag tisdag onsdag torsdag fredag lördag söndag",
    }
}

/// January first, a blank between two, in the form that follows the number of a day.
const fn months(language: Language) -> &'static str {
    match language {
        Language::Da => {
            "januar februar marts april maj juni juli august september oktober november december"
        }
        Language::De => {
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
        }
        Language::En => {
            "January February March April May June July August September October November December"
        }
        Language::Fi => {
            "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta"
        }
        Language::Fr => {
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
        }
        Language::Nl => {
            "januari februari maart april mei juni juli augustus september oktober november december"
        }
        Language::Sv => {
            "januari februari mars april maj juni juli augusti september oktober november december"
        }
    }
}

/// A civil date with its weekday: "Wednesday 15 April 2026".
#[must_use]
pub fn date(language: Language, on: NaiveDate) -> String {
    let named = |names: &'static str, place: u32| {
        usize::try_from(place).ok().and_then(|it| names.split(' ').nth(it)).unwrap_or_default()
    };
    let weekday = named(weekdays(language), on.weekday().num_days_from_monday());
    let month = named(months(language), on.month0());
    let (day, year) = (on.day(), on.year());
    match language {
        Language::En | Language::Nl | Language::Sv => format!("{weekday} {day} {month} {year}"),
        Language::Fr if day == 1 => format!("{weekday} 1er {month} {year}"),
        Language::Fr => format!("{weekday} {day} {month} {year}"),
        Language::De => format!("{weekday}, {day}. {month} {year}"),
        Language::Da => format!("{weekday} den {day}. {month} {year}"),
        Language::Fi => format!("{weekday} {day}. {month} {year}"),
    }
}

/// A time of day: "17:00"; seconds are left out.
#[must_use]
pub fn time(language: Language, civil: NaiveDateTime) -> String {
    let separator = if matches!(language, Language::Da | Language::Fi) { '.' } else { ':' };
    format!("{:02}{separator}{:02}", civil.hour(), civil.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: Language, day: (i32, u32, u32), expected: &str) {
        let on = NaiveDate::from_ymd_opt(day.0, day.1, day.2).unwrap();
        assert_eq!(date(language, on), expected);
    }

    #[test]
    fn a_date_reads_as_its_language_writes_it() {
        let day = (2026, 4, 15);
        check(Language::Da, day, "onsdag den 15. april 2026");
        check(Language::De, day, "Mittwoch, 15. April 2026");
        check(Language::En, day, "Wednesday 15 April 2026");
        check(Language::Fi, day, "keskiviikko 15. huhtikuuta 2026");
        check(Language::Fr, day, "mercredi 15 avril 2026");
        check(Language::Nl, day, "woensdag 15 april 2026");
        check(Language::Sv, day, "onsdag 15 april 2026");
        check(Language::Fr, (2026, 5, 1), "vendredi 1er mai 2026");
        check(Language::De, (2024, 12, 31), "Dienstag, 31. Dezember 2024");
        check(Language::En, (2028, 2, 29), "Tuesday 29 February 2028");
    }

    #[test]
    fn a_time_of_day_has_the_separator_of_its_language() {
        let at = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().and_hms_opt(9, 5, 59).unwrap();
        assert_eq!(time(Language::Nl, at), "09:05");
        assert_eq!(time(Language::Fi, at), "09.05");
    }
}
