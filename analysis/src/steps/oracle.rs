//! What stands in for the conditions of a protocol while a step is decided: what is not known is
//! chosen when a condition reads it, and a step is decided again and again until every choice
//! was made.

use std::cell::RefCell;
use std::collections::BTreeSet;

use engine::machine::Machine;
use engine::model::{ChannelId, DeadlineId, FieldId, LevelId, Party, RuleId, Variable};
use engine::runtime::{Oracle, View};
use engine::script::{self, Env, Expr, FunctionId, RecordId, ScriptFault, Value, VariableId};
use engine::text::Symbol;

use crate::steps::Matters;
use crate::steps::given::{Given, Known, computed, is_date, known, unknown};

/// The choices of one decision, so that all of them are gone through in a fixed order.
#[derive(Clone, Debug, Default)]
pub(super) struct Choices {
    made: Vec<(usize, usize)>,
    next: usize,
}

impl Choices {
    /// One of so many, at least one.
    fn choose(&mut self, of: usize) -> usize {
        let at = self.next;
        self.next += 1;
        if let Some((chosen, _)) = self.made.get(at) {
            return *chosen;
        }
        self.made.push((0, of.max(1)));
        0
    }

    /// Goes on to the next; says whether there is one.
    pub(super) fn advance(&mut self) -> bool {
        self.next = 0;
        while let Some((chosen, of)) = self.made.pop() {
            if chosen + 1 < of {
                self.made.push((chosen + 1, of));
                return true;
            }
        }
        false
    }
}

/// What may be chosen of an event besides what it brings.
#[derive(Clone, Debug, Default)]
pub(super) struct Report {
    pub(super) channels: Vec<ChannelId>,
    pub(super) parties: Vec<Party>,
}

/// What was chosen in one decision.
#[derive(Clone, Debug, Default)]
pub(super) struct Chosen {
    pub(super) fields: Vec<(FieldId, Value)>,
    pub(super) channel: Option<ChannelId>,
    pub(super) by: Option<Party>,
    pub(super) history: Vec<(u16, Value)>,
    pub(super) opaque: Vec<RuleId>,
    /// How serious the case was judged to be, where that is not followed.
    pub(super) level: Option<LevelId>,
    /// Conditions of deadlines that are counted for each entry.
    flags: Vec<(Variable, bool)>,
}

/// One decision.
pub(super) struct Chooser<'a> {
    pub(super) machine: &'a Machine,
    pub(super) given: &'a Given,
    pub(super) ignored: &'a BTreeSet<RuleId>,
    pub(super) report: Option<&'a Report>,
    pub(super) choices: &'a RefCell<Choices>,
    pub(super) chosen: RefCell<Chosen>,
}

impl Oracle for Chooser<'_> {
    fn truth(&mut self, expr: &Expr, view: &View<'_>, rule: RuleId) -> Result<bool, ScriptFault> {
        if self.given.telling.contains(&rule) {
            return Ok(true);
        }
        if self.ignored.contains(&rule) || self.given.is_idle(expr) {
            return Ok(false);
        }
        if self.given.judging.contains(&rule) {
            return Ok(self.judges(view, rule));
        }
        if self.given.is_exact(self.machine, expr) {
            return script::truth(expr, &Reading { view: *view, chooser: self, rule });
        }
        self.chosen.borrow_mut().opaque.push(rule);
        Ok(self.choose(2) == 1)
    }

    fn value(&mut self, expr: &Expr, view: &View<'_>, rule: RuleId) -> Result<Value, ScriptFault> {
        if self.given.is_exact(self.machine, expr) {
            let holds = script::truth(expr, &Reading { view: *view, chooser: self, rule })?;
            return Ok(Value::Flag(holds));
        }
        // What was chosen for the field before does not hold any more.
        let field = computed(self.machine, expr);
        self.chosen.borrow_mut().fields.retain(|it| Some(it.0) != field);
        Ok(unknown(Known::Set, field.is_some_and(|it| is_date(self.machine, it))))
    }
}

