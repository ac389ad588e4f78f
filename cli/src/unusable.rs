//! Why a command could not do its work, with what to do about it.

use std::fmt;

/// The longest sentence, in characters: words of the caller in it may be of any length.
const WHAT_MAX: usize = 500;

/// Something the caller gave cannot be used.
#[derive(Debug)]
pub(crate) struct Unusable {
    what: String,
    help: Option<String>,
}

impl Unusable {
    /// `what` is one fragment, lower case, no full stop. One that is too long is cut off.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        let mut what = what.into();
        if let Some((end, _)) = what.char_indices().nth(WHAT_MAX) {
            what.truncate(end);
            what.push('…');
        }
        Self { what, help: None }
    }

    /// Adds what to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what to do, if there is something to say.
    pub(crate) fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// What is wrong and what to do, where there is room for one line only.
    pub(crate) fn in_one_line(&self) -> String {
        match &self.help {
            None => self.what.clone(),
            Some(help) => format!("{}; {help}", self.what),
        }
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match &self.help {
            None => Ok(()),
            Some(help) => write!(f, "\n  = help: {help}"),
        }
    }
}

impl std::error::Error for Unusable {}
