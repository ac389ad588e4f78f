//! `[letters]`.

use crate::check::from_syntax::organisation::role::{text, title};
use crate::check::from_syntax::procedure::stop;
use crate::check::letter_texts;
use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::party;
use crate::check::look_up::word;
use crate::check::rules;
use crate::model::{DeadlineId, Form, Letter, RecordId, Statement};
use crate::syntax;
use crate::syntax::Names;
use crate::text::{Language, Spanned};

/// One entry of `[letters]`.
pub(crate) fn letter(written: &syntax::Letter, known: &Known<'_>, log: &mut Log<'_>) -> Letter {
    let path = format!("letters.{}", written.name.value);
    let channel = written.channel.as_ref();
    Letter {
        name: written.name.value.clone(),
        title: title(written.title.as_ref(), &written.name),
        to: party::doers("letter goes to", &written.to, known, log),
        copy: party::doers("`copy` names", &written.copy, known, log),
        states: find::each(&written.states, log, |it, log| statement(it, written, known, log)),
        form: written.form.as_ref().and_then(|it| word::word("form", it, &Form::ALL, log)),
        channel: channel.and_then(|it| find::channel("letter leaves by", it, known, log)),
        guide: text(written.guide.as_ref()),
        avoid: written.avoid.iter().filter_map(|it| avoid(it, known, log)).collect(),
        rule: log.rule(path, written.span, &written.citation),
    }
}

/// The phrases that the text in one language must not contain.
fn avoid(
    (language, phrases): &(Spanned<String>, Names),
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<(Language, Vec<Spanned<String>>)> {
    let language = letter_texts::declared(language, known.written, log)?;
    Some((language, phrases.clone()))
}

/// What a letter must state: a field, `ticket`, `reason`, `deadline.D.due`, `handler.title`,
/// `texts.X`, `block.X`, `stop.X`, `record.field`.
fn statement(
    written: &Spanned<String>,
    letter: &syntax::Letter,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Statement> {
    let part = |name: &str| Spanned::new(name.to_owned(), written.span);
    // A field of the same name is meant first.
    let is_free = |name: &str| known.names.fields.place(name).is_none();
    let parts: Vec<&str> = written.value.split('.').collect();
    match parts.as_slice() {
        ["ticket"] => Some(Statement::Ticket),
        ["reason"] => Some(Statement::Reason),
        ["handler", "title"] if known.names.rungs.len() == 0 => {
            log.say(rules::handler_without_ladder(written.span));
            None
        }
        ["handler", "title"] => Some(Statement::HandlerTitle),
        ["opened"] if is_free("opened") => Some(Statement::Opened),
        ["today"] if is_free("today") => Some(Statement::Today),
        ["owner", "title"] => Some(Statement::OwnerTitle),
        ["channel", "title"] => Some(Statement::ChannelTitle),
        ["severity"] if known.written.severity.is_some() => Some(Statement::Severity),
        ["block", name] => Some(Statement::Block((*name).to_owned())),
        ["deadline", name, "due"] => {
            let found = find::deadline("letter states the due date of", &part(name), known, log);
            of_the_case(found?, written, known, log).map(Statement::Due)
        }
        ["deadline", name, "started"] => {
            let found = find::deadline("letter states the start of", &part(name), known, log);
            of_the_case(found?, written, known, log).map(Statement::Started)
        }
        [record, field] if known.names.records.place(record).is_some() => {
            of_each_entry((record, field), written, known, log)
        }
        ["texts", name] if known.names.texts.place(name).is_some() => {
            Some(Statement::Text((*name).to_owned()))
        }
        ["texts", name] => {
            log.say(rules::unknown_text(&part(name), &known.names.texts));
            None
        }
        ["stop", what] => stop::statement(what, written, letter, known, log),
        [_] => find::field("letter states", written, known, log).map(Statement::Field),
        _ => {
            log.say(rules::unknown_statement(written));
            None
        }
    }
}

/// A field of the entries of a record.
fn of_each_entry(
    (record, field): (&str, &str),
    written: &Spanned<String>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Statement> {
    let id = known.names.records.place(record)?;
    let fields = &known.written.records.get(id)?.fields;
    let names = || fields.iter().map(|it| it.field.name.value.as_str());
    let Some(place) = names().position(|it| it == field) else {
        log.say(rules::unknown_statement_of_entry(written, field, record, names()));
        return None;
    };
    Some(Statement::Entry(RecordId::at(id), u16::try_from(place).ok()?))
}

/// A deadline of which a case has one clock at a time.
fn of_the_case(
    id: DeadlineId,
    written: &Spanned<String>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<DeadlineId> {
    let deadline = known.written.deadlines.get(id.index())?;
    let Some(record) = &deadline.for_each else { return Some(id) };
    let due = deadline.due.as_ref().map(|it| it.value.as_str());
    log.say(rules::statement_of_each_entry(written, &record.value, due));
    None
}
