//! `[help]`.

use crate::check::from_syntax::organisation::role::title;
use crate::check::log::Log;
use crate::model::Help;
use crate::syntax;

/// One entry of `[help]`.
pub(crate) fn help(written: &syntax::Help, log: &mut Log<'_>) -> Option<Help> {
    let rule = log.rule(format!("help.{}", written.name.value), written.span, &written.citation);
    Some(Help {
        name: written.name.value.clone(),
        title: title(written.title.as_ref(), &written.name),
        kind: written.kind.as_ref().map(|it| it.value.clone()),
        contact: written.contact.as_ref()?.value.clone(),
        rule,
    })
}
