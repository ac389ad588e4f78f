//! `[[deadlines.D.extend]]`.

use crate::check::from_syntax::procedure::deadline::date_field;
use crate::check::from_syntax::procedure::transition;
use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::party;
use crate::check::look_up::script;
use crate::check::look_up::script::ReadWhile;
use crate::check::look_up::term;
use crate::check::rules;
use crate::model::{Extension, Lengthen};
use crate::syntax;
use crate::syntax::Times;
use crate::text::Span;

/// One way to lengthen a deadline. `None` where it cannot be read; that has been reported.
pub(crate) fn extension(
    written: &syntax::Extension,
    deadline: &syntax::Deadline,
    place: usize,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Extension> {
    let name = &deadline.name.value;
    let citation = written.citation.inside(&deadline.citation);
    let rule = log.rule(format!("deadlines.{name}.extend[{place}]"), written.span, &citation);
    if !log.has_source(rule) {
        log.say(rules::missing_source("extension of", name, written.span));
    }
    let on = written.on.as_ref();
    let on = on.and_then(|it| find::event("clock is extended by", it, known, log));
    let when = written.when.as_ref();
    let when = when.and_then(|it| script::condition(it, ReadWhile::Event, known, log));
    let lengthen = lengthen(written, known, log);
    let sends = transition::letters(&written.sends, known, log);
    let tells = party::doers("`tells` names", &written.tells, known, log);
    if let Some(times) = written.times.as_ref().filter(|it| it.value == Times::AtMost(0)) {
        log.say(rules::extension_times_zero(name, times.span));
    }
    let times = match written.times.as_ref()?.value {
        Times::Any => None,
        Times::AtMost(times) => Some(times),
    };
    Some(Extension {
        on: on?,
        lengthen: lengthen?,
        times,
        when,
        sends,
        tells,
        late: written.late,
        rule,
    })
}

fn lengthen(written: &syntax::Extension, known: &Known<'_>, log: &mut Log<'_>) -> Option<Lengthen> {
    let said: Vec<(&str, Span)> = [
        written.add.as_ref().map(|it| ("add", it.span)),
        written.total.as_ref().map(|it| ("total", it.span)),
        written.until.as_ref().map(|it| ("until", it.span)),
    ]
    .into_iter()
    .flatten()
    .collect();
    match said.as_slice() {
        [] if !written.broken => log.say(rules::no_length(written.span)),
        [first, second, ..] => log.say(rules::two_terms(*first, *second)),
        _ => {}
    }
    if let (Some(up_to), None) = (&written.up_to, &written.until) {
        log.say(rules::key_without_effect(
            "up_to",
            up_to.span,
            "it limits `until`, which is not there",
        ));
    }
    if let Some(add) = &written.add {
        return term::term(add, log).map(Lengthen::Add);
    }
    if let Some(total) = &written.total {
        return term::term(total, log).map(Lengthen::Total);
    }
    let field = date_field("`until` names", written.until.as_ref()?, known, log);
    let up_to = written.up_to.as_ref().map(|it| term::term(it, log));
    let up_to = match up_to {
        None => None,
        Some(term) => Some(term?),
    };
    Some(Lengthen::Until { field: field?, up_to })
}
