//! The protocol of one stop, made from the protocol it belongs to. Roles, channels, letters and
//! entries have the same numbers in both.

use std::sync::Arc;

use crate::machine::stop::clocks;
use crate::machine::stop::course;
use crate::model::{
    Carried, Confidential, Covers, Doer, Event, Field, FieldKind, History, Party, Protocol, RoleId,
    RuleId, Sets, Stop, StopClock, StopEvent, StopOutcome, StopStage, Variable,
};
use crate::script::{NameSet, Scope, SetId, Type};

/// The protocol that one stop goes through.
pub(crate) fn protocol(of: &Protocol, stop: &Stop) -> Protocol {
    let mut scope = Scope::default();
    let events = events(of, stop);
    let sets = sets(of, &events, &mut scope);
    let fields = fields(stop, &mut scope);
    let variables = variables(&fields, &mut scope);
    Protocol {
        id: of.id.clone(),
        title: stop.title.clone(),
        version: of.version.clone(),
        language: of.language.clone(),
        zone: of.zone.clone(),
        effective_from: None,
        effective_to: None,
        accountable: of.accountable,
        ticket: None,
        calendars: of.calendars.iter().take(1).cloned().collect(),
        counts: of.counts,
        backdate: of.backdate,
        records: Vec::new(),
        roles: of.roles.clone(),
        channels: of.channels.clone(),
        intake: Vec::new(),
        confidential: Confidential::default(),
        help: Vec::new(),
        retention: Vec::new(),
        texts: of.texts.clone(),
        severity: None,
        ladder: Vec::new(),
        conditions: course::conditions(stop),
        stages: course::stages(stop),
        start: StopStage::Quiet.id(),
        deadlines: clocks::deadlines(of, stop),
        guarantees: Vec::new(),
        letters: of.letters.clone(),
        languages: Vec::new(),
        letter_texts: Vec::new(),
        words: Vec::new(),
        stops: Vec::new(),
        history: History::default(),
        trends: Vec::new(),
        functions: Vec::new(),
        library: Arc::clone(&of.library),
        rules: Arc::clone(&of.rules),
        fields,
        events,
        variables,
        scope,
        sets,
    }
}

/// What a stop's conditions may read, in the order of their numbers: the two outcomes, then
/// whether an appeal waits for its answer in time, whether that answer was missed, whether it was
/// given, whether an appeal is possible.
fn variables(fields: &[Field], scope: &mut Scope) -> Vec<Variable> {
    let mut variables = Vec::new();
    for (outcome, field) in StopOutcome::ALL.into_iter().zip(fields) {
        if let FieldKind::Choice(set) = field.kind {
            scope.add_variable(&field.name, Type::Choice(set));
            variables.push(Variable::Field(outcome.id()));
        }
    }
    let asked = [
        ("waits", Variable::Running(StopClock::Answer.id())),
        ("missed", Variable::Breached(StopClock::Answer.id())),
        ("answered", Variable::Met(StopClock::Answer.id())),
        ("may_appeal", Variable::Running(StopClock::Appeal.id())),
    ];
    for (name, variable) in asked {
        scope.add_variable(name, Type::Flag);
        variables.push(variable);
    }
    variables
}

fn set(kind: &str, names: Vec<String>, scope: &mut Scope) -> SetId {
    scope.add_set(NameSet { kind: kind.to_owned(), names })
}

fn sets(of: &Protocol, events: &[Event], scope: &mut Scope) -> Sets {
    let roles = of.roles.iter().map(|it| it.name.as_str());
    let parties = roles.chain(Party::built_in_names()).map(str::to_owned).collect();
    let stages = StopStage::ALL.iter().map(|it| it.name().to_owned()).collect();
    let channels = of.channels.iter().map(|it| it.name.clone()).collect();
    Sets {
        levels: None,
        rungs: set("rung", Vec::new(), scope),
        stages: set("stage", stages, scope),
        channels: set("channel", channels, scope),
        events: set("event", events.iter().map(|it| it.name.clone()).collect(), scope),
        intake: None,
        parties: set("role", parties, scope),
    }
}

