//! What may be wrong with a term, in words an author can use.

use crate::diagnostic::nearest;
use crate::diagnostic::only_near;
use crate::time::term::allowance::Term;
use crate::time::term::allowance::Unit;

/// Why a text is no term. `Display` is the message (one fragment), [`TermFault::help`] what to
/// write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermFault {
    /// Nothing is written.
    Empty,
    /// "5 days": working days or calendar days?
    BareDays {
        /// The number in front, if it is one a term may have.
        amount: Option<u32>,
    },
    /// The word after the number is no unit; empty if there is none.
    UnknownUnit {
        /// The number in front, if it is one a term may have.
        amount: Option<u32>,
        /// What is written.
        word: String,
        /// The unit that may be meant.
        near: Option<Unit>,
    },
    /// "1.5 hours", "2,5 hours", "½ hour".
    NotWhole {
        /// The number as written.
        number: String,
    },
    /// The amount is 0.
    Zero,
    /// The amount is more than the unit allows.
    TooLarge {
        /// The longest term of that unit.
        max: Term,
    },
    /// The amount is below 0.
    Negative,
    /// "1 week 2 working days": a term has one unit.
    TwoUnits,
    /// `min(…)` or `max(…)` lists too many terms.
    TooMany {
        /// The largest number of terms.
        max: usize,
    },
    /// "P8W": the short form of ISO 8601.
    IsoForm {
        /// The same in words, where it has one unit.
        meant: Option<Term>,
    },
    /// Anything else.
    Malformed {
        /// What is written.
        text: String,
    },
}

impl std::fmt::Display for TermFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("the term is empty"),
            Self::BareDays { .. } => {
                f.write_str("`days` does not say whether working days or calendar days are meant")
            }
            Self::UnknownUnit { word, .. } if word.is_empty() => f.write_str("the unit is missing"),
            Self::UnknownUnit { word, .. } => write!(f, "`{word}` is no unit of time"),
            Self::NotWhole { number } => write!(f, "`{number}` is not a whole number"),
            Self::Zero => f.write_str("a term of 0 ends before it begins"),
            Self::TooLarge { max } => write!(f, "the term is longer than {max}"),
            Self::Negative => f.write_str("a term cannot be negative"),
            Self::TwoUnits => f.write_str("a term has one number and one unit"),
            Self::TooMany { max } => write!(f, "more than {max} terms are listed"),
            Self::IsoForm { .. } => f.write_str("terms are written in words"),
            Self::Malformed { text } => write!(f, "`{text}` is not a term"),
        }
    }
}

impl TermFault {
    /// What to write instead.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::BareDays { amount } => {
                let amount = amount.unwrap_or(10);
                let days = |unit| Term { amount, unit };
                format!("write `{}` or `{}`", days(Unit::WorkingDays), days(Unit::CalendarDays))
            }
            Self::UnknownUnit { amount, near: Some(unit), .. } => {
                format!("write `{}`", Term { amount: amount.unwrap_or(10), unit: *unit })
            }
            Self::UnknownUnit { near: None, .. } => {
                let units: Vec<String> =
                    Unit::ALL.iter().map(|unit| format!("`{}`", unit.plural())).collect();
                format!("units: {}", units.join(", "))
            }
            Self::IsoForm { meant: Some(term) } => format!("write `{term}`"),
            Self::NotWhole { .. } => {
                "use a smaller unit, such as `90 minutes` for an hour and a half".to_owned()
            }
            Self::Zero => {
                "the shortest term is 1; write `promptly` for a duty without a term".to_owned()
            }
            Self::TooLarge { max } => format!("write at most `{max}`"),
            Self::Negative => {
                "count forwards from the start, or use a warning: `2 working days before`"
                    .to_owned()
            }
            Self::TwoUnits => "choose one unit, or `min(…)` or `max(…)` of two terms".to_owned(),
            Self::TooMany { max } => format!("list from 2 to {max} terms"),
            Self::Empty | Self::IsoForm { meant: None } | Self::Malformed { .. } => {
                "write a number and a unit, such as `10 working days`".to_owned()
            }
        }
    }
}

impl TermFault {
    /// The term that `text` must mean, where it is nothing but this one wrong term: a unit by
    /// another name, a slip in its word, or the form of ISO 8601.
    #[must_use]
    pub fn surely_meant(&self, text: &str) -> Option<Term> {
        let Self::UnknownUnit { amount: Some(amount), word, near: Some(unit) } = self else {
            let Self::IsoForm { meant } = self else { return None };
            return meant.filter(|_| text.starts_with(['P', 'p']));
        };
        let is_near = |it: Unit| {
            [it.plural(), it.singular()].into_iter().any(|name| only_near(word, [name]).is_some())
        };
        let has_rival = Unit::ALL.into_iter().any(|it| it != *unit && is_near(it));
        let is_sure = word.starts_with("business ") || (is_near(*unit) && !has_rival);
        let is_alone = text == format!("{amount} {word}");
        (is_sure && is_alone).then_some(Term { amount: *amount, unit: *unit })
    }
}

