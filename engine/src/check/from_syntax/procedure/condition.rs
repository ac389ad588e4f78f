//! `[conditions]`.

use crate::check::log::Log;
use crate::check::look_up::known::Known;
use crate::check::look_up::script;
use crate::check::look_up::script::ReadWhile;
use crate::check::rules;
use crate::model::Condition;
use crate::script::reserved_word;
use crate::syntax;

/// `[conditions.X]`. `None` where it cannot be read; that has been reported.
pub(crate) fn condition(
    written: &syntax::Condition,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Condition> {
    if reserved_word(&written.name.value) {
        log.say(rules::reserved_name("condition", &written.name, "a word of conditions"));
    }
    let path = format!("conditions.{}", written.name.value);
    let rule = log.rule(path, written.span, &written.citation);
    let is = written.is.as_ref();
    Some(Condition {
        name: written.name.value.clone(),
        is: is.and_then(|is| script::condition(is, ReadWhile::Event, known, log))?,
        says: written.says.as_ref()?.value.clone(),
        rule,
    })
}
