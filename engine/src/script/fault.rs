//! Why an expression could not be evaluated.

use crate::script::FunctionId;
use crate::script::RecordId;
use crate::script::Scope;
use crate::script::VariableId;
use crate::text::Span;

/// An evaluation that ended without an answer. Never the same as *false*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptFault {
    /// The part of the expression that could not be evaluated.
    pub span: Option<Span>,
    /// What happened.
    pub kind: FaultKind,
}

/// What kept an expression from having an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A value was read that nobody has set.
    Unset {
        /// Which.
        variable: VariableId,
    },
    /// A value is not of the kind it was declared to be.
    WrongKind {
        /// Which, if it was a variable.
        variable: Option<VariableId>,
    },
    /// A number left the range that can be calculated with exactly.
    Overflow,
    /// A division by zero.
    DivisionByZero,
    /// A function used more steps, memory or nested calls than it may.
    Limit {
        /// Which.
        function: FunctionId,
        /// What it used too much of: `steps`, `nested calls`, `memory`.
        of: &'static str,
    },
    /// A function stopped by itself or gave something it must not.
    Function {
        /// Which.
        function: FunctionId,
        /// What happened, as one fragment.
        message: Box<str>,
    },
    /// A text was computed that nobody knows a symbol for.
    UnknownText,
    /// The last entry of a record was read, and the record has none.
    NoEntry {
        /// Which.
        record: RecordId,
    },
    /// A field of an entry was read that nobody has set.
    EntryUnset {
        /// The record.
        record: RecordId,
        /// The place of the field in the record.
        field: u16,
    },
    /// Going through the entries of records took more steps than one evaluation may.
    TooManyEntries {
        /// The record that was being gone through.
        record: RecordId,
    },
}

impl ScriptFault {
    /// A fault whose place the caller adds.
    #[must_use]
    pub const fn new(kind: FaultKind) -> Self {
        Self { span: None, kind }
    }

    /// A fault at a place.
    #[must_use]
    pub const fn at(span: Span, kind: FaultKind) -> Self {
        Self { span: Some(span), kind }
    }

    /// Adds the place if there is none yet.
    #[must_use]
    pub fn or_at(mut self, span: Span) -> Self {
        self.span = self.span.or(Some(span));
        self
    }

    /// What happened, as one fragment that names the variable or function.
    #[must_use]
    pub fn sentence(&self, scope: &Scope) -> String {
        let variable = |id: &VariableId| {
            scope.variable(*id).map_or_else(|| "?".to_owned(), |it| it.name.clone())
        };
        let function = |id: &FunctionId| {
            scope.function(*id).map_or_else(|| "?".to_owned(), |it| it.name.clone())
        };
        let record =
            |id: &RecordId| scope.record(*id).map_or_else(|| "?".to_owned(), |it| it.name.clone());
        match &self.kind {
            FaultKind::Unset { variable: id } => format!("`{}` is not set", variable(id)),
            FaultKind::WrongKind { variable: Some(id) } => {
                format!("`{}` is not of the kind it was declared to be", variable(id))
            }
            FaultKind::WrongKind { variable: None } => {
                "a value is not of the kind it was declared to be".to_owned()
            }
            FaultKind::Overflow => "a number is too large to calculate with".to_owned(),
            FaultKind::DivisionByZero => "a number is divided by zero".to_owned(),
            FaultKind::Limit { function: id, of } => {
                format!("function `{}` used more {of} than it may", function(id))
            }
            FaultKind::Function { function: id, message } => {
                format!("function `{}`: {message}", function(id))
            }
            FaultKind::UnknownText => "a text was computed that is not known here".to_owned(),
            FaultKind::NoEntry { record: id } => format!("`{}` has no entry yet", record(id)),
            FaultKind::EntryUnset { record: id, field } => {
                let field = scope.record(*id).and_then(|it| it.field(*field));
                let field = field.map_or("?", |it| it.name.as_str());
                format!("`{field}` of an entry of `{}` is not set", record(id))
            }
            FaultKind::TooManyEntries { record: id } => {
                format!("`{}` has too many entries to ask this of each", record(id))
            }
        }
    }
}
