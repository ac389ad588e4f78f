//! `[[stops.X.refuses]]`: what is refused, and the way that stays open.

use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::script;
use crate::check::look_up::script::ReadWhile;
use crate::check::rules;
use crate::model::{EventId, StopRefuses, Variable};
use crate::script::{
    Env, Expr, ExprKind, FaultKind, FunctionId, ScriptFault, Value, VariableId, calls, reads, truth,
};
use crate::syntax;
use crate::text::{Spanned, Symbol};

const COMPLAINANT: &str = "complainant";

/// All that a stop refuses.
pub(crate) fn all(
    written: &syntax::Stop,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Vec<StopRefuses> {
    if written.refuses.is_empty() && !written.broken {
        log.say(rules::stop_refuses_nothing(&written.name));
    }
    let rows = written.refuses.iter().zip(1..);
    let found = rows.filter_map(|(it, number)| refuses(it, written, number, known, log)).collect();
    leaves_a_way(written, known, log);
    found
}

fn refuses(
    row: &syntax::StopRefuses,
    written: &syntax::Stop,
    number: usize,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<StopRefuses> {
    let path = format!("stops.{}.refuses[{number}]", written.name.value);
    let rule = log.rule(path, row.span, &row.citation.inside(&written.citation));
    let events = find::each(&row.events, log, |name, log| event(name, known, log));
    let unless = row.unless.as_ref().map(|it| {
        let read = script::condition(it, ReadWhile::Event, known, log);
        if let Some(unless) = &read
            && !some_channel_passes(unless, known)
        {
            log.say(rules::stop_closes_channels(&written.name.value, it.token));
        }
        read
    });
    let says = row.says.as_ref()?.value.clone();
    match unless {
        Some(None) => None,
        Some(unless) => Some(StopRefuses { events, unless, says, rule }),
        None => Some(StopRefuses { events, unless: None, says, rule }),
    }
}

/// An event that the complainant does; a new complaint is never among them.
fn event(name: &Spanned<String>, known: &Known<'_>, log: &mut Log<'_>) -> Option<EventId> {
    let event = find::event("stop refuses", name, known, log)?;
    if event == EventId::OPENED {
        log.say(rules::stop_refuses_opened(name));
        return None;
    }
    if !is_of_complainant(&name.value, known) {
        log.say(rules::stop_refuses_others(name));
    }
    Some(event)
}

fn is_of_complainant(event: &str, known: &Known<'_>) -> bool {
    let declared = known.written.events.iter().find(|it| it.name.value == event);
    declared.is_some_and(|it| it.by.iter().any(|by| by.value == COMPLAINANT))
}

/// Besides a new complaint, something of what complainants do is not refused outright.
fn leaves_a_way(written: &syntax::Stop, known: &Known<'_>, log: &mut Log<'_>) {
    let outright = written.refuses.iter().filter(|it| it.unless.is_none());
    let refused: Vec<_> = outright.flat_map(|it| &it.events).collect();
    let events = known.written.events.iter().map(|it| it.name.value.as_str());
    let mut of_complainant = events.filter(|it| is_of_complainant(it, known)).peekable();
    if of_complainant.peek().is_none() {
        return;
    }
    let is_refused = |name: &str| refused.iter().any(|it| it.value == name);
    if let (true, Some(last)) = (of_complainant.all(is_refused), refused.last()) {
        log.say(rules::stop_silences(&written.name.value, last));
    }
}

/// Whether there is a channel by which the event gets through whatever else is so.
fn some_channel_passes(unless: &Expr, known: &Known<'_>) -> bool {
    let channels = (0u16..).zip(&known.written.channels);
    let mut came = channels.map(|(place, it)| Came { known, channel: place, written: it.written });
    came.any(|came| holds(unless, &came) == Some(true))
}

/// What a condition says where nothing but the channel is known; `None` where it depends on more.
fn holds(expr: &Expr, came: &Came<'_, '_>) -> Option<bool> {
    let parts = |parts: &[Expr], settles: bool| {
        let said: Vec<Option<bool>> = parts.iter().map(|part| holds(part, came)).collect();
        if said.contains(&Some(settles)) {
            return Some(settles);
        }
        said.iter().all(Option::is_some).then_some(!settles)
    };
    match &expr.kind {
        ExprKind::And(all) => parts(all, false),
        ExprKind::Or(any) => parts(any, true),
        ExprKind::Not(inner) => holds(inner, came).map(|it| !it),
        _ => {
            let known = |id: &VariableId| came.of_channel(*id);
            let is_known = reads(expr).iter().all(known) && calls(expr).is_empty();
            if is_known { truth(expr, came).ok() } else { None }
        }
    }
}

/// An event of which only the channel is known.
struct Came<'k, 'w> {
    known: &'k Known<'w>,
    channel: u16,
    written: bool,
}

impl Came<'_, '_> {
    fn meaning(&self, id: VariableId) -> Option<Variable> {
        self.known.variables.get(usize::from(id.0)).copied()
    }

    fn of_channel(&self, id: VariableId) -> bool {
        matches!(self.meaning(id), Some(Variable::Channel | Variable::ChannelWritten))
    }
}

impl Env for Came<'_, '_> {
    fn value(&self, variable: VariableId) -> Value {
        match self.meaning(variable) {
            Some(Variable::Channel) => Value::Choice(self.channel),
            Some(Variable::ChannelWritten) => Value::Flag(self.written),
            _ => Value::Unset,
        }
    }

    fn text(&self, _symbol: Symbol) -> &str {
        ""
    }

    fn call(&self, function: FunctionId, _arguments: &[Value]) -> Result<Value, ScriptFault> {
        let message = "is not called while a protocol is checked".into();
        Err(ScriptFault::new(FaultKind::Function { function, message }))
    }
}
