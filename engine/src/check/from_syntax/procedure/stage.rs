//! `[stages]` and `[anywhere]`.

use crate::check::from_syntax::organisation::role::title;
use crate::check::from_syntax::procedure::deadline::within;
use crate::check::from_syntax::procedure::event::NO_STEPS;
use crate::check::from_syntax::procedure::transition;
use crate::check::log::Log;
use crate::check::look_up::also::{also, is_end};
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::party;
use crate::check::look_up::script::ReadWhile;
use crate::check::look_up::term;
use crate::check::rules;
use crate::model::{
    After, Branch, BuiltIn, EventId, Party, Pausing, Stage, StageId, StopEvent, Transitions,
};
use crate::syntax;
use crate::syntax::{Citation, Within};
use crate::text::Spanned;

/// What `[anywhere.on.E]` means: each branch with the end stages in which it holds too.
pub(crate) struct Anywhere {
    event: EventId,
    branches: Vec<(Vec<StageId>, Branch)>,
}

/// `[anywhere.on.E]`.
pub(crate) fn anywhere(
    written: &syntax::Anywhere,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Anywhere> {
    let event = event(&written.event, known, log);
    stays_where_merged(&written.event, written.branches.iter().map(|it| &it.transition), log);
    let n_branches = written.branches.len();
    let mut branches = Vec::new();
    for (place, branch) in written.branches.iter().enumerate() {
        let also = also(&branch.also, rules::also_no_end, known, log);
        let path = path(format!("anywhere.on.{}", written.event.value), place, n_branches);
        let meant = transition::branch(&branch.transition, path, ReadWhile::Event, known, log);
        branches.push((also, meant));
    }
    Some(Anywhere { event: event?, branches })
}

/// `[stages.X]`, the entries of `[anywhere]` included.
pub(crate) fn stage(
    written: &syntax::Stage,
    id: StageId,
    anywhere: &[Anywhere],
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Stage {
    let name = &written.name.value;
    let rule = log.rule(format!("stages.{name}"), written.span, &written.citation);
    let end = is_end(written);
    if let (Some(start), true) = (written.start.as_ref().filter(|it| it.value), end) {
        log.say(rules::start_is_end(&written.name, start.span));
    }
    let mut on: Vec<Transitions> =
        written.on.iter().filter_map(|it| transitions(it, name, known, log)).collect();
    add_anywhere(&mut on, id, end, anywhere);
    let owner = written.owner.as_ref();
    let is_role = |it: &str| it != "@owner" && Party::built_in(it).is_none();
    if let Some(owner) = owner.filter(|it| !is_role(&it.value)) {
        log.say(rules::owner_no_role(name, owner));
    }
    Stage {
        name: name.clone(),
        title: title(written.title.as_ref(), &written.name),
        start: written.start.as_ref().is_some_and(|it| it.value),
        end,
        owner: owner.and_then(|it| party::doer("`owner` names", it, known, log)),
        guide: written.guide.as_ref().map(|it| it.value.clone()),
        help: find::each(&written.help, log, |name, log| {
            find::help("`help` names", name, known, log)
        }),
        pauses: written.pauses.iter().filter_map(|it| pausing(it, written, known, log)).collect(),
        after: written.after.iter().filter_map(|it| after(it, written, known, log)).collect(),
        on,
        rule,
    }
}

fn transitions(
    written: &syntax::Transitions,
    stage: &str,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Transitions> {
    let event = event(&written.event, known, log);
    stays_where_merged(&written.event, &written.branches, log);
    let n_branches = written.branches.len();
    let mut branches = Vec::new();
    for (place, branch) in written.branches.iter().enumerate() {
        let path = path(format!("stages.{stage}.on.{}", written.event.value), place, n_branches);
        branches.push(transition::branch(branch, path, ReadWhile::Event, known, log));
    }
    Some(Transitions { event: event?, anywhere: false, branches })
}

/// The event of an entry. What opens and what corrects is no step of a case.
fn event(name: &Spanned<String>, known: &Known<'_>, log: &mut Log<'_>) -> Option<EventId> {
    if NO_STEPS.contains(&name.value.as_str()) || StopEvent::named(&name.value).is_some() {
        log.say(rules::built_in_event(name));
        return None;
    }
    find::event("transition waits for", name, known, log)
}

/// A merged case goes nowhere.
fn stays_where_merged<'w>(
    event: &Spanned<String>,
    branches: impl IntoIterator<Item = &'w syntax::Transition>,
    log: &mut Log<'_>,
) {
    if BuiltIn::named(&event.value) != Some(BuiltIn::Merged) {
        return;
    }
    for branch in branches {
        let to = branch.to.as_ref().map(|it| ("to", it.span));
        for (key, span) in
            to.into_iter().chain(branch.escalate.as_ref().map(|it| ("escalate", it.span)))
        {
            log.say(rules::merged_goes_on(key, span));
        }
    }
}

/// The path of a branch: numbered from 1 where there are several.
fn path(of: String, place: usize, n_branches: usize) -> String {
    match n_branches {
        1 => of,
        _ => format!("{of}[{}]", place.saturating_add(1)),
    }
}

fn add_anywhere(on: &mut Vec<Transitions>, stage: StageId, end: bool, anywhere: &[Anywhere]) {
    for entry in anywhere {
        if on.iter().any(|own| own.event == entry.event) {
            continue;
        }
        let here = entry.branches.iter().filter(|(also, _)| !end || also.contains(&stage));
        let branches: Vec<Branch> = here.map(|(_, branch)| branch.clone()).collect();
        if !branches.is_empty() {
            on.push(Transitions { event: entry.event, anywhere: true, branches });
        }
    }
}

fn pausing(
    written: &syntax::Pause,
    stage: &syntax::Stage,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Pausing> {
    let path = format!("stages.{}.pauses.{}", stage.name.value, written.deadline.value);
    let rule = log.rule(path, written.deadline.span, &Citation::default());
    let limit = match written.at_most.value.as_str() {
        "unbounded" => Some(None),
        _ => term::term(&written.at_most, log).map(Some),
    };
    let deadline = find::deadline("`pauses` names", &written.deadline, known, log)?;
    let clock = known.written.deadlines.get(deadline.index())?;
    if let Some(never) = clock.pausable.as_ref().filter(|it| !it.value) {
        log.say(rules::pause_of_unpausable(&written.deadline, Some(never.span)));
    } else if let Some(due) = &clock.due {
        log.say(rules::pause_of_unpausable(&written.deadline, Some(due.span)));
    } else if let (Some(Within::Term(term)), true) = (&clock.within, within::is_promptly(clock)) {
        log.say(rules::pause_of_uncounted(&written.deadline, term.span));
    } else if is_end(stage) && !clock.window && !clock.after_close {
        log.say(rules::pause_after_close(&written.deadline, &stage.name.value));
    }
    Some(Pausing { deadline, limit: limit?, rule })
}

fn after(
    written: &syntax::TimedTransition,
    stage: &syntax::Stage,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<After> {
    let path = path(
        format!("stages.{}.after", stage.name.value),
        stage.after.iter().position(|it| it == written).unwrap_or_default(),
        stage.after.len(),
    );
    let read_while = ReadWhile::Case("when time alone moves a case on");
    let branch = transition::branch(&written.transition, path, read_while, known, log);
    Some(After { term: term::term(&written.term, log)?, branch })
}
