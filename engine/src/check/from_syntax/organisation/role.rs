//! `[roles]`, `[channels]`, `[texts]`.

use crate::check::counts::Counting;
use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::script;
use crate::check::look_up::script::ReadWhile;
use crate::check::rules;
use crate::model::{Channel, Party, Role};
use crate::syntax;
use crate::syntax::Citation;
use crate::text::Spanned;

/// `[roles.X]`.
pub(crate) fn role(
    written: &syntax::Role,
    counting: &Counting,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Role {
    if Party::built_in(&written.name.value).is_some() {
        log.say(rules::reserved_name("role", &written.name, "a party that is always there"));
    }
    if let Some(deputy) = written.deputy.as_ref().filter(|it| it.value == written.name.value) {
        log.say(rules::deputy_of_itself(deputy));
    }
    if let (Some(at_once), None) = (&written.at_once, &written.told) {
        let why = "without `told` the role is told at once in any case";
        log.say(rules::key_without_effect("at_once", at_once.token, why));
    }
    let told = written.told.as_ref();
    let told = told.and_then(|it| find::calendar("`told` names", it, known, log));
    let at_once = written.at_once.as_ref();
    let read_while = ReadWhile::Case("when a role is told something");
    let path = format!("roles.{}", written.name.value);
    let deputy = written.deputy.as_ref();
    Role {
        name: written.name.value.clone(),
        title: title(written.title.as_ref(), &written.name),
        deputy: deputy.and_then(|it| find::role("`deputy` names", it, known, log)),
        external: written.external,
        confidential: written.confidential,
        told: told.map(|it| counting.moved(it)),
        at_once: at_once.and_then(|it| script::condition(it, read_while, known, log)),
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

/// A text for people, where there is one.
pub(crate) fn text(written: Option<&Spanned<String>>) -> Option<String> {
    written.map(|it| it.value.clone())
}

/// The name for people: the title, else the name in words.
pub(crate) fn title(written: Option<&Spanned<String>>, name: &Spanned<String>) -> String {
    written.map_or_else(|| name.value.replace('_', " "), |it| it.value.clone())
}
