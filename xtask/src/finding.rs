//! A broken house rule.

use std::fmt;

/// One place where a house rule is broken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    path: String,
    line_number: usize,
    what: String,
}

impl Finding {
    /// A fault at a line, counted from 1, of a file named from the root of the repository.
    pub(crate) fn at(path: &str, line_number: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line_number, what: what.into() }
    }

    /// A fault of a whole file or folder.
    pub(crate) fn whole(path: &str, what: impl Into<String>) -> Self {
        Self::at(path, 1, what)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line_number, self.what)
    }
}
