//! The letters: when they go, to whom, and what they must say.

use engine::model::{Branch, Letter, LetterId, Statement};

use crate::page::{Block, Line, Section, joined, line};
use crate::say::{Say, capital, field_title, phrase};

pub(crate) fn letters(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let mut section = Section::new("letters", p.letters);
    let all = say.machine.protocol.letters.iter().enumerate();
    section.parts = all.map(|(at, it)| letter(say, LetterId::at(at), it)).collect();
    section
}

fn letter(say: &Say<'_>, id: LetterId, letter: &Letter) -> Section {
    let p = say.phrases;
    let mut part = Section::new(format!("letter-{}", letter.name), say.letter(id));
    if let Some(guide) = &letter.guide {
        part.blocks.push(Block::Advice(guide.into()));
    }
    let states = joined(letter.states.iter().map(|it| statement(say, it)), ", ");
    let avoid = letter.avoid.iter().find(|(language, _)| *language == say.language);
    let avoid = avoid.map(|(_, list)| joined(list.iter().map(|it| say.quoted(&it.value)), ", "));
    let channel = letter.channel.map(|it| Line::from(capital(&say.channel(it.index()))));
    let copies = say.doers(&letter.copy, p.and);
    part.facts(vec![
        (p.label_to, vec![say.doers(&letter.to, p.and)]),
        (p.label_copy, vec![copies]),
        (p.label_sent_when, occasions(say, id)),
        (p.label_by, channel.into_iter().collect()),
        (p.label_states, vec![states]),
        (p.label_avoids, avoid.into_iter().collect()),
        (p.label_source, vec![say.source(letter.rule)]),
    ]);
    part
}

/// When a letter is sent.
fn occasions(say: &Say<'_>, id: LetterId) -> Vec<Line> {
    let p = say.phrases;
    let protocol = &say.machine.protocol;
    let sends = |it: &Branch| it.sends.contains(&id);
    let mut found: Vec<Line> = Vec::new();
    let mut add = |it: Line| {
        if !found.contains(&it) {
            found.push(it);
        }
    };
    for (at, stage) in protocol.stages.iter().enumerate() {
        let name = || Line::from(say.stage(engine::model::StageId::at(at)));
        for on in stage.on.iter().filter(|it| it.branches.iter().any(sends)) {
            let event = Line::from(say.event(on.event));
            if say.is_everywhere(on.event) {
                add(line(p.when_event, &[("event", event)]));
            } else {
                add(line(p.when_event_in, &[("event", event), ("stage", name())]));
            }
        }
        for after in stage.after.iter().filter(|it| sends(&it.branch)) {
            let term = Line::from(say.term(after.term));
            add(line(p.when_after, &[("term", term), ("stage", name())]));
        }
    }
    for deadline in &protocol.deadlines {
        let title = || Line::from(capital(&phrase(&deadline.title)));
        if deadline.outcome.sends.contains(&id) {
            add(line(p.when_late, &[("what", title())]));
        }
        for extension in deadline.extend.iter().filter(|it| it.sends.contains(&id)) {
            let event = Line::from(say.event(extension.on));
            add(line(p.when_lengthened, &[("what", title()), ("event", event)]));
        }
    }
    for stop in protocol.stops.iter().filter(|it| it.letters().any(|it| it == id)) {
        add(line(p.when_stop, &[("stop", Line::from(&stop.title))]));
    }
    found
}

fn statement(say: &Say<'_>, statement: &Statement) -> Line {
    let p = say.phrases;
    let protocol = &say.machine.protocol;
    match statement {
        Statement::Field(id) => say.field(*id).into(),
        Statement::Ticket => p.st_ticket.into(),
        Statement::Reason => p.st_reason.into(),
        Statement::Due(id) => line(p.st_due, &[("what", say.deadline(*id).into())]),
        Statement::Started(id) => line(p.st_started, &[("what", say.deadline(*id).into())]),
        Statement::HandlerTitle => p.st_handler.into(),
        Statement::OwnerTitle => p.st_owner.into(),
        Statement::ChannelTitle => p.the_channel.into(),
        Statement::Severity => p.the_severity.into(),
        Statement::Opened => p.st_opened.into(),
        Statement::Today => p.st_today.into(),
        Statement::Text(name) => {
            let place = protocol.texts.iter().position(|(own, _)| own == name);
            let of = engine::model::WordsFor::Texts;
            let said = place.and_then(|it| engine::letter::word(protocol, of, it, say.language));
            say.quoted(&said.unwrap_or_else(|| phrase(name)))
        }
        Statement::StopUntil => p.st_stop_until.into(),
        Statement::StopReviewOn => p.st_stop_review.into(),
        Statement::StopAppealUntil => p.st_stop_appeal.into(),
        Statement::StopSays => p.st_stop_says.into(),
        Statement::Entry(record, place) => {
            let own = protocol.records.get(record.index());
            let field = own.and_then(|it| it.fields.get(usize::from(*place)));
            let field = field.map_or_else(String::new, |it| field_title(&it.field));
            format!("{}: {field}", say.record(*record)).into()
        }
        Statement::Block(name) => line(p.st_block, &[("name", phrase(name).into())]),
    }
}