impl Chooser<'_> {
    fn choose(&self, of: usize) -> usize {
        self.choices.borrow_mut().choose(of)
    }

    fn field(&self, id: VariableId, field: FieldId, holds: Value) -> Value {
        let values = values(self.machine, self.given, id, field, holds);
        if values == [holds] {
            return holds;
        }
        let before = self.chosen.borrow().fields.iter().find(|it| it.0 == field).map(|it| it.1);
        if let Some(value) = before {
            return value;
        }
        let value = values.get(self.choose(values.len())).copied().unwrap_or(holds);
        self.chosen.borrow_mut().fields.push((field, value));
        value
    }

    /// Whether the rule is the one that says how serious the case is, which may be any of them; once
    /// a case has been placed it may not be asked.
    fn judges(&self, view: &View<'_>, rule: RuleId) -> bool {
        if view.case.escalated && !self.given.reads_severity {
            return false;
        }
        let before = self.chosen.borrow().level;
        let level = before.unwrap_or_else(|| {
            let level = self.any_level();
            self.chosen.borrow_mut().level = Some(level);
            level
        });
        let severity = self.machine.protocol.severity.iter();
        severity.flat_map(|it| &it.rules).any(|it| it.rule == rule && it.is == level)
    }

    fn any_level(&self) -> LevelId {
        let levels = &self.given.levels;
        levels.get(self.choose(levels.len())).copied().unwrap_or(Matters::LEVEL)
    }

    fn history(&self, id: VariableId, question: u16) -> Value {
        let before = self.chosen.borrow().history.iter().find(|it| it.0 == question).map(|it| it.1);
        if let Some(value) = before {
            return value;
        }
        let classes = self.given.classes(id);
        let value = classes.get(self.choose(classes.len())).copied().unwrap_or(Value::Unset);
        self.chosen.borrow_mut().history.push((question, value));
        value
    }

    fn channel(&self) -> Option<ChannelId> {
        let report = self.report?;
        if self.chosen.borrow().channel.is_none() {
            let at = self.choose(report.channels.len());
            self.chosen.borrow_mut().channel = report.channels.get(at).copied();
        }
        self.chosen.borrow().channel
    }

    fn party(&self) -> Option<Party> {
        let report = self.report?;
        if self.chosen.borrow().by.is_none() {
            let at = self.choose(report.parties.len());
            self.chosen.borrow_mut().by = report.parties.get(at).copied();
        }
        self.chosen.borrow().by
    }

    /// What is asked about the clocks of all entries, of which one is looked at: either.
    fn flag(&self, variable: Variable, rule: RuleId) -> Value {
        let before = self.chosen.borrow().flags.iter().find(|it| it.0 == variable).map(|it| it.1);
        let flag = before.unwrap_or_else(|| {
            let flag = self.choose(2) == 1;
            let mut chosen = self.chosen.borrow_mut();
            chosen.flags.push((variable, flag));
            chosen.opaque.push(rule);
            flag
        });
        Value::Flag(flag)
    }

    fn is_for_each(&self, id: DeadlineId) -> bool {
        self.machine.protocol.deadlines.get(id.index()).is_some_and(|it| it.for_each.is_some())
    }
}

/// The values that a field may have of which a case holds this, as far as conditions tell them
/// apart: just the one where it is known.
pub(super) fn values(
    machine: &Machine,
    given: &Given,
    id: VariableId,
    field: FieldId,
    holds: Value,
) -> Vec<Value> {
    let known = match given.eager.get(field.index()) {
        Some(true) if is_date(machine, field) && holds != Value::Unset => Known::Set,
        _ => known(holds),
    };
    if known == Known::This {
        return vec![holds];
    }
    let fits = |it: &&Value| known == Known::Anything || **it != Value::Unset;
    given.classes(id).iter().filter(fits).copied().collect()
}

/// What a condition reads.
struct Reading<'r, 'a, 'v> {
    view: View<'v>,
    chooser: &'r Chooser<'a>,
    rule: RuleId,
}

impl Env for Reading<'_, '_, '_> {
    fn value(&self, id: VariableId) -> Value {
        let chooser = self.chooser;
        let protocol = &chooser.machine.protocol;
        let Some(variable) = protocol.variables.get(usize::from(id.0)) else {
            return Value::Unset;
        };
        match *variable {
            Variable::Field(field) => chooser.field(id, field, self.view.case.field(field)),
            Variable::History(question) => chooser.history(id, question),
            Variable::Channel => chooser.channel().map_or(Value::Unset, |it| Value::Choice(it.0)),
            Variable::ChannelWritten if self.view.event.is_some() => {
                let written = chooser.channel().and_then(|it| protocol.channels.get(it.index()));
                Value::Flag(written.is_some_and(|it| it.written))
            }
            Variable::Severity
                if !chooser.given.levels.is_empty() && self.view.case.severity.is_none() =>
            {
                chooser.chosen.borrow_mut().opaque.push(self.rule);
                Value::Choice(chooser.any_level().0)
            }
            Variable::By => chooser.party().map_or(Value::Unset, |it| place(chooser.machine, it)),
            Variable::Met(id)
            | Variable::Breached(id)
            | Variable::BreachedEver(id)
            | Variable::Running(id)
            | Variable::Lapsed(id)
                if chooser.is_for_each(id) =>
            {
                chooser.flag(*variable, self.rule)
            }
            _ => self.view.value(id),
        }
    }

    fn entries(&self, record: RecordId) -> u16 {
        self.view.entries(record)
    }

    fn entry_value(&self, record: RecordId, entry: u16, field: u16) -> Value {
        self.view.entry_value(record, entry, field)
    }

    fn text(&self, symbol: Symbol) -> &str {
        self.view.text(symbol)
    }

    fn symbol(&self, text: &str) -> Option<Symbol> {
        self.view.symbol(text)
    }

    fn call(&self, function: FunctionId, arguments: &[Value]) -> Result<Value, ScriptFault> {
        self.view.call(function, arguments)
    }
}

/// The place of a party in the set that conditions compare `by` with.
fn place(machine: &Machine, party: Party) -> Value {
    let built_in = Party::BUILT_IN.iter().position(|(_, it)| *it == party);
    let place = match party {
        Party::Role(role) => role.index(),
        _ => machine.protocol.roles.len() + built_in.unwrap_or(0),
    };
    Value::Choice(u16::try_from(place).unwrap_or(u16::MAX))
}
