//! How long something may take.

use engine::letter::words;
use engine::model::{Agreed, Choose, Deadline, Lengthen, LevelId, RungId, Warning};
use engine::time::{Allowance, Term};

use crate::page::{Line, line, listed};
use crate::say::Say;

/// One of the terms of a deadline, and for which cases it is.
pub(crate) struct Variant {
    /// For which; empty where there is only one term.
    pub(crate) label: Line,
    /// Its place in the deadline.
    pub(crate) place: u16,
}

impl Say<'_> {
    pub(crate) fn term(&self, term: Term) -> String {
        words::term(self.language, term)
    }

    pub(crate) fn allowance(&self, allowance: &Allowance) -> Line {
        let p = self.phrases;
        let terms = || {
            let terms = allowance.terms().iter().map(|it| Line::from(self.term(*it))).collect();
            [("terms", listed(terms, p.or))]
        };
        match allowance {
            Allowance::Promptly => p.promptly.into(),
            Allowance::Term(term) => self.term(*term).into(),
            Allowance::Min(_) => line(p.whichever_first, &terms()),
            Allowance::Max(_) => line(p.whichever_last, &terms()),
        }
    }

    /// The terms of a deadline, in order of their places in the list that chooses.
    pub(crate) fn variants(&self, deadline: &Deadline) -> Vec<Variant> {
        let p = self.phrases;
        match &deadline.choose {
            Choose::Only => vec![Variant { label: Line::default(), place: 0 }],
            Choose::ByRung(places) => gathered(places, |at| self.rung(RungId::at(at)).into(), p.or),
            Choose::BySeverity(places) => {
                gathered(places, |at| self.level(LevelId::at(at)).into(), p.or)
            }
            Choose::ByField(field, places) => {
                let n_names = places.len().saturating_sub(1);
                let name = |at: usize| {
                    let place = u16::try_from(at).unwrap_or(u16::MAX);
                    match at < n_names {
                        true => self.choice(*field, place).into(),
                        false => line(p.field_unset, &[("field", self.field(*field).into())]),
                    }
                };
                gathered(places, name, p.or)
            }
            Choose::First(list) => {
                let one = |(when, place): &(Option<_>, u16)| Variant {
                    label: when.as_ref().map_or_else(
                        || p.otherwise.into(),
                        |it| line(p.if_cond, &[("cond", self.condition(it))]),
                    ),
                    place: *place,
                };
                list.iter().map(one).collect()
            }
        }
    }

    /// One line for each term.
    pub(crate) fn within(&self, deadline: &Deadline) -> Vec<Line> {
        let p = self.phrases;
        if let Some(due) = deadline.due {
            return vec![line(p.on_the_day_in, &[("field", self.agreed(deadline, due))])];
        }
        let one = |variant: Variant| {
            let term = deadline.alternatives.get(usize::from(variant.place));
            let term = term.map_or_else(Line::default, |it| self.allowance(&it.allowance));
            let term = match deadline.every {
                Some(_) => line(p.every, &[("term", term)]),
                None => term,
            };
            self.labelled(&variant.label, term)
        };
        self.variants(deadline).into_iter().map(one).collect()
    }

    fn agreed(&self, deadline: &Deadline, due: Agreed) -> Line {
        let protocol = &self.machine.protocol;
        match due {
            Agreed::Field(field) => self.field(field).into(),
            Agreed::Entry(place) => {
                let record = deadline
                    .for_each
                    .and_then(|it| protocol.records.get(it.record.index()).zip(Some(it.record)));
                let Some((record, id)) = record else { return Line::default() };
                let field = record.fields.get(usize::from(place));
                let field =
                    field.map_or_else(String::new, |it| super::names::field_title(&it.field));
                format!("{}: {field}", self.record(id)).into()
            }
        }
    }

    /// How it may be lengthened, without by whom.
    pub(crate) fn lengthened(&self, by: &Lengthen) -> Line {
        let p = self.phrases;
        let term = |term: &Term| Line::from(self.term(*term));
        match by {
            Lengthen::Add(add) => line(p.lengthen_add, &[("term", term(add))]),
            Lengthen::Total(total) => line(p.lengthen_total, &[("term", term(total))]),
            Lengthen::Until { field, up_to } => {
                let until = line(p.lengthen_until, &[("field", self.field(*field).into())]);
                let up_to = up_to.as_ref().map(|it| line(p.up_to, &[("term", term(it))]));
                until.and(up_to.unwrap_or_default())
            }
        }
    }

    /// A line with what it is for before it.
    pub(crate) fn labelled(&self, label: &Line, said: Line) -> Line {
        if label.is_empty() {
            return said;
        }
        line(self.phrases.labelled, &[("label", label.clone()), ("said", said)])
    }

    pub(crate) fn warning(&self, warning: Warning) -> Line {
        match warning {
            Warning::Before(term) => {
                line(self.phrases.warn_before, &[("term", self.term(term).into())])
            }
            Warning::AtPercent(share) => {
                line(self.phrases.warn_at, &[("share", share.to_string().into())])
            }
        }
    }
}

/// Names with the same place in one line, in order of the first of them.
fn gathered(places: &[u16], name: impl Fn(usize) -> Line, or: &str) -> Vec<Variant> {
    let mut found: Vec<(u16, Vec<Line>)> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        match found.iter_mut().find(|(own, _)| own == place) {
            Some((_, names)) => names.push(name(at)),
            None => found.push((*place, vec![name(at)])),
        }
    }
    let is_alone = found.len() == 1;
    let label = |names| if is_alone { Line::default() } else { listed(names, or) };
    found.into_iter().map(|(place, names)| Variant { label: label(names), place }).collect()
}
