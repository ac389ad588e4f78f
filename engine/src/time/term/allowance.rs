//! Terms: an amount and a unit, the way procedures state them.

use crate::time::term::fault::TermFault;
use crate::time::term::fault::fault_of_unit;
use crate::time::term::fault::fault_of_word;

/// More terms than one `min(…)` or `max(…)` may list.
pub const ALLOWANCE_TERMS_MAX: usize = 8;

/// A unit and with it the way of counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 60 elapsed seconds, at any time of any day.
    Minutes,
    /// 60 elapsed minutes, at any time of any day.
    Hours,
    /// An elapsed minute inside a window of the calendar.
    WorkingMinutes,
    /// 60 elapsed minutes inside windows of the calendar.
    WorkingHours,
    /// A day with a window in the calendar.
    WorkingDays,
    /// Any civil day.
    CalendarDays,
    /// Seven civil days.
    Weeks,
    /// A civil month; the 31st of a shorter month is its last day.
    Months,
    /// A civil year; 29 February of a common year is 28 February.
    Years,
}

impl Unit {
    /// All units, shortest first.
    pub const ALL: [Self; 9] = [
        Self::Minutes,
        Self::Hours,
        Self::WorkingMinutes,
        Self::WorkingHours,
        Self::WorkingDays,
        Self::CalendarDays,
        Self::Weeks,
        Self::Months,
        Self::Years,
    ];

    /// The word for more than one, as authors write it.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::WorkingMinutes => "working minutes",
            Self::WorkingHours => "working hours",
            Self::WorkingDays => "working days",
            Self::CalendarDays => "calendar days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    /// The word for one.
    #[must_use]
    pub const fn singular(self) -> &'static str {
        match self {
            Self::Minutes => "minute",
            Self::Hours => "hour",
            Self::WorkingMinutes => "working minute",
            Self::WorkingHours => "working hour",
            Self::WorkingDays => "working day",
            Self::CalendarDays => "calendar day",
            Self::Weeks => "week",
            Self::Months => "month",
            Self::Years => "year",
        }
    }

    /// The unit with this name, in the singular or the plural.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| word == unit.plural() || word == unit.singular())
    }

    /// The largest amount a term of this unit may have: about a century.
    #[must_use]
    pub const fn amount_max(self) -> u32 {
        match self {
            Self::Minutes | Self::WorkingMinutes => 52_600_000,
            Self::Hours | Self::WorkingHours => 876_600,
            Self::WorkingDays | Self::CalendarDays => 36_525,
            Self::Weeks => 5_218,
            Self::Months => 1_200,
            Self::Years => 100,
        }
    }

    /// Whether `first_day` and `ends` apply: days and longer.
    #[must_use]
    pub const fn is_counted_in_days(self) -> bool {
        !matches!(self, Self::Minutes | Self::Hours | Self::WorkingMinutes | Self::WorkingHours)
    }

    /// Whether `roll` applies: calendar days, weeks, months and years.
    #[must_use]
    pub const fn is_civil(self) -> bool {
        matches!(self, Self::CalendarDays | Self::Weeks | Self::Months | Self::Years)
    }

    /// Whether a calendar with windows is needed: working minutes, hours and days.
    #[must_use]
    pub const fn is_working(self) -> bool {
        matches!(self, Self::WorkingMinutes | Self::WorkingHours | Self::WorkingDays)
    }
}

/// An amount of a unit: "10 working days".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// How many, from 1 to [`Unit::amount_max`].
    pub amount: u32,
    /// Of what.
    pub unit: Unit,
}

impl std::fmt::Display for Term {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = if self.amount == 1 { self.unit.singular() } else { self.unit.plural() };
        write!(f, "{} {unit}", self.amount)
    }
}

/// How long something may take.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Allowance {
    /// One term.
    Term(Term),
    /// Whichever of these ends first.
    Min(Vec<Term>),
    /// Whichever of these ends last.
    Max(Vec<Term>),
    /// Without delay: a duty without a counted end.
    Promptly,
}

impl Allowance {
    /// The terms it is made of.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        match self {
            Self::Term(term) => std::slice::from_ref(term),
            Self::Min(terms) | Self::Max(terms) => terms,
            Self::Promptly => &[],
        }
    }
}

impl std::fmt::Display for Allowance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (name, terms) = match self {
            Self::Promptly => return f.write_str("promptly"),
            Self::Term(term) => return term.fmt(f),
            Self::Min(terms) => ("min", terms),
            Self::Max(terms) => ("max", terms),
        };
        let shown: Vec<String> = terms.iter().map(ToString::to_string).collect();
        write!(f, "{name}({})", shown.join(", "))
    }
}

/// Reads a term: a whole number and a unit, "10 working days".
///
/// # Errors
/// What keeps the text from being a term.
pub fn parse_term(text: &str) -> Result<Term, TermFault> {
    let mut words = text.split_whitespace();
    let Some(number) = words.next() else {
        return Err(TermFault::Empty);
    };
    let unit_words: Vec<&str> = words.collect();
    let unit_text = unit_words.join(" ");
    let amount = parse_amount(text, number)?;
    let Some(unit) = Unit::find(&unit_text) else {
        return Err(fault_of_unit(amount, &unit_text));
    };
    match amount {
        0 => Err(TermFault::Zero),
        _ if amount > u64::from(unit.amount_max()) => {
            Err(TermFault::TooLarge { max: Term { amount: unit.amount_max(), unit } })
        }
        _ => Ok(Term { amount: u32::try_from(amount).unwrap_or(unit.amount_max()), unit }),
    }
}

/// Reads a term, `min(…)` or `max(…)` of terms, or `promptly`.
///
/// # Errors
/// What keeps the text from being one of these.
pub fn parse_allowance(text: &str) -> Result<Allowance, TermFault> {
    let text = text.trim();
    if text == "promptly" {
        return Ok(Allowance::Promptly);
    }
    let inside = |name: &str| {
        let opened = text.strip_prefix(name)?.trim_start().strip_prefix('(')?;
        Some(opened.strip_suffix(')'))
    };
    if let Some(list) = inside("min") {
        return parse_terms("min", text, list).map(Allowance::Min);
    }
    if let Some(list) = inside("max") {
        return parse_terms("max", text, list).map(Allowance::Max);
    }
    parse_term(text).map(Allowance::Term)
}

fn parse_terms(name: &'static str, text: &str, list: Option<&str>) -> Result<Vec<Term>, TermFault> {
    let list = list.ok_or_else(|| TermFault::Malformed { text: text.to_owned() })?;
    if list.contains(['(', ')']) {
        return Err(TermFault::Nested { name });
    }
    let terms: Vec<Term> =
        list.split(',').take(ALLOWANCE_TERMS_MAX + 1).map(parse_term).collect::<Result<_, _>>()?;
    match terms.as_slice() {
        [] => Err(TermFault::Empty),
        [term] => Err(TermFault::OneTerm { name, term: *term }),
        _ if terms.len() > ALLOWANCE_TERMS_MAX => {
            Err(TermFault::TooMany { max: ALLOWANCE_TERMS_MAX })
        }
        _ => Ok(terms),
    }
}

/// The number in front. Held at the largest number that can be held, which every unit refuses.
fn parse_amount(text: &str, number: &str) -> Result<u64, TermFault> {
    if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(number.parse().unwrap_or(u64::MAX));
    }
    Err(fault_of_word(text, number))
}
