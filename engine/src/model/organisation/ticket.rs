//! The numbering of cases: what a complainant is given, and what finds the case again.

use std::fmt::Write as _;

/// A scheme such as `SB-{year}-{number:5}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketScheme {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    /// The year of receipt in the protocol's zone.
    Year,
    /// The running number, with leading zeros up to this many digits.
    Number(usize),
}

/// Why a text is no scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TicketFault {
    /// A placeholder that there is not.
    Unknown(String),
    /// A bracket without its other half.
    Bracket,
    /// No `{number}`, so that two cases would have one ticket.
    NoNumber,
    /// A placeholder that stands there twice.
    Twice(&'static str),
    /// More digits than a number can have.
    Digits(String),
}

/// The most leading zeros that are asked for.
const DIGITS_MAX: usize = 10;

impl TicketScheme {
    /// Reads a scheme.
    ///
    /// # Errors
    /// The first reason why it is none.
    pub fn read(text: &str) -> Result<Self, TicketFault> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or(TicketFault::Bracket)?;
            push_text(&mut parts, before)?;
            parts.push(placeholder(name)?);
            rest = after;
        }
        push_text(&mut parts, rest)?;
        let count = |wanted: fn(&Part) -> bool| parts.iter().filter(|it| wanted(it)).count();
        match count(|it| matches!(it, Part::Number(_))) {
            0 => return Err(TicketFault::NoNumber),
            1 => {}
            _ => return Err(TicketFault::Twice("number")),
        }
        if count(|it| *it == Part::Year) > 1 {
            return Err(TicketFault::Twice("year"));
        }
        Ok(Self { parts })
    }

    /// The ticket of a case: `year` is that of its receipt in the protocol's zone, `number` its
    /// place among the cases of that year, or of all where the scheme names no year, from 1.
    #[must_use]
    pub fn ticket(&self, year: i32, number: u32) -> String {
        let mut ticket = String::new();
        for part in &self.parts {
            // Writing to a text cannot fail.
            let _ = match part {
                Part::Text(text) => ticket.write_str(text),
                Part::Year => write!(ticket, "{year}"),
                Part::Number(digits) => write!(ticket, "{number:0digits$}"),
            };
        }
        ticket
    }

    /// Whether the numbers begin again at 1 with each year: only where the ticket names the year.
    #[must_use]
    pub fn begins_again(&self) -> bool {
        self.parts.contains(&Part::Year)
    }
}

fn push_text(parts: &mut Vec<Part>, text: &str) -> Result<(), TicketFault> {
    if text.contains('}') {
        return Err(TicketFault::Bracket);
    }
    if !text.is_empty() {
        parts.push(Part::Text(text.to_owned()));
    }
    Ok(())
}

fn placeholder(name: &str) -> Result<Part, TicketFault> {
    match name.split_once(':') {
        None if name == "year" => Ok(Part::Year),
        None if name == "number" => Ok(Part::Number(1)),
        Some(("number", digits)) => match digits.parse() {
            Ok(digits @ 1..=DIGITS_MAX) => Ok(Part::Number(digits)),
            _ => Err(TicketFault::Digits(digits.to_owned())),
        },
        _ => Err(TicketFault::Unknown(name.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_names_the_year_and_the_place_in_it() {
        let scheme = TicketScheme::read("SB-{year}-{number:5}").unwrap();
        assert_eq!(scheme.ticket(2026, 42), "SB-2026-00042");
        assert_eq!(scheme.ticket(2026, 123_456), "SB-2026-123456");
        assert!(scheme.begins_again());
        assert!(!TicketScheme::read("{number}").unwrap().begins_again());
    }

    #[test]
    fn what_is_no_scheme_is_said() {
        let fault = |text| TicketScheme::read(text).unwrap_err();
        assert_eq!(fault("SB-{year}"), TicketFault::NoNumber);
        assert_eq!(fault("{number}{number}"), TicketFault::Twice("number"));
        assert_eq!(fault("{year}{year}{number}"), TicketFault::Twice("year"));
        assert_eq!(fault("{month}-{number}"), TicketFault::Unknown("month".to_owned()));
        assert_eq!(fault("{number"), TicketFault::Bracket);
        assert_eq!(fault("number}"), TicketFault::Bracket);
        assert_eq!(fault("{number:0}"), TicketFault::Digits("0".to_owned()));
        assert_eq!(fault("{number:99999999999999999999}"), {
            TicketFault::Digits("99999999999999999999".to_owned())
        });
        assert_eq!(fault(""), TicketFault::NoNumber);
    }
}
