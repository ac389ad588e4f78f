//! Every deadline with all that is said of it.

use engine::model::{Deadline, DeadlineId, Every, MetBy, Period};
use engine::time::{Ends, FirstDay, Roll};

use crate::page::{Line, Section, line, listed};
use crate::part::answers::{example, missed, who};
use crate::say::Say;

pub(crate) fn deadlines(say: &Say<'_>) -> Section {
    let p = say.phrases;
    let mut section = Section::new("deadlines", p.deadlines);
    let all = say.machine.protocol.deadlines.iter().enumerate();
    section.parts = all.map(|(at, it)| deadline(say, DeadlineId::at(at), it)).collect();
    if !section.parts.is_empty() {
        section.paragraph(example(say));
        section.list(counting(say));
    }
    section
}

/// How terms are counted where a deadline says nothing else.
fn counting(say: &Say<'_>) -> Vec<Line> {
    let p = say.phrases;
    let counts = say.machine.protocol.counts;
    let first = match counts.first_day {
        FirstDay::Next => p.first_day_next,
        FirstDay::Same => p.first_day_same,
    };
    let ends = match counts.ends {
        Ends::Close => p.ends_close,
        Ends::Midnight => p.ends_midnight,
        Ends::Exact => p.ends_exact,
    };
    let roll = match counts.roll {
        Roll::Forward => p.roll_forward,
        Roll::Back => p.roll_back,
        Roll::None => p.roll_none,
    };
    vec![first.into(), ends.into(), roll.into()]
}

fn deadline(say: &Say<'_>, id: DeadlineId, deadline: &Deadline) -> Section {
    let p = say.phrases;
    let mut part = Section::new(format!("deadline-{}", deadline.name), say.deadline(id));
    if deadline.window {
        part.paragraph(p.is_a_right);
    }
    let starts = (!deadline.starts.is_empty()).then(|| say.points(&deadline.starts));
    let restarts = (!deadline.restarts.is_empty()).then(|| say.points(&deadline.restarts));
    let for_each =
        deadline.for_each.map(|it| line(p.for_each, &[("record", say.record(it.record).into())]));
    let when = deadline.when.as_ref().map(|it| say.condition(it));
    let met = listed(deadline.met_by.iter().map(|it| met(say, it)).collect(), p.or);
    let cancelled = say.points(&deadline.cancelled_by);
    let one = |it: Option<Line>| it.into_iter().collect::<Vec<Line>>();
    part.facts(vec![
        (p.who, vec![who(say, deadline)]),
        (p.label_within, say.within(deadline)),
        (p.label_counted_from, one(starts).into_iter().chain(for_each).collect()),
        (p.label_example, say.worked(id, deadline)),
        (p.label_only_if, one(when)),
        (p.label_done_by, vec![met]),
        (p.label_comes_back, one(deadline.every.as_ref().map(|it| again(say, it)))),
        (p.label_counted_again, one(restarts)),
        (p.label_not_owed, vec![cancelled]),
        (p.label_longer, lengthening(say, deadline)),
        (p.label_stands_still, pauses(say, id)),
        (p.label_warned, deadline.warn.iter().map(|it| say.warning(*it)).collect()),
        (if deadline.window { p.label_if_unused } else { p.if_late }, missed(say, deadline)),
        (p.label_source, sources(say, deadline)),
    ]);
    part
}

fn met(say: &Say<'_>, it: &MetBy) -> Line {
    let point = say.point(it.on);
    match &it.when {
        Some(when) => point.and(line(say.phrases.only_if, &[("cond", say.condition(when))])),
        None => point,
    }
}

fn again(say: &Say<'_>, every: &Every) -> Line {
    let p = say.phrases;
    let per = match every.per {
        Period::Meeting => p.again_from_meeting,
        Period::Grid => p.again_from_grid,
    };
    line(per, &[("until", say.points(&every.until))])
}

fn lengthening(say: &Say<'_>, deadline: &Deadline) -> Vec<Line> {
    let p = say.phrases;
    let one = |it: &engine::model::Extension| {
        let by = say.machine.protocol.events.get(it.on.index());
        let by = by.map_or_else(Line::default, |it| say.doers(&it.by, p.or));
        let how = say.lengthened(&it.lengthen);
        let times = match it.times {
            Some(times) => line(p.so_often, &[("times", times.to_string().into())]),
            None => p.any_number_of_times.into(),
        };
        let event = Line::from(say.event(it.on));
        let parts = [("event", event), ("by", by), ("how", how), ("times", times)];
        let mut said = line(p.lengthened_on, &parts);
        if let Some(when) = &it.when {
            said = said.and(line(p.only_if, &[("cond", say.condition(when))]));
        }
        for letter in &it.sends {
            let letter = crate::part::stages::letter_link(say, *letter);
            said = said.then("; ").then(line(p.letter_goes, &[("letter", letter)]));
        }
        if !it.tells.is_empty() {
            let who = say.doers(&it.tells, p.and);
            said = said.then("; ").then(line(p.is_told, &[("who", who)]));
        }
        said.and(say.cited(it.rule))
    };
    deadline.extend.iter().map(one).collect()
}

/// The stages in which the clock stands still.
fn pauses(say: &Say<'_>, id: DeadlineId) -> Vec<Line> {
    let p = say.phrases;
    let mut lines = Vec::new();
    for (at, stage) in say.machine.protocol.stages.iter().enumerate() {
        for pausing in stage.pauses.iter().filter(|it| it.deadline == id) {
            let name = Line::from(say.stage(engine::model::StageId::at(at)));
            lines.push(match pausing.limit {
                None => line(p.in_step, &[("stage", name)]),
                Some(limit) => {
                    let term = Line::from(say.term(limit));
                    line(p.in_step_at_most, &[("stage", name), ("term", term)])
                }
            });
        }
    }
    lines
}

/// The source of the deadline, and those of its terms and of what follows where they differ.
fn sources(say: &Say<'_>, deadline: &Deadline) -> Vec<Line> {
    let of_terms = deadline.alternatives.iter().map(|it| it.rule);
    let mut found: Vec<Line> = Vec::new();
    for rule in std::iter::once(deadline.rule).chain(of_terms).chain([deadline.outcome.rule]) {
        let source = say.source(rule);
        if !found.contains(&source) {
            found.push(source);
        }
    }
    found
}
