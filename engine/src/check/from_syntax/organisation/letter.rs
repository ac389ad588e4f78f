//! `[letters]`.

use crate::check::from_syntax::organisation::role::title;
use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::party;
use crate::check::rules;
use crate::model::{Letter, Statement};
use crate::syntax;
use crate::text::Spanned;

/// One entry of `[letters]`.
pub(crate) fn letter(written: &syntax::Letter, known: &Known<'_>, log: &mut Log<'_>) -> Letter {
    let path = format!("letters.{}", written.name.value);
    let channel = written.channel.as_ref();
    Letter {
        name: written.name.value.clone(),
        title: title(written.title.as_ref(), &written.name),
        to: party::doers("letter goes to", &written.to, known, log),
        copy: party::doers("`copy` names", &written.copy, known, log),
        states: find::each(&written.states, log, |it, log| statement(it, known, log)),
        form: written.form.as_ref().map(|it| it.value.clone()),
        channel: channel.and_then(|it| find::channel("letter leaves by", it, known, log)),
        rule: log.rule(path, written.span, &written.citation),
    }
}

/// What a letter must state: a field, `ticket`, `reason`, `deadline.D.due`, `handler.title`,
/// `texts.X`.
fn statement(written: &Spanned<String>, known: &Known<'_>, log: &mut Log<'_>) -> Option<Statement> {
    let part = |name: &str| Spanned::new(name.to_owned(), written.span);
    let parts: Vec<&str> = written.value.split('.').collect();
    match parts.as_slice() {
        ["ticket"] => Some(Statement::Ticket),
        ["reason"] => Some(Statement::Reason),
        ["handler", "title"] if known.names.rungs.len() == 0 => {
            log.say(rules::handler_without_ladder(written.span));
            None
        }
        ["handler", "title"] => Some(Statement::HandlerTitle),
        ["deadline", name, "due"] => {
            find::deadline("letter states the due date of", &part(name), known, log)
                .map(Statement::Due)
        }
        ["texts", name] if known.names.texts.place(name).is_some() => {
            Some(Statement::Text((*name).to_owned()))
        }
        ["texts", name] => {
            log.say(rules::unknown_text(&part(name), &known.names.texts));
            None
        }
        [_] => find::field("letter states", written, known, log).map(Statement::Field),
        _ => {
            log.say(rules::unknown_statement(written));
            None
        }
    }
}
