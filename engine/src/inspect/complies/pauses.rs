//! Stages in which a duty stands still.

use crate::inspect::complies::held::Held;
use crate::inspect::complies::terms::{Clock, later};
use crate::inspect::rules;
use crate::syntax::Deadline;

const UNBOUNDED: &str = "unbounded";

/// Reports where a duty may stand still that may not by the statute, or not for so long.
pub(super) fn compare(held: &mut Held<'_>, own: &Deadline, theirs: &Deadline) {
    let (house, statute) = (held.house, held.statute);
    for stage in &house.written.stages {
        for pause in stage.pauses.iter().filter(|it| it.deadline.value == own.name.value) {
            let same = statute
                .written
                .stages
                .iter()
                .find(|it| held.name("stages", &it.name.value) == stage.name.value);
            let limit = same.into_iter().flat_map(|it| &it.pauses);
            let limit = limit.into_iter().find(|it| it.deadline.value == theirs.name.value);
            let at = (pause.at_most.span, &stage.citation);
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
        }
    }
}
