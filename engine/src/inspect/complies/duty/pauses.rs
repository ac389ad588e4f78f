//! Stages in which a clock stands still.

use crate::inspect::complies::duty::terms::{Clock, later};
use crate::inspect::complies::held::Held;
use crate::inspect::complies::way::Pairs;
use crate::inspect::rules;
use crate::syntax::{Deadline, Pause, Stage};

const UNBOUNDED: &str = "unbounded";

fn pause_of<'s>(stage: &'s Stage, deadline: &str) -> Option<&'s Pause> {
    stage.pauses.iter().find(|it| it.deadline.value == deadline)
}

/// Reports where a duty may stand still that may not by the statute, or not for so long: in a stage in
/// which a case may be that is in another by the statute.
pub(super) fn of_duty(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline, pairs: &Pairs) {
    let (house, statute) = (held.house, held.statute);
    for stage in &house.written.stages {
        let Some(pause) = pause_of(stage, &own.name.value) else { continue };
        let stands_for = pairs.of(&stage.name.value);
        let mut limits: Vec<Option<&Pause>> = statute
            .written
            .stages
            .iter()
            .filter(|it| stands_for.contains(&it.name.value))
            .map(|it| pause_of(it, &theirs.name.value))
            .collect();
        if limits.is_empty() {
            limits.push(None);
        }
        let at = (pause.at_most.span, &stage.citation);
        for limit in limits {
            let why = match limit {
                None => Some("by the statute it does not stand still there".to_owned()),
                Some(limit) if limit.at_most.value == UNBOUNDED => None,
                Some(limit) if pause.at_most.value == UNBOUNDED => {
                    Some(format!("by the statute for `{}` at most", limit.at_most.value))
                }
                Some(limit) => later(
                    (Clock::of(house, own), &pause.at_most.value),
                    (Clock::of(statute, theirs), &limit.at_most.value),
                ),
            };
            let Some(why) = why else { continue };
            let place = limit.map_or(theirs.name.span, |it| it.at_most.span);
            let both = held.against(at, (place, &theirs.citation));
            held.say(rules::paused_longer(&own.name.value, &stage.name.value, &why, &both));
            break;
        }
    }
}

/// Reports where the term of a right stands still by the statute and goes on here.
pub(super) fn of_right(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    let (house, statute) = (held.house, held.statute);
    for stage in &statute.written.stages {
        let Some(limit) = pause_of(stage, &theirs.name.value) else { continue };
        let name = held.name("stages", &stage.name.value).to_owned();
        let Some(same) = house.written.stages.iter().find(|it| it.name.value == name) else {
            continue;
        };
        let is_as_long = pause_of(same, &own.name.value).is_some_and(|pause| {
            pause.at_most.value == UNBOUNDED
                || (limit.at_most.value != UNBOUNDED
                    && later(
                        (Clock::of(statute, theirs), &limit.at_most.value),
                        (Clock::of(house, own), &pause.at_most.value),
                    )
                    .is_none())
        });
        if !is_as_long {
            let both = held
                .against((same.name.span, &same.citation), (limit.at_most.span, &theirs.citation));
            let why = format!("in stage `{name}` it does not stand still for as long");
            held.say(rules::window_shorter(&own.name.value, &why, &both));
        }
    }
}
