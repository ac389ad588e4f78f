//! The procedure, step by step, in sentences.

use engine::model::{Branch, Escalate, EventId, Point, Stage, StageId, To, Transitions};

use crate::page::{Block, Line, Section, line, listed};
use crate::say::Say;

pub(crate) fn stages(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let mut section = Section::new("step-by-step", p.step_by_step);
    let all = say.machine.protocol.stages.iter().enumerate();
    section.parts = all.map(|(at, it)| stage(say, StageId::at(at), it)).collect();
    let anywhere = anywhere(say);
    if !anywhere.is_empty() {
        let mut part = Section::new("stage-at-any-time", p.at_any_time);
        part.list(anywhere);
        section.parts.push(part);
    }
    section
}

fn stage(say: &Say<'_>, id: StageId, stage: &Stage) -> Section {
    let p = say.phrases;
    let mut part = Section::new(format!("stage-{}", stage.name), say.stage(id));
    let owner = stage.owner.map(|it| line(p.step_is_with, &[("who", Line::strong(say.doer(it)))]));
    let start = stage.start.then_some(p.cases_begin_here);
    let end = stage.end.then_some(p.closed_here);
    let opening = [owner, start.map(Line::from), end.map(Line::from)];
    part.paragraph(opening.into_iter().flatten().fold(Line::default(), Line::and));
    if let Some(guide) = &stage.guide {
        part.blocks.push(Block::Advice(guide.into()));
    }
    let mut lines = Vec::new();
    for transitions in stage.on.iter().filter(|it| !say.is_everywhere(it.event)) {
        lines.extend(transition(say, transitions));
    }
    for after in &stage.after {
        let then = follows(say, &after.branch).unwrap_or_else(|| p.nothing_moves.into());
        let when = after.branch.when.as_ref().map(|it| say.condition(it));
        let when = when.map_or_else(Line::default, |it| line(p.and_if, &[("cond", it)]));
        let parts = [("term", say.term(after.term).into()), ("if", when), ("then", then)];
        lines.push(line(p.after_term, &parts).and(say.cited(after.branch.rule)));
    }
    for pausing in &stage.pauses {
        let what = say.deadline_link(pausing.deadline);
        lines.push(match pausing.limit {
            Some(limit) => {
                let limit = say.term(limit).into();
                line(p.stands_still_at_most, &[("what", what), ("term", limit)])
            }
            None => line(p.stands_still, &[("what", what)]),
        });
    }
    lines.extend(clocks(say, id));
    let help = stage.help.iter().filter_map(|it| say.machine.protocol.help.get(it.index()));
    let help: Vec<Line> =
        help.map(|it| Line::from(format!("{} ({})", it.title, it.contact))).collect();
    if !help.is_empty() {
        lines.push(line(p.help_here, &[("help", listed(help, p.or))]));
    }
    part.list(lines);
    part
}

/// The clocks that begin when the stage is entered.
fn clocks(say: &Say<'_>, id: StageId) -> Option<Line> {
    let begins = |points: &[Point]| points.contains(&Point::Stage(id));
    let all = say.machine.protocol.deadlines.iter().enumerate();
    let started = all.filter(|(_, it)| begins(&it.starts));
    let names: Vec<Line> =
        started.map(|(at, _)| say.deadline_link(engine::model::DeadlineId::at(at))).collect();
    let list = listed(names, say.phrases.and);
    (!list.is_empty()).then(|| line(say.phrases.clock_begins, &[("what", list)]))
}

/// A sentence for each way that an event may take.
fn transition(say: &Say<'_>, transitions: &Transitions) -> Vec<Line> {
    let branches = &transitions.branches;
    let one = |(at, branch): (usize, &Branch)| {
        branch_sentence(say, transitions.event, branch, at > 0 && branch.when.is_none())
    };
    branches.iter().enumerate().map(one).collect()
}

/// What follows an event on one of its ways.
pub(crate) fn branch_sentence(
    say: &Say<'_>,
    event: EventId,
    branch: &Branch,
    is_otherwise: bool,
) -> Line {
    let p = say.phrases;
    let by = say.machine.protocol.events.get(event.index());
    let by = by.map_or_else(Line::default, |it| say.doers(&it.by, p.or));
    let when = match &branch.when {
        Some(when) => line(p.and_if, &[("cond", say.condition(when))]),
        None if is_otherwise => p.and_otherwise.into(),
        None => Line::default(),
    };
    let then = follows(say, branch).unwrap_or_else(|| p.nothing_moves.into());
    let event = Line::strong(say.event(event));
    let mut said = line(p.on_event, &[("event", event), ("by", by), ("if", when), ("then", then)]);
    if !branch.requires.is_empty() {
        let all = branch.requires.iter().map(|it| Line::from(say.condition_says(*it)));
        said = said.and(line(p.must_hold, &[("cond", listed(all.collect(), p.and))]));
    }
    said.and(say.cited(branch.rule))
}

/// What a way does: clauses, joined. None where it does nothing but being noted.
fn follows(say: &Say<'_>, branch: &Branch) -> Option<Line> {
    let p = say.phrases;
    let mut clauses = Vec::new();
    if let Some(escalate) = branch.escalate {
        clauses.push(escalated(say, escalate));
    }
    if let To::Stage(stage) = branch.to {
        clauses.push(line(p.goes_to, &[("stage", stage_link(say, stage))]));
    }
    for letter in &branch.sends {
        clauses.push(line(p.letter_goes, &[("letter", letter_link(say, *letter))]));
    }
    if !branch.tells.is_empty() {
        clauses.push(line(p.is_told, &[("who", say.doers(&branch.tells, p.and))]));
    }
    (!clauses.is_empty()).then(|| listed(clauses, p.and))
}

pub(crate) fn escalated(say: &Say<'_>, to: Escalate) -> Line {
    match to {
        Escalate::Up => say.phrases.goes_up.into(),
        Escalate::To(rung) => line(say.phrases.goes_up_to, &[("rung", say.rung(rung).into())]),
    }
}

fn stage_link(say: &Say<'_>, id: StageId) -> Line {
    let name = say.machine.protocol.stages.get(id.index()).map_or("", |it| &it.name);
    Line::link(say.stage(id), format!("stage-{name}"))
}

pub(crate) fn letter_link(say: &Say<'_>, id: engine::model::LetterId) -> Line {
    let name = say.machine.protocol.letters.get(id.index()).map_or("", |it| &it.name);
    Line::link(say.letter(id), format!("letter-{name}"))
}

/// What may happen in every open stage, each entry once.
fn anywhere(say: &Say<'_>) -> Vec<Line> {
    let mut seen = Vec::new();
    let mut lines = Vec::new();
    for stage in &say.machine.protocol.stages {
        for transitions in stage.on.iter().filter(|it| say.is_everywhere(it.event)) {
            let rules: Vec<_> = transitions.branches.iter().map(|it| it.rule).collect();
            if !seen.contains(&rules) {
                lines.extend(transition(say, transitions));
                seen.push(rules);
            }
        }
    }
    lines
}
