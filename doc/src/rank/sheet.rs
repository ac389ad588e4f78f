//! The page for one rank: its own steps, its own deadlines, its next contact, and nobody else's.

use engine::model::{Deadline, Doer, Event, EventId, RoleId, RungId, Stage, StageId};

use crate::page::{Block, Line, Section, line, listed};
use crate::part::{acts_of, answers, branch_sentence, rights, ways_up};
use crate::say::{Say, capital, phrase};

pub(crate) fn sheet(say: &Say<'_>, role: RoleId) -> Vec<Section> {
    let mut sections = vec![next_contact(say, role)];
    let own = |it: &Deadline| is_owed(say, it, role);
    let mut duties = answers(say, own);
    if let Some(rights) = rights(say, own) {
        duties.table(rights);
    }
    sections.push(duties);
    sections.push(steps(say, role));
    sections.push(told(say, role));
    sections.push(copies(say, role));
    sections.push(stops(say, role));
    sections.retain(|it| !it.is_empty());
    sections
}

/// Whom the role turns to next, and how.
fn next_contact(say: &Say<'_>, role: RoleId) -> Section {
    let p = say.phrases;
    let protocol = &say.machine.protocol;
    let mut section = Section::new("next-contact", p.next_contact);
    let rungs = say.rungs_of(role);
    for rung in &rungs {
        let next = RungId::at(rung.index() + 1);
        let handled = Line::from(say.rung(*rung));
        let Some(above) = protocol.ladder.get(next.index()) else {
            section.paragraph(line(p.nobody_above, &[("rung", handled)]));
            continue;
        };
        let contact = above.contact.as_ref().map_or_else(
            || say.with_contact(above.handled_by),
            |it| say.labelled(&Line::strong(say.role(above.handled_by)), it.into()),
        );
        let parts = [("rung", handled), ("next", say.rung(next).into()), ("who", contact)];
        section.paragraph(line(p.next_is, &parts));
        let mut ways = ways_up(say, next);
        if let Some(when) = &above.start_when {
            ways.insert(0, line(p.at_once_if, &[("cond", say.condition(when))]));
        }
        if ways.is_empty() {
            section.paragraph(p.no_way_up);
        } else {
            section.paragraph(p.goes_there_when);
            section.list(ways);
            section.paragraph(p.until_then);
        }
    }
    let accountable = protocol.accountable;
    if rungs.is_empty() && accountable != role {
        section.paragraph(line(p.ask_accountable, &[("who", say.with_contact(accountable))]));
    }
    let deputy = protocol.roles.get(role.index()).and_then(|it| it.deputy);
    if let Some(deputy) = deputy {
        section.paragraph(line(p.your_deputy, &[("who", say.role(deputy).into())]));
    }
    section
}

/// Whether a deadline is owed by the role, or may be by what an entry says.
fn is_owed(say: &Say<'_>, deadline: &Deadline, role: RoleId) -> bool {
    match deadline.who {
        Some(doer) => say.means(doer, role),
        None => !say.machine.protocol.roles.get(role.index()).is_some_and(|it| it.external),
    }
}

/// The stages in which the role has something to do, and what.
fn steps(say: &Say<'_>, role: RoleId) -> Section {
    let p = say.phrases;
    let mut section = Section::new("your-steps", p.your_steps);
    let (does, enters) = acts_of(say, role);
    let is_own = |event: EventId| does.contains(&event) || enters.contains(&event);
    for (at, stage) in say.machine.protocol.stages.iter().enumerate() {
        let owns = stage.owner.is_some_and(|it| owns(say, stage, it, role));
        let lines = acts(say, stage, role, &is_own);
        if !owns && lines.is_empty() {
            continue;
        }
        let mut part = Section::new(format!("stage-{}", stage.name), say.stage(StageId::at(at)));
        if owns {
            part.paragraph(Line::strong(p.step_is_yours));
            part.blocks.extend(stage.guide.iter().map(|it| Block::Advice(it.into())));
        }
        part.list(lines);
        section.parts.push(part);
    }
    let anywhere = anywhere(say, role, &is_own);
    if !anywhere.is_empty() {
        let mut part = Section::new("stage-at-any-time", p.at_any_time);
        part.list(anywhere);
        section.parts.push(part);
    }
    section
}

fn owns(say: &Say<'_>, stage: &Stage, owner: Doer, role: RoleId) -> bool {
    !stage.end && owner != Doer::Owner && say.means(owner, role)
}

/// What the role may do in a stage, and what follows.
fn acts(
    say: &Say<'_>,
    stage: &Stage,
    role: RoleId,
    is_own: &impl Fn(EventId) -> bool,
) -> Vec<Line> {
    let own = stage.on.iter().filter(|it| !say.is_everywhere(it.event) && is_own(it.event));
    own.flat_map(|it| sentences(say, it, role)).collect()
}

