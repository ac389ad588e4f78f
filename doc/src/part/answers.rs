//! Who answers by when: the first thing that anybody looks for.

use engine::model::{Deadline, DeadlineId, Doer, Point, To};

use crate::page::{Cell, Line, Section, Table, line, listed};
use crate::say::{Say, capital};

/// The duties, those that begin when a complaint comes in first.
pub(crate) fn answers(say: &Say<'_>, wanted: impl Fn(&Deadline) -> bool) -> Section {
    let p = say.phrases;
    let mut section = Section::new("who-answers-by-when", p.who_answers_by_when);
    let all = || numbered(say).filter(|(_, it)| !it.window && wanted(it));
    let at_once = |it: &Deadline| it.starts.iter().any(is_opening);
    let heads = [p.what, p.who, p.within, p.at_the_latest, p.if_late];
    let rows = |first: bool| {
        let chosen = all().filter(|(_, it)| at_once(it) == first);
        chosen.map(|(id, it)| row(say, id, it)).collect::<Vec<_>>()
    };
    if all().next().is_some() {
        section.paragraph(example(say));
    }
    let (first, later) = (rows(true), rows(false));
    // "Later on" says nothing where nothing comes before it.
    let is_split = !first.is_empty();
    section.table(Table::new(&heads, first).under(p.from_receipt));
    let later = Table::new(&heads, later);
    section.table(if is_split { later.under(p.later_on) } else { later });
    section
}

/// The windows: what people may do, and until when.
pub(crate) fn rights(say: &Say<'_>, wanted: impl Fn(&Deadline) -> bool) -> Option<Table> {
    let p = say.phrases;
    let windows = numbered(say).filter(|(_, it)| it.window && wanted(it));
    let row = |(id, it): (DeadlineId, &Deadline)| {
        vec![
            what(say, id, it),
            vec![who(say, it)],
            capitals(say.within(it)),
            capitals(say.worked(id, it)),
        ]
    };
    let rows: Vec<Vec<Cell>> = windows.map(row).collect();
    let heads = [p.what, p.who, p.within, p.at_the_latest];
    (!rows.is_empty()).then(|| Table::new(&heads, rows).under(p.rights))
}

/// By which moment the dates are counted.
pub(crate) fn example(say: &Say<'_>) -> Line {
    let Some(at) = say.example.at else { return Line::default() };
    let zone = say.machine.protocol.zone.name();
    let at = Line::strong(say.instant(at));
    line(say.phrases.example, &[("at", at), ("zone", zone.into())])
}

fn numbered<'a>(say: &'a Say<'_>) -> impl Iterator<Item = (DeadlineId, &'a Deadline)> {
    let all = say.machine.protocol.deadlines.iter().enumerate();
    all.map(|(at, it)| (DeadlineId::at(at), it))
}

fn is_opening(point: &Point) -> bool {
    matches!(point, Point::Event(id) if id.index() == 0)
}

fn row(say: &Say<'_>, id: DeadlineId, deadline: &Deadline) -> Vec<Cell> {
    vec![
        what(say, id, deadline),
        vec![who(say, deadline)],
        capitals(say.within(deadline)),
        capitals(say.worked(id, deadline)),
        capitals(missed(say, deadline)),
    ]
}

/// The title, from when it counts, and for which cases.
fn what(say: &Say<'_>, id: DeadlineId, deadline: &Deadline) -> Cell {
    let p = say.phrases;
    let mut lines = vec![say.deadline_link(id)];
    let starts = &deadline.starts;
    if !starts.is_empty() && starts.as_slice() != [Point::Event(engine::model::EventId(0))] {
        lines.push(faint(&line(p.counted_when, &[("points", say.points(starts))])));
    }
    if let Some(of) = deadline.for_each {
        lines.push(faint(&line(p.for_each, &[("record", say.record(of.record).into())])));
    }
    if let Some(when) = &deadline.when {
        lines.push(faint(&line(p.only_if, &[("cond", say.condition(when))])));
    }
    lines
}

/// Who answers for a deadline.
pub(crate) fn who(say: &Say<'_>, deadline: &Deadline) -> Line {
    match deadline.who {
        Some(Doer::Handler) => handled_by(say),
        Some(doer) => Line::strong(capital(&say.doer(doer))),
        None => say.phrases.named_in_entry.into(),
    }
}

/// Whoever handles a case: the roles by their names, or the reader.
pub(crate) fn handled_by(say: &Say<'_>) -> Line {
    let roles = say.handlers();
    if roles.len() < 2 || say.reader.is_some_and(|it| roles.contains(&it)) {
        return Line::strong(capital(&say.doer(Doer::Handler)));
    }
    let names = roles.into_iter().map(|it| Line::strong(say.role(it))).collect();
    line(say.phrases.handler_short, &[("roles", listed(names, say.phrases.or))])
}

/// What follows when nobody did it in time, in few lines.
pub(crate) fn missed(say: &Say<'_>, deadline: &Deadline) -> Vec<Line> {
    let p = say.phrases;
    let outcome = &deadline.outcome;
    let mut lines = Vec::new();
    if !outcome.tells.is_empty() {
        lines.push(line(p.is_told, &[("who", say.doers(&outcome.tells, p.and))]));
    }
    for letter in &outcome.sends {
        lines.push(line(p.letter_goes, &[("letter", say.letter(*letter).into())]));
    }
    if let Some(to) = outcome.escalate {
        lines.push(crate::part::stages::escalated(say, to));
    }
    if let To::Stage(stage) = outcome.to {
        lines.push(line(p.goes_to, &[("stage", say.stage(stage).into())]));
    }
    lines
}

/// A cell whose lines begin with capitals. Never for what must stay as it is written: contacts.
pub(crate) fn capitals(lines: Cell) -> Cell {
    lines.into_iter().map(Line::capital).collect()
}

fn faint(it: &Line) -> Line {
    Line::aside(it.plain())
}
