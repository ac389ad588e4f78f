//! `[roles]`, `[channels]`, `[texts]`.

use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::rules;
use crate::model::{Channel, Party, Role};
use crate::syntax;
use crate::syntax::Citation;
use crate::text::Spanned;

/// `[roles.X]`.
pub(crate) fn role(written: &syntax::Role, known: &Known<'_>, log: &mut Log<'_>) -> Role {
    if Party::built_in(&written.name.value).is_some() {
        log.say(rules::reserved_name("role", &written.name, "a party that is always there"));
    }
    if let Some(deputy) = written.deputy.as_ref().filter(|it| it.value == written.name.value) {
        log.say(rules::deputy_of_itself(deputy));
    }
    let path = format!("roles.{}", written.name.value);
    let deputy = written.deputy.as_ref();
    Role {
        name: written.name.value.clone(),
        title: title(written.title.as_ref(), &written.name),
        deputy: deputy.and_then(|it| find::role("`deputy` names", it, known, log)),
        external: written.external,
        confidential: written.confidential,
        contact: written.contact.as_ref().map(|it| it.value.clone()),
        rule: log.rule(path, written.span, &Citation::default()),
    }
}

/// One entry of `[channels]`.
pub(crate) fn channel(written: &syntax::Channel) -> Channel {
    Channel {
        name: written.name.value.clone(),
        title: title(written.title.as_ref(), &written.name),
        written: written.written,
    }
}

/// The name for people: the title, else the name in words.
pub(crate) fn title(written: Option<&Spanned<String>>, name: &Spanned<String>) -> String {
    written.map_or_else(|| name.value.replace('_', " "), |it| it.value.clone())
}
