//! `[[ladder]]`.

use crate::check::from_syntax::organisation::role::title;
use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::party;
use crate::check::look_up::script;
use crate::check::look_up::script::ReadWhile;
use crate::check::rules;
use crate::model::{Escalate, Rung};
use crate::syntax;
use crate::text::Spanned;

/// One rung. `None` where nobody handles it; that has been reported.
pub(crate) fn rung(written: &syntax::Rung, known: &Known<'_>, log: &mut Log<'_>) -> Option<Rung> {
    let reading = ReadWhile::Fields("when a case is placed on a rung", true);
    let start_when = written.start_when.as_ref();
    let start_when = start_when.and_then(|it| script::condition(it, reading, known, log));
    let enter_at = written.enter_at.as_ref();
    let enter_at = enter_at.and_then(|it| find::stage("`enter_at` names", it, known, log));
    let handled_by = written.handled_by.as_ref();
    let handled_by = handled_by.and_then(|it| find::role("`handled_by` names", it, known, log));
    let path = format!("ladder.{}", written.name.value);
    let rule = log.rule(path, written.span, &written.citation);
    let not_by = party::barred(&written.not_by, known, log);
    Some(Rung {
        name: written.name.value.clone(),
        title: title(written.title.as_ref(), &written.name),
        handled_by: handled_by?,
        enter_at,
        start_when,
        not_by,
        contact: written.contact.as_ref().map(|it| it.value.clone()),
        rule,
    })
}

/// `escalate`.
pub(crate) fn escalate(
    written: &Spanned<syntax::Escalate>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Escalate> {
    match &written.value {
        syntax::Escalate::OneRung if known.names.rungs.len() == 0 => {
            log.say(rules::escalate_without_ladder(written.span));
            None
        }
        syntax::Escalate::OneRung => Some(Escalate::Up),
        syntax::Escalate::To(rung) => {
            let rung = Spanned::new(rung.clone(), written.span);
            find::rung("`escalate` names", &rung, known, log).map(Escalate::To)
        }
    }
}
