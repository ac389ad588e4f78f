//! Conditions and computed values, read by `script` in the scope of the protocol.

use crate::check::log::Log;
use crate::check::look_up::known::Known;
use crate::check::rules;
use crate::model::Variable;
use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::Located;
use crate::script::Place;
use crate::script::Type;
use crate::script::records_read;
use crate::syntax::Script;

/// When a condition is read: only while an event is decided there is a channel, an actor and an
/// event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadWhile {
    /// An event is being decided.
    Event,
    /// Time alone acts, or the case is looked at; the text says where.
    Case(&'static str),
    /// Something is worked out from fields, again whenever one of them changes. The text says
    /// when; the flag whether severity is known by then.
    Fields(&'static str, bool),
}

/// A condition.
pub(crate) fn condition(
    written: &Script,
    read_while: ReadWhile,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Expr> {
    let place = place(written, known);
    let located = Located { text: &written.text, place: &place };
    let expr = crate::script::parse_condition(&known.sandbox, &located, &known.scope, log.out())?;
    event_only(&expr, read_while, known, log);
    upheld_said(&expr, known, log);
    Some(expr)
}

/// A value of a type.
pub(crate) fn value(
    written: &Script,
    of: Type,
    read_while: ReadWhile,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Expr> {
    let place = place(written, known);
    let located = Located { text: &written.text, place: &place };
    let expr = crate::script::parse_value(&known.sandbox, &located, of, &known.scope, log.out())?;
    event_only(&expr, read_while, known, log);
    upheld_said(&expr, known, log);
    Some(expr)
}

fn place(written: &Script, known: &Known<'_>) -> Place {
    let file = written.token.file;
    let text = known.sources.get(file).map_or("", |file| file.readable());
    let raw = text.get(written.token.range()).unwrap_or_default();
    Place::of_token(file, written.token.range().start, raw)
}

fn event_only(expr: &Expr, read_while: ReadWhile, known: &Known<'_>, log: &mut Log<'_>) {
    let (place, fields) = match read_while {
        ReadWhile::Event => return,
        ReadWhile::Case(place) => (place, None),
        ReadWhile::Fields(place, graded) => (place, Some(graded)),
    };
    if fields.is_some() {
        for record in records_read(expr) {
            let name = known.scope.record(record).map_or("", |it| it.name.as_str());
            log.say(rules::fields_only_name(name, place, expr.span));
        }
    }
    expr.walk(&mut |part| {
        let (ExprKind::Var(id)
        | ExprKind::IsSet(id)
        | ExprKind::VarNumber { variable: id, .. }
        | ExprKind::VarIndex { variable: id, .. }) = &part.kind
        else {
            return;
        };
        let name = match (known.variables.get(usize::from(id.0)), fields) {
            (Some(Variable::Channel), _) => "channel",
            (Some(Variable::ChannelWritten), _) => "channel.written",
            (Some(Variable::By), _) => "by",
            (Some(Variable::Event), _) => "event",
            (None | Some(Variable::Field(_)), _) | (_, None) => return,
            (Some(Variable::Severity), Some(true)) => return,
            (Some(variable), Some(_)) => {
                let name = of_the_case(*variable);
                return log.say(rules::fields_only_name(name, place, part.span));
            }
        };
        log.say(rules::event_only_name(name, place, part.span));
    });
}

/// Reports questions about upheld cases where nothing says what that is.
fn upheld_said(expr: &Expr, known: &Known<'_>, log: &mut Log<'_>) {
    if known.written.history.is_some() {
        return;
    }
    expr.walk(&mut |part| {
        if let ExprKind::Var(id) | ExprKind::VarNumber { variable: id, .. } = &part.kind
            && known.scope.variable(*id).is_some_and(|it| it.name.starts_with("history.upheld("))
        {
            log.say(rules::upheld_not_said(part.span));
        }
    });
}

/// What is asked of the case, in the words of conditions.
const fn of_the_case(variable: Variable) -> &'static str {
    match variable {
        Variable::Severity => "severity",
        Variable::Rung => "rung",
        Variable::Stage => "stage",
        Variable::Met(_) => "met",
        Variable::Breached(_) => "breached",
        Variable::BreachedEver(_) => "breached_ever",
        Variable::Running(_) => "running",
        Variable::Lapsed(_) => "lapsed",
        Variable::Sent(_) => "sent",
        Variable::Field(_) => "field",
        Variable::Channel | Variable::ChannelWritten => "channel",
        Variable::By => "by",
        Variable::Event => "event",
        Variable::Intake => "intake",
        Variable::History(_) => "history",
    }
}
