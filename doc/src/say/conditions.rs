//! Conditions in words. What is too knotty for a sentence is shown as it is written.

use engine::letter::words;
use engine::model::{
    DeadlineId, EventId, FieldId, FieldKind, IntakeId, LevelId, Party, RecordId, RoleId, RungId,
    StageId, Variable, WordsFor,
};
use engine::script::{
    CompareOp, Compared, Constants, EntryValue, Expr, ExprKind, Quantifier, Value, VariableId,
};

use crate::page::{Line, joined, line, listed};
use crate::say::Say;
use crate::say::names::{field_title, phrase};

/// What is compared with what is written out.
#[derive(Clone, Copy)]
enum Held {
    Variable(Variable),
    Entry(EntryValue),
}

impl Say<'_> {
    /// A condition as a clause: "what is evident is serious or the amount is more than €50.00".
    pub(crate) fn condition(&self, expr: &Expr) -> Line {
        let as_written =
            || line(self.phrases.this_holds, &[("code", Line::code(self.written(expr)))]);
        self.clause(expr).unwrap_or_else(as_written)
    }

    /// A condition as it is written, on one line.
    fn written(&self, expr: &Expr) -> String {
        let text = self.sources.get(expr.span.file).map_or("", |it| it.readable());
        let text = text.get(expr.span.range()).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn clause(&self, expr: &Expr) -> Option<Line> {
        let p = self.phrases;
        match &expr.kind {
            ExprKind::And(parts) => self.several(parts, p.and, true),
            ExprKind::Or(parts) => self.several(parts, p.or, false),
            ExprKind::Not(inner) => self.not(inner),
            ExprKind::Var(id) => self.asked(*id, false),
            ExprKind::IsSet(id) => Some(self.about(p.is_filled, *id)),
            ExprKind::VarNumber { op, variable, constant } => {
                let held = Held::Variable(self.variable(*variable)?);
                let value = self.number(held, *constant);
                Some(self.compared(*op, self.held(held)?, value.into(), false))
            }
            ExprKind::VarIndex { op, variable, constant } => {
                let held = Held::Variable(self.variable(*variable)?);
                Some(self.compared(*op, self.held(held)?, self.index(held, *constant)?, true))
            }
            ExprKind::Compare { op, compared, left, right } => {
                self.comparison(*op, *compared, left, right)
            }
            ExprKind::In { item, list } => {
                let held = self.read(item)?;
                let Constants::Values(values) = list else { return None };
                let names = values.iter().map(|it| self.constant(held, *it));
                let names = listed(names.collect::<Option<Vec<_>>>()?, p.or);
                Some(line(p.is, &[("what", self.held(held)?), ("value", names)]))
            }
            ExprKind::Entries { record, asked: Quantifier::Some, condition, .. } => {
                let record = self.record(RecordId(record.0)).into();
                Some(line(p.some_entry, &[("record", record), ("cond", self.clause(condition)?)]))
            }
            ExprKind::Entries { record, asked: Quantifier::All, condition, .. } => {
                let record = self.record(RecordId(record.0)).into();
                Some(line(p.every_entry, &[("record", record), ("cond", self.clause(condition)?)]))
            }
            ExprKind::NoEntries(record) => {
                Some(line(p.no_entry, &[("record", self.record(RecordId(record.0)).into())]))
            }
            ExprKind::EntryField(value) => {
                Some(line(p.is_yes, &[("what", self.held(Held::Entry(*value))?)]))
            }
            ExprKind::IsEntryFieldSet(value) => {
                Some(line(p.is_filled, &[("what", self.held(Held::Entry(*value))?)]))
            }
            _ => None,
        }
    }

    /// Parts with the same word between them; a part with the other word is put in brackets.
    fn several(&self, parts: &[Expr], word: &str, is_and: bool) -> Option<Line> {
        let one = |part: &Expr| {
            let said = self.clause(part)?;
            let other = match &part.kind {
                ExprKind::Or(_) => is_and,
                ExprKind::And(_) => !is_and,
                _ => false,
            };
            Some(if other { Line::from("(").then(said).then(")") } else { said })
        };
        let lines = parts.iter().map(one).collect::<Option<Vec<Line>>>()?;
        Some(joined(lines, &format!(" {word} ")))
    }

    fn not(&self, inner: &Expr) -> Option<Line> {
        let p = self.phrases;
        match &inner.kind {
            ExprKind::Var(id) => self.asked(*id, true),
            ExprKind::IsSet(id) => Some(self.about(p.is_not_filled, *id)),
            ExprKind::EntryField(value) => {
                Some(line(p.is_no, &[("what", self.held(Held::Entry(*value))?)]))
            }
            ExprKind::NoEntries(record) => {
                Some(line(p.an_entry, &[("record", self.record(RecordId(record.0)).into())]))
            }
            ExprKind::Entries { record, asked: Quantifier::Some, condition, .. } => {
                let record = self.record(RecordId(record.0)).into();
                Some(line(
                    p.no_entry_with,
                    &[("record", record), ("cond", self.clause(condition)?)],
                ))
            }
            _ => None,
        }
    }

    /// A flag, or a question about a clock or a letter.
    fn asked(&self, id: VariableId, not: bool) -> Option<Line> {
        let p = self.phrases;
        let of_deadline = |yes: &str, id: DeadlineId| {
            (!not).then(|| line(yes, &[("what", self.deadline(id).into())]))
        };
        match self.variable(id)? {
            Variable::ChannelWritten => {
                Some(if not { p.not_in_writing } else { p.in_writing }.into())
            }
            Variable::Met(id) => of_deadline(p.point_met, id),
            Variable::Breached(id) | Variable::BreachedEver(id) => of_deadline(p.point_breach, id),
            Variable::Lapsed(id) => of_deadline(p.point_lapse, id),
            Variable::Sent(id) => {
                (!not).then(|| line(p.point_letter, &[("what", self.letter(id).into())]))
            }
            Variable::Running(id) => {
                let phrase = if not { p.is_not_running } else { p.is_running };
                Some(line(phrase, &[("what", self.deadline(id).into())]))
            }
            Variable::Field(_) => Some(self.about(if not { p.is_no } else { p.is_yes }, id)),
            _ => None,
        }
    }

    fn about(&self, phrase: &str, id: VariableId) -> Line {
        let held = self.variable(id).and_then(|it| self.held(Held::Variable(it)));
        line(phrase, &[("what", held.unwrap_or_default())])
    }

    fn comparison(
        &self,
        op: CompareOp,
        compared: Compared,
        left: &Expr,
        right: &Expr,
    ) -> Option<Line> {
        let is_choice = matches!(compared, Compared::Indices | Compared::Texts);
        if let Some(count) = self.counted(left) {
            let ExprKind::Const(Value::Number(number)) = &right.kind else { return None };
            let value = words::number(self.language, *number).into();
            return Some(self.compared(op, count, value, false));
        }
        let of = self.read(left)?;
        let value = match &right.kind {
            ExprKind::Const(value) => self.constant(of, *value)?,
            ExprKind::Text(text) => self.quoted(text),
            _ => self.held(self.read(right)?)?,
        };
        Some(self.compared(op, self.held(of)?, value, is_choice))
    }

    fn compared(&self, op: CompareOp, what: Line, value: Line, is_choice: bool) -> Line {
        let p = self.phrases;
        let phrase = match (op, is_choice) {
            (CompareOp::Equal, _) => p.is,
            (CompareOp::NotEqual, _) => p.is_not,
            (CompareOp::Less, true) => p.is_below,
            (CompareOp::Less, false) => p.is_less,
            (CompareOp::AtMost, _) => p.is_at_most,
            (CompareOp::Greater, true) => p.is_above,
            (CompareOp::Greater, false) => p.is_more,
            (CompareOp::AtLeast, _) => p.is_at_least,
        };
        line(phrase, &[("what", what), ("value", value)])
    }

    /// Text in the quotation marks of the language.
    pub(crate) fn quoted(&self, text: &str) -> Line {
        line(self.phrases.quote, &[("text", text.into())])
    }

    fn variable(&self, id: VariableId) -> Option<Variable> {
        self.machine.protocol.variables.get(usize::from(id.0)).copied()
    }

    fn read(&self, expr: &Expr) -> Option<Held> {
        match &expr.kind {
            ExprKind::Var(id) => self.variable(*id).map(Held::Variable),
            ExprKind::EntryField(value) => Some(Held::Entry(*value)),
            _ => None,
        }
    }

    /// What is read, in quotes where it is a title.
    fn held(&self, held: Held) -> Option<Line> {
        let p = self.phrases;
        let variable = match held {
            Held::Variable(it) => it,
            Held::Entry(value) => {
                let record = self.machine.protocol.records.get(usize::from(value.record.0))?;
                return Some(
                    self.quoted(&field_title(&record.fields.get(usize::from(value.field))?.field)),
                );
            }
        };
        match variable {
            Variable::Field(id) => Some(self.quoted(&self.field(id))),
            Variable::Severity => Some(p.the_severity.into()),
            Variable::Rung => Some(p.the_level.into()),
            Variable::Stage => Some(p.the_step.into()),
            Variable::Channel => Some(p.the_channel.into()),
            Variable::By => Some(p.whose_act.into()),
            Variable::Event => Some(p.what_happens.into()),
            Variable::Intake => Some(p.kind_of_intake.into()),
            Variable::History(place) => self.of_person(place),
            _ => None,
        }
    }

    fn constant(&self, held: Held, value: Value) -> Option<Line> {
        match value {
            Value::Choice(place) => self.index(held, place),
            Value::Number(number) => Some(self.number(held, number).into()),
            Value::Date(on) => Some(self.date(on).into()),
            Value::Flag(yes) => Some(if yes { self.phrases.yes } else { self.phrases.no }.into()),
            Value::Unset | Value::Text(_) | Value::Slot(_) => None,
        }
    }

    /// A number, with its currency where it is money.
    fn number(&self, held: Held, number: rust_decimal::Decimal) -> String {
        let kind = match held {
            Held::Variable(Variable::Field(id)) => self.kind(id),
            _ => None,
        };
        match kind {
            Some(FieldKind::Money(currency)) => words::money(self.language, number, currency),
            _ => words::number(self.language, number),
        }
    }

    fn kind(&self, id: FieldId) -> Option<&FieldKind> {
        self.machine.protocol.fields.get(id.index()).map(|it| &it.kind)
    }

    /// One of the names of a set.
    fn index(&self, held: Held, place: u16) -> Option<Line> {
        let protocol = &self.machine.protocol;
        let at = usize::from(place);
        let variable = match held {
            Held::Variable(it) => it,
            Held::Entry(value) => return self.index_of_entry(value, place),
        };
        let name = match variable {
            Variable::Field(id) => self.choice(id, place),
            Variable::Severity => self.level(LevelId(place)),
            Variable::Rung => self.rung(RungId(place)),
            Variable::Stage => self.stage(StageId(place)),
            Variable::Channel => self.channel(at),
            Variable::Event => self.event(EventId(place)),
            Variable::Intake => protocol.intake.get(IntakeId(place).index())?.title.clone(),
            Variable::By => {
                let built_in = at.checked_sub(protocol.roles.len());
                let party = built_in.and_then(|it| Party::BUILT_IN.get(it)).map(|(_, it)| *it);
                self.party(party.unwrap_or(Party::Role(RoleId(place))))
            }
            _ => return None,
        };
        Some(self.quoted(&name))
    }

    fn index_of_entry(&self, value: EntryValue, place: u16) -> Option<Line> {
        let protocol = &self.machine.protocol;
        let record = protocol.records.get(usize::from(value.record.0))?;
        let field = &record.fields.get(usize::from(value.field))?.field;
        let of = WordsFor::Entry(RecordId(value.record.0), value.field);
        let said = engine::letter::word(protocol, of, usize::from(place), self.language);
        let set = match &field.kind {
            FieldKind::Choice(set) => protocol.scope.set(*set),
            _ => None,
        };
        let name = said.or_else(|| set.and_then(|it| it.name(place)).map(phrase))?;
        Some(self.quoted(&name))
    }
}
