//! How many there are of something, in words: entries of a record, other cases of the same person.

use engine::model::{Asked, RecordId};
use engine::script::{Expr, ExprKind, Quantifier};

use crate::page::{Line, line};
use crate::say::Say;

impl Say<'_> {
    /// A number of entries; none for anything else.
    pub(crate) fn counted(&self, expr: &Expr) -> Option<Line> {
        let p = self.phrases;
        match &expr.kind {
            ExprKind::EntryCount(record) => {
                Some(line(p.count_of, &[("record", self.record(RecordId(record.0)).into())]))
            }
            ExprKind::Entries { record, asked: Quantifier::Count, condition, .. } => {
                let record = self.record(RecordId(record.0)).into();
                Some(line(p.count_with, &[("record", record), ("cond", self.clause(condition)?)]))
            }
            _ => None,
        }
    }

    /// What is asked of the other cases of a person, by the place of the question.
    pub(crate) fn of_person(&self, place: u16) -> Option<Line> {
        let p = self.phrases;
        let questions = &self.machine.protocol.history.questions;
        let question = questions.get(usize::from(place))?;
        let (phrase, part) = match question.asked {
            Asked::Stops => return Some(p.stops_of_person.into()),
            Asked::Cases => (p.cases_of_person, String::new()),
            Asked::Upheld => (p.cases_upheld, String::new()),
            Asked::Same(field) => (p.cases_same, self.field(field)),
            Asked::Records(record) => (p.entries_of_person, self.record(record)),
        };
        let term = self.term(question.within?);
        Some(line(phrase, &[("term", term.into()), ("what", part.into())]))
    }
}