/// The fault of a term whose unit is not known.
pub(crate) fn fault_of_unit(amount: u64, word: &str) -> TermFault {
    let amount = usable(amount);
    match word {
        "day" | "days" | "d" => return TermFault::BareDays { amount },
        _ => {}
    }
    if word.split(' ').any(|part| part.bytes().any(|byte| byte.is_ascii_digit())) {
        return TermFault::TwoUnits;
    }
    TermFault::UnknownUnit { amount, word: word.to_owned(), near: unit_near(word) }
}

/// The fault of a term whose first word is no whole number.
pub(crate) fn fault_of_word(text: &str, number: &str) -> TermFault {
    let iso = number.strip_prefix(['P', 'p']);
    if let Some(rest) = iso.filter(|rest| starts_with_digit(rest.trim_start_matches('T'))) {
        return TermFault::IsoForm { meant: iso_meant(rest) };
    }
    if number.strip_prefix(['-', '−', '–']).is_some_and(starts_with_digit) {
        return TermFault::Negative;
    }
    let digits = number.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if starts_with_digit(digits) && is_plain(digits) {
        // "36h": the unit hangs on the number.
        let unit = number.strip_prefix(digits).unwrap_or_default();
        let rest = text.trim_start().strip_prefix(number).unwrap_or_default().trim();
        let word = if rest.is_empty() { unit.to_owned() } else { format!("{unit} {rest}") };
        return match word.chars().any(|letter| "½¼¾.,".contains(letter)) {
            true => TermFault::NotWhole { number: number.to_owned() },
            false => fault_of_glued(digits, &word),
        };
    }
    let is_fraction = |letter: char| letter.is_ascii_digit() || "½¼¾.,/".contains(letter);
    if number.chars().all(is_fraction) && number.chars().any(char::is_numeric) {
        return TermFault::NotWhole { number: number.to_owned() };
    }
    TermFault::Malformed { text: text.to_owned() }
}

fn fault_of_glued(digits: &str, word: &str) -> TermFault {
    let amount = digits.parse().unwrap_or(u64::MAX);
    match (fault_of_unit(amount, word), Unit::find(word)) {
        (TermFault::UnknownUnit { amount, word, .. }, Some(unit)) => {
            TermFault::UnknownUnit { amount, word, near: Some(unit) }
        }
        (fault, _) => fault,
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit())
}

fn usable(amount: u64) -> Option<u32> {
    u32::try_from(amount).ok().filter(|amount| *amount > 0)
}

fn unit_near(word: &str) -> Option<Unit> {
    let lower = word.to_lowercase();
    let meant = match lower.as_str() {
        "m" | "min" | "mins" => Some(Unit::Minutes),
        "h" | "hr" | "hrs" => Some(Unit::Hours),
        "w" | "wk" | "wks" => Some(Unit::Weeks),
        "mo" | "mth" | "mths" => Some(Unit::Months),
        "y" | "yr" | "yrs" => Some(Unit::Years),
        "wd" | "bd" | "business day" | "business days" | "weekdays" | "workdays" => {
            Some(Unit::WorkingDays)
        }
        "cd" | "civil days" | "natural days" => Some(Unit::CalendarDays),
        "business hour" | "business hours" | "office hours" => Some(Unit::WorkingHours),
        "business minute" | "business minutes" => Some(Unit::WorkingMinutes),
        other => Unit::find(other),
    };
    let names = Unit::ALL.into_iter().flat_map(|unit| [unit.plural(), unit.singular()]);
    meant.or_else(|| nearest(&lower, names).and_then(Unit::find))
}

fn iso_meant(rest: &str) -> Option<Term> {
    let (time, rest) = match rest.strip_prefix('T') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let digits = rest.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let amount = digits.parse().ok().filter(|amount| *amount > 0)?;
    let unit = match (time, rest.strip_prefix(digits)?) {
        (false, "W") => Unit::Weeks,
        (false, "M") => Unit::Months,
        (false, "Y") => Unit::Years,
        (true, "H") => Unit::Hours,
        (true, "M") => Unit::Minutes,
        _ => return None,
    };
    Some(Term { amount, unit })
}