fn anywhere(say: &Say<'_>, role: RoleId, is_own: &impl Fn(EventId) -> bool) -> Vec<Line> {
    let mut seen: Vec<EventId> = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    for stage in &say.machine.protocol.stages {
        for it in stage.on.iter().filter(|it| say.is_everywhere(it.event) && is_own(it.event)) {
            if !seen.contains(&it.event) {
                seen.push(it.event);
                lines.extend(sentences(say, it, role));
            }
        }
    }
    let is_taken = |event: EventId| {
        let stages = say.machine.protocol.stages.iter();
        stages.flat_map(|it| &it.on).any(|it| it.event == event)
    };
    let (does, enters) = acts_of(say, role);
    for event in does.into_iter().chain(enters).filter(|it| !is_taken(*it)) {
        let name = Line::strong(say.event(event));
        lines.push(line(say.phrases.you_may, &[("event", name)]).and(what_is_needed(say, event)));
    }
    lines
}

fn sentences(say: &Say<'_>, it: &engine::model::Transitions, role: RoleId) -> Vec<Line> {
    let p = say.phrases;
    let enters = say.machine.protocol.events.get(it.event.index());
    let enters =
        enters.is_some_and(|event: &Event| !event.by.iter().any(|it| say.means(*it, role)));
    let mut lines: Vec<Line> = Vec::new();
    for (at, branch) in it.branches.iter().enumerate() {
        lines.push(branch_sentence(say, it.event, branch, at > 0 && branch.when.is_none()));
    }
    let needed = what_is_needed(say, it.event);
    if let Some(first) = lines.first_mut() {
        let entered = if enters { Line::aside(p.you_enter_it) } else { Line::default() };
        *first = std::mem::take(first).and(entered).and(needed);
    }
    lines
}

/// What must be written down with an event, and what must be true before.
fn what_is_needed(say: &Say<'_>, event: EventId) -> Line {
    let p = say.phrases;
    let Some(event) = say.machine.protocol.events.get(event.index()) else {
        return Line::default();
    };
    let brought = say.machine.protocol.brings(event);
    let must = brought.iter().filter(|(_, must)| *must);
    let must: Vec<Line> = must.map(|(it, _)| crate::say::field_title(it).into()).collect();
    let mut said = Line::default();
    if !must.is_empty() {
        said = line(p.write_down_these, &[("fields", listed(must, p.and))]);
    }
    for condition in &event.requires {
        let says = Line::from(say.condition_says(*condition));
        said = said.and(line(p.must_hold, &[("cond", says)]));
    }
    for barred in say.barred(&event.not_by) {
        said = said.and(barred);
    }
    said
}

/// What the role hears of.
fn told(say: &Say<'_>, role: RoleId) -> Section {
    let p = say.phrases;
    let mut section = Section::new("you-are-told", p.you_are_told);
    let hears = |list: &[Doer]| list.iter().any(|it| say.means(*it, role));
    let mut lines: Vec<Line> = Vec::new();
    for deadline in &say.machine.protocol.deadlines {
        if hears(&deadline.outcome.tells) {
            let title = Line::from(capital(&phrase(&deadline.title)));
            lines.push(line(p.when_late, &[("what", title)]));
        }
    }
    for stage in &say.machine.protocol.stages {
        for on in &stage.on {
            if on.branches.iter().any(|it| hears(&it.tells)) {
                let said = line(p.when_event, &[("event", say.event(on.event).into())]);
                if !lines.contains(&said) {
                    lines.push(said);
                }
            }
        }
    }
    for trend in say.machine.protocol.trends.iter().filter(|it| it.tells.contains(&role)) {
        lines.push(Line::from(&trend.title));
    }
    section.list(lines);
    section
}

/// The letters of which the role receives a copy.
fn copies(say: &Say<'_>, role: RoleId) -> Section {
    let mut section = Section::new("your-copies", say.phrases.your_copies);
    let means = |list: &[Doer]| list.iter().any(|it| say.means(*it, role));
    let letters = say.machine.protocol.letters.iter();
    let own = letters.filter(|it| means(&it.copy) || means(&it.to));
    section.list(own.map(|it| Line::from(capital(&phrase(&it.title)))).collect());
    section
}

/// The stops that the role may propose, or decides about.
fn stops(say: &Say<'_>, role: RoleId) -> Section {
    let p = say.phrases;
    let mut section = Section::new("when-to-stop", p.when_to_stop);
    let means = |list: &[Doer]| list.iter().any(|it| say.means(*it, role));
    let mut lines = Vec::new();
    for stop in &say.machine.protocol.stops {
        let title = || Line::strong(capital(&phrase(&stop.title)));
        let parts = |phrase: &str| line(phrase, &[("stop", title())]);
        if means(&stop.proposed_by) {
            lines.push(parts(p.you_propose));
        }
        if means(&stop.decided_by) {
            lines.push(parts(p.you_decide));
        }
        if stop.review.by == role {
            lines.push(parts(p.you_review));
        }
        if stop.appeal.to == role {
            lines.push(parts(p.you_hear_appeals));
        }
    }
    section.list(lines);
    section
}