fn fields(stop: &Stop, scope: &mut Scope) -> Vec<Field> {
    let field = |outcome: StopOutcome| {
        let choices = outcome.choices().iter().map(|&it| it.to_owned()).collect();
        Field {
            name: outcome.name().to_owned(),
            title: outcome.name().to_owned(),
            kind: FieldKind::Choice(set("outcome", choices, scope)),
            required: false,
            default: None,
            personal: false,
            rule: stop.rule,
        }
    };
    StopOutcome::ALL.into_iter().map(field).collect()
}

/// `opened`, which is the beginning of the stream, then the events of every stop.
fn events(of: &Protocol, stop: &Stop) -> Vec<Event> {
    let opened = Event { rule: stop.rule, ..event("opened", vec![SYSTEM], stop.rule) };
    let own = StopEvent::ALL.into_iter().map(|it| of_stop(of, stop, it));
    std::iter::once(opened).chain(own).collect()
}

const SYSTEM: Doer = Doer::Party(Party::System);

fn event(name: &str, by: Vec<Doer>, rule: RuleId) -> Event {
    Event {
        name: name.to_owned(),
        title: name.replace('_', " "),
        by,
        entered_by: Vec::new(),
        of: None,
        carries: Vec::new(),
        reason: false,
        written: false,
        requires: Vec::new(),
        not_by: Vec::new(),
        guide: None,
        built_in: None,
        rule,
    }
}

fn of_stop(of: &Protocol, stop: &Stop, which: StopEvent) -> Event {
    let role = |role| Doer::Party(Party::Role(role));
    let (by, rule) = match which {
        StopEvent::Proposed => {
            let itself = stop.proposed_when.as_ref().map(|_| SYSTEM);
            (stop.proposed_by.iter().copied().chain(itself).collect(), stop.rule)
        }
        StopEvent::Decided => (stop.decided_by.clone(), stop.rule),
        StopEvent::Reviewed => (vec![role(stop.review.by)], stop.review.rule),
        StopEvent::Appealed => (vec![Doer::Party(Party::Complainant)], stop.appeal.rule),
        StopEvent::AppealDecided => (vec![role(stop.appeal.to)], stop.appeal.rule),
        StopEvent::Lifted => (lifted_by(stop), stop.rule),
    };
    let mut event = event(which.name(), by, rule);
    let brings = |outcome: StopOutcome| vec![Carried { field: outcome.id(), required: true }];
    match which {
        StopEvent::Decided => {
            // Whoever proposed does not decide, and nobody judges what they decided themselves.
            event.not_by = stop.not_by.clone();
            event.not_by.push(crate::model::Barred::Event(StopEvent::Proposed.id()));
            event.reason = true;
        }
        StopEvent::Reviewed => {
            event.not_by = vec![crate::model::Barred::Event(StopEvent::Decided.id())];
            event.carries = brings(StopOutcome::Review);
        }
        StopEvent::AppealDecided => {
            event.not_by = vec![crate::model::Barred::Event(StopEvent::Decided.id())];
            event.carries = brings(StopOutcome::Appeal);
            event.reason = true;
        }
        StopEvent::Appealed => {
            let roles = (0..of.roles.len()).map(RoleId::at);
            event.entered_by = roles.map(role).collect();
        }
        StopEvent::Proposed | StopEvent::Lifted => {}
    }
    event
}

/// Whoever imposes a stop, looks at it again or hears the appeal may end it; the end of the case
/// ends one that covers no more than the case.
fn lifted_by(stop: &Stop) -> Vec<Doer> {
    let role = |role| Doer::Party(Party::Role(role));
    let mut by = stop.decided_by.clone();
    for doer in [role(stop.review.by), role(stop.appeal.to)] {
        if !by.contains(&doer) {
            by.push(doer);
        }
    }
    if stop.covers == Covers::Case {
        by.push(SYSTEM);
    }
    by
}
