//! How a step expects the case to stand, held against how it stands.

use crate::machine::Machine;
use crate::model::FieldId;
use crate::runtime::{self, Given};
use crate::scenario::running::expect::compare::Compared;
use crate::scenario::running::underway::Running;
use crate::scenario::words;
use crate::scenario::{Failure, When};
use crate::script::Value;
use crate::time::Instant;

impl Compared<'_> {
    pub(crate) fn state(&self, failures: &mut Vec<Failure>) {
        let Running { machine, now, .. } = self.running;
        let case = self.running.case();
        let expect = &self.step.expect;
        if let Some(stage) = expect.stage.as_ref().filter(|it| it.value != case.stage) {
            let of = |id| words::stage(machine, id).to_owned();
            failures.push(self.differs("stage", stage.span, of(stage.value), of(case.stage)));
        }
        if let Some(rung) = expect.rung.as_ref().filter(|it| it.value != case.rung) {
            let of = |id| words::rung(machine, id).to_owned();
            failures.push(self.differs("rung", rung.span, of(rung.value), of(case.rung)));
        }
        if let Some(level) = expect.severity.as_ref().filter(|it| Some(it.value) != case.severity) {
            let wanted = machine.level_name(level.value).to_owned();
            let was = case.severity.map_or("none", |it| machine.level_name(it)).to_owned();
            failures.push(self.differs("severity", level.span, wanted, was));
        }
        if let Some(at) = expect.now.as_ref().filter(|it| !self.is_then(it.value, *now)) {
            let wanted = words::when(machine, at.value);
            failures.push(self.differs("now", at.span, wanted, words::instant(machine, *now)));
        }
        let allowed = runtime::allowed(machine, case);
        for event in expect.allowed.iter().filter(|it| !allowed.contains(&it.value)) {
            let names = allowed.iter().map(|id| words::event(machine, *id));
            let was = names.collect::<Vec<_>>().join(", ");
            let wanted = words::event(machine, event.value).to_owned();
            failures.push(self.differs("allowed", event.span, wanted, was));
        }
    }

    pub(crate) fn is_then(&self, when: When, at: Instant) -> bool {
        match when {
            When::At(expected) => expected == at,
            When::On(date) => self.running.machine.protocol.zone.civil(at).date() == date,
        }
    }

    pub(crate) fn entries(&self, failures: &mut Vec<Failure>) {
        let (machine, case) = (self.running.machine, self.running.case());
        for (record, expected) in &self.step.expect.entries {
            let was = case.entries(*record).len();
            if usize::try_from(expected.value) != Ok(was) {
                let wanted = expected.value.to_string();
                let mut failure = self.differs("entries", expected.span, wanted, was.to_string());
                failure.subject = Some(words::record(machine, *record).to_owned());
                failures.push(failure);
            }
        }
    }

    pub(crate) fn fields(&self, failures: &mut Vec<Failure>) {
        let Running { machine, strings, .. } = self.running;
        let case = self.running.case();
        for (id, expected) in &self.step.expect.fields {
            let was = case.field(*id);
            let shown = words::value(machine, strings, *id, was);
            if !holds(machine, self.running, *id, was, &expected.value) {
                let wanted = words::given(&expected.value);
                let mut failure = self.differs("fields", expected.span, wanted, shown);
                failure.subject = Some(words::field(machine, *id).to_owned());
                failures.push(failure);
            }
        }
    }
}

fn holds(
    machine: &Machine,
    running: &Running<'_>,
    id: FieldId,
    was: Value,
    expected: &Given,
) -> bool {
    match (was, expected) {
        (Value::Number(was), Given::Number(wanted)) => was == *wanted,
        (Value::Flag(was), Given::Flag(wanted)) => was == *wanted,
        (Value::Date(was), Given::Date(wanted)) => was == *wanted,
        (Value::Text(was), Given::Text(wanted)) => running.strings.get(was) == wanted,
        (Value::Choice(_), Given::Text(wanted)) => {
            words::value(machine, &running.strings, id, was) == *wanted
        }
        _ => false,
    }
}
