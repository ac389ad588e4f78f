//! An amendment as a text: a line for each entry, its name, the length of its value, the value.

use std::str::FromStr;

use crate::cases::{Failure, Hash};
use engine::machine::{AMENDED_DATES_MAX, Amendment};
use engine::time::{Instant, NaiveDate};

/// The version of the form of an amendment. Raised with every change of the form.
pub const AMENDMENT_VERSION: u32 = 1;

/// The longest text of an amendment: its reason, its source, each a name, in bytes.
pub const AMENDMENT_TEXT_MAX: usize = 1_000;

/// An amendment: what is changed, by whom, why, and since when it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amended {
    /// When it was recorded. From then on it holds.
    pub recorded_at: Instant,
    /// The set of holidays it changes; or the id of a protocol and its calendar, with a slash
    /// between.
    pub calendar: String,
    /// The dates that are closed from now on.
    pub closed: Vec<NaiveDate>,
    /// The dates that are no holiday any more.
    pub open: Vec<NaiveDate>,
    /// Why: what those days are.
    pub reason: String,
    /// Where that is written.
    pub source: String,
    /// Who recorded it: a role, or `admin`.
    pub by: String,
    /// Which person, as an opaque id, where it is known.
    pub person: Option<String>,
}

impl Amended {
    /// The bytes as they are stored.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = format!("redress-amendment {AMENDMENT_VERSION}\n");
        let mut add = |name: &str, value: Option<&str>| match value {
            Some(value) => out.push_str(&format!("{name} {}:{value}\n", value.len())),
            None => out.push_str(&format!("{name} -\n")),
        };
        add("recorded-ms", Some(&self.recorded_at.ms().to_string()));
        add("calendar", Some(&self.calendar));
        self.closed.iter().for_each(|date| add("closed", Some(&date.to_string())));
        self.open.iter().for_each(|date| add("open", Some(&date.to_string())));
        add("reason", Some(&self.reason));
        add("source", Some(&self.source));
        add("by", Some(&self.by));
        add("person", self.person.as_deref());
        out.into_bytes()
    }

    /// Reads what was stored.
    ///
    /// # Errors
    /// [`Failure::Damaged`] where the bytes are none of an amendment, in exactly this form.
    pub fn read(bytes: &[u8]) -> Result<Self, Failure> {
        let damaged = || Failure::Damaged("an amendment of calendars cannot be read".to_owned());
        let text = std::str::from_utf8(bytes).map_err(|_| damaged())?;
        let head = format!("redress-amendment {AMENDMENT_VERSION}\n");
        let mut lines = Lines { rest: text.strip_prefix(&head).ok_or_else(damaged)? };
        let read = (|| {
            let recorded_at = Instant::from_ms(lines.value("recorded-ms")?.parse().ok()?);
            let calendar = lines.value("calendar")?.to_owned();
            let (closed, open) = (lines.dates("closed")?, lines.dates("open")?);
            let (reason, source) = (lines.value("reason")?, lines.value("source")?);
            let (reason, source) = (reason.to_owned(), source.to_owned());
            let by = lines.value("by")?.to_owned();
            let person = lines.maybe("person").ok()?.map(str::to_owned);
            lines.rest.is_empty().then_some(Self {
                recorded_at,
                calendar,
                closed,
                open,
                reason,
                source,
                by,
                person,
            })
        })();
        // What is read is what was written, byte for byte: there is one form of each.
        read.filter(|it| it.bytes() == bytes).ok_or_else(damaged)
    }

    /// What the engine needs of it. Its name there is its hash, which covers all before it.
    #[must_use]
    pub fn amendment(&self, hash: Hash) -> Amendment {
        let recorded_at = self.recorded_at.to_string();
        let recorded_on = recorded_at.split('T').next().unwrap_or_default();
        Amendment {
            id: hash.to_string(),
            calendar: self.calendar.clone(),
            closed: self.closed.clone(),
            open: self.open.clone(),
            name: format!("{} (calendar amended on {recorded_on})", self.reason),
        }
    }
}

/// What is left to be read.
/// The next line is not what it should be.
struct OtherLine;

