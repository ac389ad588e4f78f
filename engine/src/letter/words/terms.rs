//! Lengths of time.

use crate::text::Language;
use crate::time::{Term, Unit};

/// A term as a letter says it: "10 working days", "1 week".
#[must_use]
pub fn term(language: Language, term: Term) -> String {
    let (one, more) = unit(language, term.unit);
    format!("{} {}", term.amount, if term.amount == 1 { one } else { more })
}

/// The word after 1, and after every other number.
const fn unit(language: Language, unit: Unit) -> (&'static str, &'static str) {
    match language {
        Language::Da => danish(unit),
        Language::De => german(unit),
        Language::En => english(unit),
        Language::Fi => finnish(unit),
        Language::Fr => french(unit),
        Language::Nl => dutch(unit),
        Language::Sv => swedish(unit),
    }
}

const fn english(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Minutes => ("minute", "minutes"),
        Unit::Hours => ("hour", "hours"),
        Unit::WorkingMinutes => ("working minute", "working minutes"),
        Unit::WorkingHours => ("working hour", "working hours"),
        Unit::WorkingDays => ("working day", "working days"),
        Unit::CalendarDays => ("calendar day", "calendar days"),
        Unit::Weeks => ("week", "weeks"),
        Unit::Months => ("month", "months"),
        Unit::Years => ("year", "years"),
    }
}

const fn dutch(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Minutes => ("minuut", "minuten"),
        Unit::Hours => ("uur", "uur"),
        Unit::WorkingMinutes => ("werkminuut", "werkminuten"),
        Unit::WorkingHours => ("werkuur", "werkuren"),
        Unit::WorkingDays => ("werkdag", "werkdagen"),
        Unit::CalendarDays => ("kalenderdag", "kalenderdagen"),
        Unit::Weeks => ("week", "weken"),
        Unit::Months => ("maand", "maanden"),
        Unit::Years => ("jaar", "jaar"),
    }
}

const fn german(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Minutes => ("Minute", "Minuten"),
        Unit::Hours => ("Stunde", "Stunden"),
        Unit::WorkingMinutes => ("Arbeitsminute", "Arbeitsminuten"),
        Unit::WorkingHours => ("Arbeitsstunde", "Arbeitsstunden"),
        Unit::WorkingDays => ("Arbeitstag", "Arbeitstage"),
        Unit::CalendarDays => ("Kalendertag", "Kalendertage"),
        Unit::Weeks => ("Woche", "Wochen"),
        Unit::Months => ("Monat", "Monate"),
        Unit::Years => ("Jahr", "Jahre"),
    }
}

const fn french(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Minutes => ("minute", "minutes"),
        Unit::Hours => ("heure", "heures"),
        Unit::WorkingMinutes => ("minute ouvrée", "minutes ouvrées"),
        Unit::WorkingHours => ("heure ouvrée", "heures ouvrées"),
        Unit::WorkingDays => ("jour ouvré", "jours ouvrés"),
        Unit::CalendarDays => ("jour calendaire", "jours calendaires"),
        Unit::Weeks => ("semaine", "semaines"),
        Unit::Months => ("mois", "mois"),
        Unit::Years => ("an", "ans"),
    }
}

const fn danish(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Minutes => ("minut", "minutter"),
        Unit::Hours => ("time", "timer"),
        Unit::WorkingMinutes => ("arbejdsminut", "arbejdsminutter"),
        Unit::WorkingHours => ("arbejdstime", "arbejdstimer"),
        Unit::WorkingDays => ("arbejdsdag", "arbejdsdage"),
        Unit::CalendarDays => ("kalenderdag", "kalenderdage"),
        Unit::Weeks => ("uge", "uger"),
        Unit::Months => ("måned", "måneder"),
        Unit::Years => ("år", "år"),
    }
}

const fn swedish(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Minutes => ("minut", "minuter"),
        Unit::Hours => ("timme", "timmar"),
        Unit::WorkingMinutes => ("arbetsminut", "arbetsminuter"),
        Unit::WorkingHours => ("arbetstimme", "arbetstimmar"),
        Unit::WorkingDays => ("arbetsdag", "arbetsdagar"),
        Unit::CalendarDays => ("kalenderdag", "kalenderdagar"),
        Unit::Weeks => ("vecka", "veckor"),
        Unit::Months => ("månad", "månader"),
        Unit::Years => ("år", "år"),
    }
}

const fn finnish(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Minutes => ("minuutti", "minuuttia"),
        Unit::Hours => ("tunti", "tuntia"),
        Unit::WorkingMinutes => ("työminuutti", "työminuuttia"),
        Unit::WorkingHours => ("työtunti", "työtuntia"),
        Unit::WorkingDays => ("työpäivä", "työpäivää"),
        Unit::CalendarDays => ("kalenteripäivä", "kalenteripäivää"),
        Unit::Weeks => ("viikko", "viikkoa"),
        Unit::Months => ("kuukausi", "kuukautta"),
        Unit::Years => ("vuosi", "vuotta"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_many_differ() {
        let of = |amount, unit| Term { amount, unit };
        assert_eq!(term(Language::En, of(10, Unit::WorkingDays)), "10 working days");
        assert_eq!(term(Language::Nl, of(1, Unit::WorkingDays)), "1 werkdag");
        assert_eq!(term(Language::Fi, of(3, Unit::Weeks)), "3 viikkoa");
        assert_eq!(term(Language::Sv, of(0, Unit::Weeks)), "0 veckor");
    }
}
