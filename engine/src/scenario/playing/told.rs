//! What somebody who plays a case says, and why it may not be possible.

use crate::runtime::{Given, ReportedAt};
use crate::syntax::{first_hidden, mentioned_fault};
use crate::time::Instant;

/// An event as somebody tells it while playing: names and texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// Whose act it is, as `role` or `role:person`; the first of the event's `by` where nobody
    /// is named.
    pub by: Option<String>,
    /// Who enters it for them.
    pub entered_by: Option<String>,
    /// How it came.
    pub channel: Option<String>,
    /// The id of the entry, for an event of a record; made up where nobody names it.
    pub entry: Option<String>,
    /// The fields it brings. Of a personal one only that it was brought is kept.
    pub data: Vec<(String, Given)>,
    /// The reason given.
    pub reason: Option<String>,
    /// The person who complains; for the event that opens the case.
    pub complainant: Option<String>,
    /// The person complained about; for the event that opens the case.
    pub respondent: Option<String>,
    /// The other case, for a built-in event that names one.
    pub case: Option<String>,
    /// The letter that failed, for `letter_failed`.
    pub letter: Option<String>,
    /// As what the case is taken in; for the event that opens it.
    pub intake: Option<String>,
}

/// When something happens that is told while playing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Happening {
    /// Now.
    #[default]
    Now,
    /// Then. What lies before now is entered late, now; otherwise the clock goes there.
    At(ReportedAt),
    /// At the first, and recorded at the second; the clock goes to the second.
    RecordedAt(ReportedAt, Instant),
}

/// Why a step cannot be played. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplayable {
    /// What is wrong, as one fragment.
    pub problem: String,
    /// What would be right.
    pub help: Option<String>,
    /// Whether the protocol refuses it, rather than that it cannot be understood. Only an opening
    /// that is refused cannot be played: there is no case in which the refusal could stand.
    pub is_refused: bool,
}

impl Unplayable {
    pub(crate) fn new(problem: impl Into<String>) -> Self {
        Self { problem: problem.into(), help: None, is_refused: false }
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

impl Told {
    /// The same from or without whoever acts.
    #[must_use]
    pub fn by(by: Option<&str>) -> Self {
        Self { by: by.map(ToOwned::to_owned), ..Self::default() }
    }

    /// Refuses what no scenario could say.
    pub(crate) fn check(&self) -> Result<(), Unplayable> {
        let persons = [&self.complainant, &self.respondent];
        let texts =
            [&self.by, &self.entered_by, &self.channel, &self.entry, &self.reason].into_iter();
        let data = self.data.iter().filter_map(|(_, given)| match given {
            Given::Text(text) => Some(text),
            _ => None,
        });
        let named = [&self.case, &self.letter, &self.intake];
        for text in texts.chain(persons).chain(named).flatten().chain(data) {
            if let Some(hidden) = first_hidden(text) {
                let number = format!("U+{:04X}", u32::from(hidden));
                let problem = format!("the text holds a character that nobody can see ({number})");
                return Err(Unplayable::new(problem).help("write it again without that"));
            }
        }
        if self.entry.as_ref().is_some_and(|it| mentioned_fault(it).is_some()) {
            let problem = "an entry has an id of 1 to 256 plain letters and digits";
            return Err(Unplayable::new(problem).help("write another id, or leave it out"));
        }
        for who in [&self.by, &self.entered_by].into_iter().flatten() {
            if mentioned_fault(who).is_some() {
                let problem = "whoever acts has a name of 1 to 256 plain letters and digits";
                return Err(Unplayable::new(problem).help("write `role`, or `role:person`"));
            }
        }
        Ok(())
    }
}
