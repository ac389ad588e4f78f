//! Who comes after whom, how to reach them, and by which ways a case goes up.

use engine::machine::{Edge, Why};
use engine::model::{Point, RoleId, Rung, RungId};

use crate::page::{Line, Section, Table, joined, line};
use crate::say::Say;

/// Who answers, and what takes a case to somebody higher, in three lines.
pub(crate) fn in_short(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let mut section = Section::new("in-short", p.in_short);
    let ladder = &say.machine.protocol.ladder;
    let Some(first) = ladder.first() else { return section };
    let who = say.with_contact(first.handled_by);
    let begins_higher = ladder.iter().skip(1).any(|it| it.start_when.is_some());
    let higher = if begins_higher { p.short_some_higher } else { "" };
    let mut lines = vec![line(p.short_begins, &[("who", who)]).and(higher)];
    if ladder.len() > 1 {
        let ways = Line::link(p.short_ways, "somebody-higher");
        let one_by_one = if ladder.len() > 2 && !skips(say) { p.nobody_skips } else { "" };
        lines.push(line(p.short_higher, &[("ways", ways)]).and(one_by_one));
        let level = |(at, rung): (usize, &Rung)| {
            let name = Line::from(format!("{}. {}", at + 1, say.rung(RungId::at(at))));
            say.labelled(&name, Line::strong(say.role(rung.handled_by)))
        };
        let levels = joined(ladder.iter().enumerate().map(level), " → ");
        lines.push(line(p.short_levels, &[("levels", levels)]));
    }
    section.list(lines);
    section
}

pub(crate) fn ladder(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let mut section = Section::new("somebody-higher", p.somebody_higher);
    let ladder = &say.machine.protocol.ladder;
    if ladder.is_empty() {
        return section;
    }
    section.paragraph(p.higher_intro);
    let rows = ladder.iter().enumerate().map(|(at, rung)| {
        let contact = rung
            .contact
            .as_ref()
            .or_else(|| say.machine.protocol.roles.get(rung.handled_by.index())?.contact.as_ref());
        let number = at + 1;
        let name = Line::strong(format!("{number}. {}", say.rung(RungId::at(at))));
        let mut who = vec![Line::from(say.role(rung.handled_by))];
        who.extend(say.barred(&rung.not_by));
        vec![
            vec![name, say.cited(rung.rule)].into_iter().filter(|it| !it.is_empty()).collect(),
            who,
            contact.map(Line::from).into_iter().collect(),
            comes_here(say, RungId::at(at)),
        ]
    });
    let heads = [p.level_head, p.who, p.contact_head, p.comes_here];
    section.table(Table::new(&heads, rows.collect()));
    if ladder.len() > 2 && !skips(say) {
        section.paragraph(Line::strong(p.nobody_skips));
    }
    section
}

/// How a case comes to a rung.
fn comes_here(say: &Say<'_>, rung: RungId) -> Vec<Line> {
    let p = say.phrases;
    let mut lines = Vec::new();
    if rung == RungId(0) {
        lines.push(p.usual_beginning.into());
    }
    let own = say.machine.protocol.ladder.get(rung.index());
    if let Some(when) = own.and_then(|it| it.start_when.as_ref()) {
        lines.push(line(p.at_once_if, &[("cond", say.condition(when))]));
    }
    lines.extend(ways_up(say, rung));
    if lines.is_empty() {
        lines.push(p.no_way_up.into());
    }
    lines
}

/// What takes a case up to a rung, besides being placed there at once: a line for each.
pub(crate) fn ways_up(say: &Say<'_>, to: RungId) -> Vec<Line> {
    let p = say.phrases;
    let mut lines: Vec<Line> = Vec::new();
    for edge in rising(say).filter(|it| it.to.rung == to && it.why != Why::Placed) {
        let below = Line::from(say.rung(edge.from.rung));
        let said = match edge.why {
            Why::Event(event, _) => {
                let stage = Line::from(say.stage(edge.from.stage));
                let point = say.point(Point::Event(event));
                let entered = say.machine.protocol.events.get(event.index());
                let entered = entered
                    .filter(|it| !it.entered_by.is_empty())
                    .map(|it| line(p.entered_by, &[("who", say.doers(&it.entered_by, p.or))]));
                line(p.from_below_event, &[("rung", below), ("stage", stage), ("point", point)])
                    .and(entered.unwrap_or_default())
            }
            Why::Expiry(id) => {
                let point = say.point(Point::Breach(id));
                line(p.from_below, &[("rung", below), ("point", point)])
            }
            Why::After(place) => {
                let stage = say.machine.protocol.stages.get(edge.from.stage.index());
                let after = stage.and_then(|it| it.after.get(usize::from(place)));
                let term = after.map_or_else(String::new, |it| say.term(it.term));
                let stage = Line::from(say.stage(edge.from.stage));
                line(
                    p.from_below_after,
                    &[("rung", below), ("stage", stage), ("term", term.into())],
                )
            }
            Why::Placed => continue,
        };
        if !lines.contains(&said) {
            lines.push(said);
        }
    }
    lines
}

/// The ways on which a case goes up.
fn rising<'a>(say: &'a Say<'_>) -> impl Iterator<Item = Edge> + 'a {
    let graph = say.machine.graph();
    graph.nodes().flat_map(|it| graph.leaving(it)).filter(|it| it.to.rung > it.from.rung)
}

/// Whether anything but its severity takes a case past a rung.
fn skips(say: &Say<'_>) -> bool {
    rising(say).any(|it| it.why != Why::Placed && it.to.rung.0 > it.from.rung.0 + 1)
}

/// Whom to turn to outside the organisation.
pub(crate) fn outside(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let protocol = &say.machine.protocol;
    let mut section = Section::new("outside", p.outside);
    let roles = protocol.roles.iter().enumerate().filter(|(_, it)| it.external);
    let mut rows: Vec<_> = roles
        .map(|(at, role)| {
            let title = Line::from(say.role_title(RoleId::at(at)));
            let source = say.cited(role.rule);
            let contact: Vec<Line> = role.contact.iter().map(Line::from).collect();
            vec![vec![title, source].into_iter().filter(|it| !it.is_empty()).collect(), contact]
        })
        .collect();
    for help in &protocol.help {
        let kind = help.kind.as_ref().map(|it| Line::aside(format!("({it})")));
        let title = Line::from(&help.title).and(kind.unwrap_or_default());
        let lines = vec![title, say.cited(help.rule)];
        let lines = lines.into_iter().filter(|it| !it.is_empty()).collect();
        rows.push(vec![lines, vec![Line::from(&help.contact)]]);
    }
    section.table(Table::new(&[p.who, p.contact_head], rows));
    let windows = crate::part::rights(say, |_| true);
    if let Some(table) = windows {
        section.table(table);
    }
    section
}
