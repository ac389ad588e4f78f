//! What others see of a case tells them what only some roles read.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::inspect::people::parties;
use crate::machine::Machine;
use crate::model::{
    Branch, Choose, ConditionId, Deadline, EventId, Party, Protocol, Readable, RecordId, SetTo,
    Variable,
};
use crate::script::{Expr, reads, records_read};

pub(crate) const CODE: Code = Code::warning("confidential-in-condition");

/// Reports every condition that reads something confidential, where somebody else may tell from
/// what happens how it was answered. In an event of theirs those who read it may ask for it.
pub(crate) fn confidential_in_condition(machine: &Machine, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    if protocol.confidential.is_empty() {
        return;
    }
    let mut look = Look { protocol, seen: Vec::new(), out };
    for (place, event) in protocol.events.iter().enumerate() {
        look.conditions(&event.requires, Some(EventId::at(place)));
    }
    for stage in &protocol.stages {
        for transitions in &stage.on {
            for branch in &transitions.branches {
                look.branch(branch, Some(transitions.event));
            }
        }
        stage.after.iter().for_each(|it| look.branch(&it.branch, None));
    }
    protocol.deadlines.iter().for_each(|it| look.deadline(it));
    look.everywhere();
}

struct Look<'a, 'o> {
    protocol: &'a Protocol,
    /// The conditions that were reported: one may be asked at several places.
    seen: Vec<crate::text::Span>,
    out: &'o mut Diagnostics,
}

impl Look<'_, '_> {
    fn conditions(&mut self, ids: &[ConditionId], event: Option<EventId>) {
        let protocol = self.protocol;
        for condition in ids.iter().filter_map(|id| protocol.conditions.get(id.index())) {
            self.read(&condition.is, event);
        }
    }

    fn branch(&mut self, branch: &Branch, event: Option<EventId>) {
        branch.when.iter().for_each(|it| self.read(it, event));
        self.conditions(&branch.requires, event);
        for setting in &branch.set {
            if let SetTo::Computed(expr) = &setting.to {
                self.read(expr, event);
            }
        }
    }

    fn deadline(&mut self, deadline: &Deadline) {
        let choosing = match &deadline.choose {
            Choose::First(entries) => entries.as_slice(),
            _ => &[],
        };
        let choosing = choosing.iter().filter_map(|(when, _)| when.as_ref());
        let met = deadline.met_by.iter().filter_map(|it| it.when.as_ref());
        for expr in deadline.when.iter().chain(choosing).chain(met) {
            self.read(expr, None);
        }
        for extension in &deadline.extend {
            extension.when.iter().for_each(|it| self.read(it, Some(extension.on)));
        }
    }

    /// Severity, rungs, stops, guarantees and trends: what everybody sees.
    fn everywhere(&mut self) {
        let protocol = self.protocol;
        let severity = protocol.severity.iter().flat_map(|it| &it.rules).map(|it| &it.when);
        let rungs = protocol.ladder.iter().filter_map(|it| it.start_when.as_ref());
        let told = protocol.roles.iter().filter_map(|it| it.at_once.as_ref());
        let trends = protocol.trends.iter().filter_map(|it| it.when.as_ref());
        let proposed = protocol.stops.iter().filter_map(|it| it.proposed_when.as_ref());
        let refuses = protocol.stops.iter().flat_map(|it| &it.refuses);
        let refuses = refuses.filter_map(|it| it.unless.as_ref());
        let promised = protocol.guarantees.iter().filter_map(|it| it.promise.holds());
        let severity = severity.chain(promised);
        let all = severity.chain(rungs).chain(told).chain(trends).chain(proposed).chain(refuses);
        all.for_each(|it| self.read(it, None));
    }

    fn read(&mut self, expr: &Expr, event: Option<EventId>) {
        let Some(what) = self.told(expr, event) else { return };
        if self.seen.contains(&expr.span) {
            return;
        }
        self.seen.push(expr.span);
        let (name, protocol) = (self.protocol.readable_name(what), self.protocol);
        let readers = protocol.confidential.readers(what).unwrap_or_default();
        let readers: Vec<&str> =
            readers.iter().map(|it| protocol.party_name(Party::Role(*it))).collect();
        let only = readers.join(" and ");
        let message = format!("a condition reads `{name}`, which only {only} may read");
        let label = "what comes of it tells it to everybody who sees the case";
        self.out.push(Diagnostic::new(CODE, message, expr.span, label).help(format!(
            "ask it only in events that {only} alone may report, or ask for something that \
             everybody reads"
        )));
    }

    /// What confidential thing a condition reads that somebody who acts does not.
    fn told(&self, expr: &Expr, event: Option<EventId>) -> Option<Readable> {
        let protocol = self.protocol;
        let variables = reads(expr).into_iter();
        let meanings = variables.filter_map(|it| protocol.variables.get(usize::from(it.0)));
        let fields = meanings.filter_map(|it| match it {
            Variable::Field(id) => Some(Readable::Field(*id)),
            _ => None,
        });
        let records = records_read(expr).into_iter().map(|it| Readable::Record(RecordId(it.0)));
        let event = event.and_then(|it| protocol.events.get(it.index()));
        let others_see = |what: &Readable| match event {
            None => protocol.confidential.readers(*what).is_some(),
            Some(event) => {
                let acting = event.by.iter().flat_map(|it| parties(*it, protocol));
                acting.into_iter().any(|it| !protocol.confidential.may_read(it, *what))
            }
        };
        fields.chain(records).find(others_see)
    }
}