struct Lines<'a> {
    rest: &'a str,
}

impl<'a> Lines<'a> {
    /// The value of the next line, which has this name.
    fn value(&mut self, name: &str) -> Option<&'a str> {
        self.maybe(name).ok()?
    }

    /// The value of the next line, which has this name and may have none.
    fn maybe(&mut self, name: &str) -> Result<Option<&'a str>, OtherLine> {
        let rest = self.rest.strip_prefix(name).and_then(|it| it.strip_prefix(' '));
        let rest = rest.ok_or(OtherLine)?;
        if let Some(rest) = rest.strip_prefix("-\n") {
            self.rest = rest;
            return Ok(None);
        }
        let (length, rest) = rest.split_once(':').ok_or(OtherLine)?;
        let length = usize::from_str(length).map_err(|_| OtherLine)?;
        let (value, rest) = rest.split_at_checked(length).ok_or(OtherLine)?;
        self.rest = rest.strip_prefix('\n').ok_or(OtherLine)?;
        Ok(Some(value))
    }

    /// The values of the next lines with this name, as dates.
    fn dates(&mut self, name: &str) -> Option<Vec<NaiveDate>> {
        let mut dates = Vec::new();
        while self.rest.strip_prefix(name).is_some_and(|it| it.starts_with(' ')) {
            dates.push(self.value(name)?.parse().ok()?);
            if dates.len() > AMENDED_DATES_MAX {
                return None;
            }
        }
        Some(dates)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn amended() -> Amended {
        Amended {
            recorded_at: Instant::from_ms(1_780_300_800_000),
            calendar: "england-and-wales".to_owned(),
            closed: vec!["2026-06-10".parse().unwrap()],
            open: vec![],
            reason: "Day of\nmourning".to_owned(),
            source: "Proclamation of 8 June 2026".to_owned(),
            by: "admin".to_owned(),
            person: None,
        }
    }

    #[test]
    fn an_amendment_is_written_line_by_line() {
        let text = String::from_utf8(amended().bytes()).unwrap();
        let expected = "redress-amendment 1\nrecorded-ms 13:1780300800000\n\
            calendar 17:england-and-wales\nclosed 10:2026-06-10\nreason 15:Day of\nmourning\n\
            source 27:Proclamation of 8 June 2026\nby 5:admin\nperson -\n";
        assert_eq!(text, expected);
        assert_eq!(Amended::read(text.as_bytes()), Ok(amended()));
    }

    #[test]
    fn other_bytes_are_no_amendment() {
        let text = String::from_utf8(amended().bytes()).unwrap();
        for (from, to) in [
            ("redress-amendment 1", "redress-amendment 2"),
            ("by 5:", "by 05:"),
            ("by 5:", "by 6:"),
            ("2026-06-10", "2026-06-31"),
            ("closed", "opened"),
            ("person -\n", "person -\nperson -\n"),
            ("person -\n", ""),
            ("13:1780300800000", "14:+1780300800000"),
            ("reason 15:", "reason 99999999999999999999:"),
        ] {
            let other = text.replace(from, to);
            assert!(Amended::read(other.as_bytes()).is_err(), "{other}");
        }
        assert!(Amended::read(&[0xff]).is_err() && Amended::read(b"").is_err());
    }

    proptest! {
        #[test]
        fn always_what_is_written_is_read(
            calendar: String,
            reason: String,
            source: String,
            person: Option<String>,
            days in prop::collection::vec(0i32..70_000, 0..20),
            bytes: Vec<u8>,
        ) {
            let day = |it: i32| NaiveDate::from_epoch_days(it).unwrap();
            let (closed, open) = days.split_at(days.len() / 2);
            let amended = Amended {
                calendar,
                reason,
                source,
                person,
                closed: closed.iter().map(|it| day(*it)).collect(),
                open: open.iter().map(|it| day(*it)).collect(),
                ..amended()
            };
            prop_assert_eq!(Amended::read(&amended.bytes()), Ok(amended));
            prop_assert!(Amended::read(&bytes).is_err());
        }
    }
}
