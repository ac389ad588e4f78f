//! The personal values of a scenario: known to its letters and to nothing else.

use std::collections::BTreeMap;

use crate::scenario::Scenario;
use crate::scenario::reading::slot;

/// The texts of the personal values, by the reference that the case holds.
#[must_use]
pub fn personal(scenario: &Scenario) -> BTreeMap<String, String> {
    let acts = scenario.steps.iter().flat_map(|step| &step.acts);
    let texts = acts.flat_map(|act| act.personal.iter().map(move |it| (act, it)));
    texts.map(|(act, (field, text))| (slot(&act.id, field), text.clone())).collect()
}
