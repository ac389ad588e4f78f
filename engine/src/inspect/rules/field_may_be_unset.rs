//! Something is read that nobody may have said.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::assigned::Assigned;
use crate::inspect::assigned::carried;
use crate::inspect::fields::Fields;
use crate::machine::Machine;
use crate::model::{
    Branch, Deadline, EventId, FieldId, Lengthen, LetterId, Point, Promise, Protocol, SetTo,
    StageId, Statement, Variable,
};
use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::needs_set;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("field-may-be-unset");

/// Reports every field that a condition, a value, an extension or a letter reads where on some
/// way nobody has set it.
pub(crate) fn field_may_be_unset(machine: &Machine, known: &Assigned, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    let rules = protocol.severity.iter().flat_map(|severity| &severity.rules);
    let placing = protocol.ladder.iter().filter_map(|rung| rung.start_when.as_ref());
    for expr in rules.map(|rule| &rule.when).chain(placing) {
        read(expr, None, &known.from_the_start, protocol, out);
    }
    for (place, stage) in protocol.stages.iter().enumerate() {
        let id = StageId::at(place);
        if !machine.graph().reaches(id) {
            continue;
        }
        let in_stage = known.in_stage(id);
        for transitions in &stage.on {
            let mut here = in_stage.clone();
            here.extend(carried(protocol, transitions.event));
            requires(transitions.event, &here, protocol, out);
            for it in &transitions.branches {
                branch(it, &here, protocol, out);
            }
        }
        for after in &stage.after {
            branch(&after.branch, &in_stage, protocol, out);
        }
    }
    for it in &protocol.deadlines {
        deadline(it, protocol, known, out);
    }
    stops(protocol, known, out);
    guarantees(protocol, known, out);
    letters(protocol, known, out);
}

/// A stop is proposed from the opening on, and refuses before anybody asks for the stage.
fn stops(protocol: &Protocol, known: &Assigned, out: &mut Diagnostics) {
    for stop in &protocol.stops {
        if let Some(when) = &stop.proposed_when {
            read(when, None, &known.from_the_start, protocol, out);
        }
        for row in &stop.refuses {
            let Some(unless) = &row.unless else { continue };
            for event in &row.events {
                let mut here = known.from_the_start.clone();
                here.extend(carried(protocol, *event));
                read(unless, None, &here, protocol, out);
            }
        }
    }
}

/// What is ruled out is asked about when it happens, what is always possible wherever a case is.
fn guarantees(protocol: &Protocol, known: &Assigned, out: &mut Diagnostics) {
    for guarantee in &protocol.guarantees {
        let Some(holds) = guarantee.promise.holds() else { continue };
        let never: &[Point] = match &guarantee.promise {
            Promise::While { never, .. } => never,
            _ => &[],
        };
        let here = never.iter().map(|point| known.when(*point)).reduce(|mut known, other| {
            known.keep(&other);
            known
        });
        let here = here.as_ref().unwrap_or(&known.from_the_start);
        read(holds, None, here, protocol, out);
    }
}

fn requires(event: EventId, here: &Fields, protocol: &Protocol, out: &mut Diagnostics) {
    let event = protocol.events.get(event.index());
    for id in event.into_iter().flat_map(|it| &it.requires) {
        if let Some(condition) = protocol.conditions.get(id.index()) {
            read(&condition.is, None, here, protocol, out);
        }
    }
}

fn branch(branch: &Branch, here: &Fields, protocol: &Protocol, out: &mut Diagnostics) {
    let when = branch.when.as_ref();
    if let Some(when) = when {
        read(when, None, here, protocol, out);
    }
    for id in &branch.requires {
        if let Some(condition) = protocol.conditions.get(id.index()) {
            read(&condition.is, when, here, protocol, out);
        }
    }
    for setting in &branch.set {
        if let SetTo::Computed(expr) = &setting.to {
            read(expr, when, here, protocol, out);
        }
    }
}

fn deadline(deadline: &Deadline, protocol: &Protocol, known: &Assigned, out: &mut Diagnostics) {
    let points = deadline.starts.iter().chain(&deadline.restarts);
    let at_start = points.map(|point| known.when(*point));
    let at_start = at_start.reduce(|mut known, other| {
        known.keep(&other);
        known
    });
    let at_start = at_start.unwrap_or_else(|| known.from_the_start.clone());
    let choosing = match &deadline.choose {
        crate::model::Choose::First(entries) => entries.as_slice(),
        _ => &[],
    };
    let choosing = choosing.iter().filter_map(|(when, _)| when.as_ref());
    for expr in deadline.when.iter().chain(choosing) {
        read(expr, None, &at_start, protocol, out);
    }
    for met in &deadline.met_by {
        if let Some(when) = &met.when {
            read(when, None, &known.when(met.on), protocol, out);
        }
    }
    for extension in &deadline.extend {
        let mut here = known.while_open.clone();
        here.extend(carried(protocol, extension.on));
        if let Some(when) = &extension.when {
            read(when, None, &here, protocol, out);
        }
        if let Lengthen::Until { field, .. } = extension.lengthen
            && !here.contains(field)
        {
            let event = protocol.events.get(extension.on.index()).map_or("", |it| &it.name);
            let user = format!("event `{event}` may extend `{}` without it", deadline.name);
            out.push(unset(field, &user, protocol.rule(extension.rule).span, protocol));
        }
    }
}

fn letters(protocol: &Protocol, known: &Assigned, out: &mut Diagnostics) {
    for (place, letter) in protocol.letters.iter().enumerate() {
        let here = known.when(Point::Letter(LetterId::at(place)));
        for statement in &letter.states {
            if let Statement::Field(field) = statement
                && !here.contains(*field)
            {
                let user = format!("letter `{}` must state it", letter.name);
                out.push(unset(*field, &user, protocol.rule(letter.rule).span, protocol));
            }
        }
    }
}

/// `given` is a condition that holds whenever this is read.
fn read(
    expr: &Expr,
    given: Option<&Expr>,
    here: &Fields,
    protocol: &Protocol,
    out: &mut Diagnostics,
) {
    let both = given.map(|given| {
        let parts = [given.clone(), expr.clone()];
        Expr { kind: ExprKind::And(Box::new(parts)), span: expr.span }
    });
    let own = needs_set(expr);
    let needed = both.as_ref().map_or_else(|| own.clone(), needs_set);
    for (variable, span) in needed.into_iter().filter(|it| own.contains(it)) {
        let meaning = protocol.variables.get(usize::from(variable.0));
        match meaning {
            Some(Variable::Field(field)) if !here.contains(*field) => {
                out.push(unset(*field, "it is read here", span, protocol));
            }
            Some(Variable::Channel) => out.push(no_channel(span)),
            _ => {}
        }
    }
}

fn no_channel(span: Span) -> Diagnostic {
    let message = "`channel` may not be set: it is read here";
    Diagnostic::new(CODE, message, span, "an event need not say by which channel it came")
        .help("ask `is_set(channel) && …` first, or ask `channel.written`, which is false then")
}

fn unset(field: FieldId, user: &str, span: Span, protocol: &Protocol) -> Diagnostic {
    let name = protocol.fields.get(field.index()).map_or("", |it| &it.name);
    let message = format!("field `{name}` may not be set: {user}");
    Diagnostic::new(CODE, message, span, format!("nobody may have said `{name}` yet")).help(
        format!(
            "make it `required`, give it a `default`, let the events before this carry it, or ask \
         `is_set({name}) && …` first"
        ),
    )
}
