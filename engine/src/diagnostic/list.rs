//! One fault, and the list that collects all of them.

use crate::diagnostic::{Code, Severity};
use crate::text::Span;

/// A place and what this place is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What this place is; may be empty.
    pub text: String,
}

/// One replacement of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// A change of the file that would mend the fault. It is there only where it is sure: no other
/// change is as likely to be meant, so a program may make it without asking. Applied to the text
/// it was found in, the fault is gone and no new error has come. What takes a choice is `help`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the change does, as an order: "write `investigating`".
    pub title: String,
    /// The replacements, which do not overlap. Those of two faults of one text may.
    pub edits: Vec<Edit>,
}

/// One fault of a protocol, for its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of fault.
    pub code: Code,
    /// One fragment, lower case, no full stop, the author's words in `backticks`; true without
    /// the label.
    pub message: String,
    /// The place of the fault.
    pub primary: Label,
    /// Other places that matter.
    pub others: Vec<Label>,
    /// What to do; may name what exists.
    pub help: Option<String>,
    /// The change that would mend it, where there is exactly one sensible change.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A fault at a place. `label` says what the place is.
    #[must_use]
    pub fn new(
        code: Code,
        message: impl Into<String>,
        span: Span,
        label: impl Into<String>,
    ) -> Self {
        let primary = Label { span, text: label.into() };
        Self { code, message: message.into(), primary, others: Vec::new(), help: None, fix: None }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what to do, if there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn other(mut self, span: Span, text: impl Into<String>) -> Self {
        self.others.push(Label { span, text: text.into() });
        self
    }

    /// Adds a change that would mend the fault by replacing one piece of text.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { title: title.into(), edits: vec![Edit { span, text: text.into() }] });
        self
    }
}

/// All faults found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether any fault makes the protocol unusable.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|it| it.code.severity == Severity::Error)
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Puts the faults in order of place, then code, and drops exact repetitions.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            let key = |it: &Diagnostic| (it.primary.span, it.code, it.message.clone());
            key(a).cmp(&key(b))
        });
        self.list.dedup();
    }

    /// The faults, in the order of the last [`sort`](Self::sort).
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
