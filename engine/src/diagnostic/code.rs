//! The name of a kind of fault. Each code is a constant in the file of the rule that finds it
//! (`rules/<code>.rs` of its layer); tidy compares these files with the fixtures and the pages.

/// Whether a protocol with this fault can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The protocol is refused.
    Error,
    /// The protocol can be used; an author should look.
    Warning,
}

/// The kind of a fault: its name is its file, its fixture folder and its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    /// Lower case words joined by hyphens: `unknown-stage`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
}

impl Code {
    /// A fault that makes the protocol unusable.
    #[must_use]
    pub const fn error(name: &'static str) -> Self {
        Self { name, severity: Severity::Error }
    }

    /// A fault that an author should look at.
    #[must_use]
    pub const fn warning(name: &'static str) -> Self {
        Self { name, severity: Severity::Warning }
    }
}
