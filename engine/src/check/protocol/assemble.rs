//! The protocol as it is meant, put together.

use std::sync::Arc;

use crate::check::from_syntax::organisation::role;
use crate::check::protocol::parts::Parts;
use crate::model;
use crate::model::Protocol;
use crate::script::{Library, Scope};
use crate::syntax::Written;
use crate::text::Spanned;
use crate::time::{Calendar, Zone};

/// What is known of a protocol beside its constructs.
pub(crate) struct Own {
    pub(crate) rules: Vec<model::Rule>,
    pub(crate) scope: Scope,
    pub(crate) variables: Vec<model::Variable>,
    pub(crate) sets: model::Sets,
    pub(crate) functions: Vec<model::Function>,
    pub(crate) library: Library,
    pub(crate) confidential: model::Confidential,
}

/// The protocol; none where something that it must have is missing, which has been reported.
pub(crate) fn assemble(
    written: &Written,
    parts: Parts,
    calendars: Vec<Calendar>,
    zone: Zone,
    own: Own,
) -> Option<Protocol> {
    let header = written.protocol.as_ref()?;
    let text = |it: &Option<Spanned<String>>| it.as_ref().map(|it| it.value.clone());
    let texts = written.texts.iter();
    let texts = texts.filter_map(|it| Some((it.name.value.clone(), text(&it.says)?))).collect();
    Some(Protocol {
        id: text(&header.id)?,
        title: text(&header.title)?,
        version: text(&header.version)?,
        language: text(&header.language)?,
        zone,
        effective_from: parts.effective.0,
        effective_to: parts.effective.1,
        accountable: parts.accountable?,
        ticket: parts.ticket,
        calendars,
        counts: parts.counts,
        backdate: parts.backdate,
        roles: parts.roles,
        channels: written.channels.iter().map(role::channel).collect(),
        fields: parts.fields,
        records: parts.records,
        intake: parts.intake,
        confidential: own.confidential,
        help: parts.help,
        retention: parts.retention,
        texts,
        severity: parts.severity,
        ladder: parts.ladder,
        events: parts.events,
        conditions: parts.conditions,
        stages: parts.stages,
        start: parts.start?,
        deadlines: parts.deadlines,
        guarantees: parts.guarantees,
        letters: parts.letters,
        history: parts.history,
        trends: parts.trends,
        stops: parts.stops,
        languages: parts.letter_texts.languages,
        letter_texts: parts.letter_texts.texts,
        words: parts.letter_texts.words,
        functions: own.functions,
        library: Arc::new(own.library),
        variables: own.variables,
        scope: own.scope,
        sets: own.sets,
        rules: Arc::new(own.rules),
    })
}
