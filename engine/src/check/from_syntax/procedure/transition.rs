//! What an event, or time, does in a stage.

use crate::check::from_syntax::organisation::literal;
use crate::check::from_syntax::procedure::ladder;
use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::party;
use crate::check::look_up::script;
use crate::check::look_up::script::ReadWhile;
use crate::check::rules;
use crate::model::{Branch, FieldId, SetTo, Setting, To};
use crate::syntax;
use crate::text::Spanned;

/// One branch. What cannot be resolved is left out and has been reported.
pub(crate) fn branch(
    written: &syntax::Transition,
    path: String,
    read_while: ReadWhile,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Branch {
    let rule = log.rule(path, written.span, &written.citation);
    let when = written.when.as_ref();
    let escalate = written.escalate.as_ref();
    Branch {
        when: when.and_then(|it| script::condition(it, read_while, known, log)),
        requires: find::each(&written.requires, log, |name, log| {
            find::condition("`requires` names", name, known, log)
        }),
        to: to("transition leads to", written.to.as_ref(), known, log),
        escalate: escalate.and_then(|it| ladder::escalate(it, known, log)),
        set: written.set.iter().filter_map(|it| setting(it, read_while, known, log)).collect(),
        sends: letters(&written.sends, known, log),
        tells: party::doers("`tells` names", &written.tells, known, log),
        rule,
    }
}

/// `to`: a stage, `@same`, or nothing.
pub(crate) fn to(
    user: &str,
    written: Option<&Spanned<String>>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> To {
    match written {
        None => To::Unsaid,
        Some(it) if it.value == "@same" => To::Same,
        Some(it) => find::stage(user, it, known, log).map_or(To::Unsaid, To::Stage),
    }
}

/// `sends`.
pub(crate) fn letters(
    written: &[Spanned<String>],
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Vec<crate::model::LetterId> {
    find::each(written, log, |name, log| find::letter("`sends` names", name, known, log))
}

fn setting(
    written: &syntax::Set,
    read_while: ReadWhile,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Setting> {
    let field = find::field("`set` names", &written.field, known, log)?;
    let to = match &written.to {
        syntax::SetTo::Literal(literal) => preset(field, literal, known, log)?,
        syntax::SetTo::Script(script) => computed(field, script, read_while, known, log)?,
    };
    Some(Setting { field, to })
}

fn preset(
    field: FieldId,
    written: &Spanned<syntax::Literal>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<SetTo> {
    let declared = known.written.fields.get(field.index())?;
    if declared.personal {
        log.say(rules::personal_default(&declared.name.value, written.span));
        return None;
    }
    let kind = known.fields.get(field.index())?.as_ref()?;
    match literal::preset(&written.value, kind, &known.scope) {
        Ok(preset) => Some(SetTo::Preset(preset)),
        Err(misfit) => {
            log.say(rules::bad_value(&declared.name.value, written.span, misfit));
            None
        }
    }
}

fn computed(
    field: FieldId,
    written: &syntax::Script,
    read_while: ReadWhile,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<SetTo> {
    let declared = known.written.fields.get(field.index())?;
    let (_, variable) = known.scope.find_variable(&declared.name.value)?;
    if matches!(variable.of, crate::script::Type::Text | crate::script::Type::Personal) {
        log.say(rules::computed_text(&declared.name.value, written.token));
        return None;
    }
    script::value(written, variable.of, read_while, known, log).map(SetTo::Computed)
}
