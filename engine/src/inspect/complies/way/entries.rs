//! What is written of a stage.

use crate::inspect::complies::held::{Held, Side, names};
use crate::syntax::{Names, Stage, Transition};
use crate::text::Spanned;

/// The stage of this name.
pub(super) fn stage<'p>(side: Side<'p>, name: &str) -> Option<&'p Stage> {
    side.written.stages.iter().find(|it| it.name.value == name)
}

/// Whether cases end in a stage.
pub(super) fn is_end(stage: &Stage) -> bool {
    stage.end.as_ref().is_some_and(|it| it.value)
}

/// Whether cases end in the stage of this name.
pub(crate) fn ends_at(side: Side<'_>, name: &str) -> bool {
    stage(side, name).is_some_and(is_end)
}

/// Whether a stage of the protocol stands for one of the statute by its name.
pub(crate) fn is_of_both(held: &Held<'_>, house: &str) -> bool {
    held.statute.written.stages.iter().any(|it| held.name("stages", &it.name.value) == house)
}

/// What an event does in a stage: what the stage says of it, else what `[anywhere]` does.
pub(super) fn branches<'p>(side: Side<'p>, stage: &Stage, event: &str) -> Vec<&'p Transition> {
    let own = side.written.stages.iter().filter(|it| it.name.value == stage.name.value);
    let inside = own.flat_map(|it| &it.on).find(|it| it.event.value == event);
    if let Some(inside) = inside {
        return inside.branches.iter().collect();
    }
    let anywhere = side.written.anywhere.iter().filter(|it| it.event.value == event);
    let reaches =
        |also: &Names| !is_end(stage) || names(also, &stage.name.value) || names(also, "@end");
    anywhere
        .flat_map(|it| &it.branches)
        .filter(|it| reaches(&it.also))
        .map(|it| &it.transition)
        .collect()
}

/// The events that do something in a stage, each once.
pub(super) fn events<'p>(side: Side<'p>, stage: &'p Stage) -> Vec<&'p Spanned<String>> {
    let inside = stage.on.iter().map(|it| &it.event);
    let known = |name: &str| stage.on.iter().any(|it| it.event.value == name);
    let anywhere = side.written.anywhere.iter().map(|it| &it.event);
    let anywhere =
        anywhere.filter(|it| !known(&it.value) && !branches(side, stage, &it.value).is_empty());
    inside.chain(anywhere).collect()
}

/// Where a transition leads, if it names a stage.
pub(super) fn to(transition: &Transition) -> Option<&Spanned<String>> {
    transition.to.as_ref().filter(|it| it.value != "@same")
}

/// Whose act an event is, also if it is that of a record.
pub(super) fn by<'p>(side: Side<'p>, event: &str) -> Option<&'p Names> {
    let written = side.written;
    let events = written.events.iter().find(|it| it.name.value == event).map(|it| &it.by);
    let records = || written.records.iter().find(|it| it.events().any(|it| it == event));
    events.or_else(|| records().map(|it| &it.by))
}
