//! What to do when something happens: a row for each event, a line for each who may do it.

use engine::model::{Doer, EntryAct, Event, EventId, RoleId, Stage};

use crate::page::{Line, Section, Table, joined, line, listed};
use crate::part::answers::{capitals, handled_by};
use crate::say::Say;

pub(crate) fn events(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let mut section = Section::new("what-to-do-when", p.what_to_do_when);
    section.paragraph(p.events_intro);
    let all = say.machine.protocol.events.iter().enumerate();
    let rows = all.map(|(at, event)| {
        let id = EventId::at(at);
        vec![
            named(say, id, event),
            capitals(people(say, id, event)),
            capitals(written_down(say, id, event)),
            capitals(vec![places(say, id)]),
        ]
    });
    let heads = [p.when_head, p.who, p.write_down, p.in_which_step];
    section.table(Table::new(&heads, rows.collect()));
    section
}

fn named(say: &Say<'_>, id: EventId, event: &Event) -> Vec<Line> {
    let mut lines = vec![Line::strong(say.event(id))];
    lines.extend(event.guide.as_ref().map(Line::aside));
    let source = say.cited(event.rule);
    lines.extend((!source.is_empty()).then_some(source));
    lines
}

/// Who does it, and who enters it for them.
fn people(say: &Say<'_>, id: EventId, event: &Event) -> Vec<Line> {
    let p = say.phrases;
    if id.index() == 0 {
        return vec![p.anybody.into()];
    }
    let mut lines = in_bold(say, &event.by);
    let others = event.entered_by.iter().filter(|it| !event.by.contains(it));
    let others: Vec<Doer> = others.copied().collect();
    if !others.is_empty() {
        lines.push(line(p.enters_it, &[("who", listed(in_bold(say, &others), p.or))]));
    }
    lines.extend(say.barred(&event.not_by));
    lines
}

/// People, each once and in bold.
fn in_bold(say: &Say<'_>, doers: &[Doer]) -> Vec<Line> {
    let mut names: Vec<Line> = Vec::new();
    for doer in doers {
        let name = match doer {
            Doer::Handler => handled_by(say),
            _ => Line::strong(say.doer(*doer)),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What must be written down with it, and what must be true before.
fn written_down(say: &Say<'_>, id: EventId, event: &Event) -> Vec<Line> {
    let p = say.phrases;
    let mut lines = Vec::new();
    let brought = say.machine.protocol.brings(event);
    let title = |must: bool| {
        let chosen = brought.iter().filter(move |(_, it)| *it == must);
        let names: Vec<Line> =
            chosen.map(|(it, _)| Line::from(crate::say::field_title(it))).collect();
        joined(names, ", ")
    };
    let must = title(true);
    if !must.is_empty() {
        lines.push(must);
    }
    let may = title(false);
    let is_change = event.of.is_some_and(|it| it.act == EntryAct::Changed);
    if !may.is_empty() && (id.index() != 0 || is_change) {
        lines.push(line(p.also_possible, &[("fields", may)]));
    }
    if event.reason {
        lines.push(p.with_reason.into());
    }
    if event.written {
        lines.push(p.must_be_written.into());
    }
    for condition in &event.requires {
        let says = Line::from(say.condition_says(*condition));
        lines.push(line(p.must_hold, &[("cond", says)]));
    }
    lines
}

/// The stages in which it may happen.
fn places(say: &Say<'_>, id: EventId) -> Line {
    let p = say.phrases;
    let stages = &say.machine.protocol.stages;
    if id.index() == 0 {
        return p.at_the_beginning.into();
    }
    let takes = |stage: &Stage| stage.on.iter().any(|it| it.event == id);
    let places = stages.iter().enumerate().filter(|(_, it)| takes(it));
    let names = places.map(|(at, it)| {
        Line::link(say.stage(engine::model::StageId::at(at)), format!("stage-{}", it.name))
    });
    let names: Vec<Line> = names.collect();
    match (say.is_everywhere(id), names.is_empty()) {
        (true, _) => p.at_any_time.into(),
        (false, false) => listed(names, p.or),
        (false, true) => lengthens(say, id),
    }
}

/// An event that only lengthens a deadline happens while it runs; others of the language may come
/// at any time.
fn lengthens(say: &Say<'_>, id: EventId) -> Line {
    let p = say.phrases;
    let protocol = &say.machine.protocol;
    let all = protocol.deadlines.iter().enumerate();
    let of = all.filter(|(_, it)| it.extend.iter().any(|it| it.on == id));
    let names: Vec<Line> =
        of.map(|(at, _)| say.deadline_link(engine::model::DeadlineId::at(at))).collect();
    if names.is_empty() {
        return p.at_any_time.into();
    }
    line(p.while_it_runs, &[("what", listed(names, p.or))])
}

/// The events that a role does, and those that it enters for others.
pub(crate) fn acts_of(say: &Say<'_>, role: RoleId) -> (Vec<EventId>, Vec<EventId>) {
    let (mut does, mut enters) = (Vec::new(), Vec::new());
    for (at, event) in say.machine.protocol.events.iter().enumerate().skip(1) {
        let means = |list: &[Doer]| list.iter().any(|it| say.means(*it, role));
        if means(&event.by) {
            does.push(EventId::at(at));
        } else if means(&event.entered_by) {
            enters.push(EventId::at(at));
        }
    }
    (does, enters)
}
