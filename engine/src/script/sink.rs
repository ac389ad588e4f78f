//! Who listens while a condition is evaluated.

use crate::script::RecordId;
use crate::script::Value;
use crate::script::VariableId;
use crate::text::Span;

/// Hears what an evaluation read and found, in order of evaluation.
pub trait Sink {
    /// A sub-condition was decided.
    fn condition(&mut self, span: Span, outcome: bool);
    /// A variable was read, or asked whether it is set.
    fn read(&mut self, variable: VariableId, value: Value);
    /// The entries of a record were asked about, of which there are so many.
    fn entries(&mut self, record: RecordId, count: u16);
}

/// Hears nothing, and costs nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unheard;

impl Sink for Unheard {
    #[inline]
    fn condition(&mut self, _span: Span, _outcome: bool) {}
    #[inline]
    fn read(&mut self, _variable: VariableId, _value: Value) {}
    #[inline]
    fn entries(&mut self, _record: RecordId, _count: u16) {}
}

/// Keeps everything, for people who ask why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Working {
    /// Every sub-condition that was decided, inner before outer.
    pub conditions: Vec<(Span, bool)>,
    /// Every variable that was read, each once, with its value.
    pub reads: Vec<(VariableId, Value)>,
    /// Every record whose entries were asked about, each once, with how many there are.
    pub records: Vec<(RecordId, u16)>,
}

impl Sink for Working {
    fn condition(&mut self, span: Span, outcome: bool) {
        self.conditions.push((span, outcome));
    }

    fn read(&mut self, variable: VariableId, value: Value) {
        if !self.reads.iter().any(|(known, _)| *known == variable) {
            self.reads.push((variable, value));
        }
    }

    fn entries(&mut self, record: RecordId, count: u16) {
        if !self.records.iter().any(|(known, _)| *known == record) {
            self.records.push((record, count));
        }
    }
}
