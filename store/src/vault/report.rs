//! The personal values of a report: taken out before it is decided, put back for those who may read.

use crate::cases::{Failure, Sealed, StreamId};
use crate::vault::{PersonKey, Whose, seal};
use engine::machine::Machine;
use engine::runtime::{Given, Report};
use std::collections::BTreeMap;

/// The name under which the reason of a report is kept; no field has it.
const REASON: &str = "reason:";

/// Takes the personal values out of a report and leaves references. What is returned is to be kept
/// in the batch of the decision; for a report that was decided before, nothing is to be kept.
///
/// A reference that the caller gives is left as it is.
///
/// # Errors
/// [`Failure::Unavailable`] where the system has no random numbers.
pub fn seal_report(
    machine: &Machine,
    key: &PersonKey,
    (tenant, stream): (&str, StreamId),
    report: &mut Report,
) -> Result<Vec<Sealed>, Failure> {
    let mut kept: BTreeMap<String, Sealed> = BTreeMap::new();
    let id = report.id.clone();
    let mut take = |field: &str, value: &str| {
        let sealed = seal(key, Whose { tenant, stream, report: &id }, field, value)?;
        let slot = sealed.slot.clone();
        kept.entry(slot.clone()).or_insert(sealed);
        Ok::<String, Failure>(slot)
    };
    let personal = personal(machine, report);
    for (name, given) in &mut report.data {
        if let (true, Given::Text(text)) = (personal.contains(name), &*given) {
            *given = Given::Slot(take(name, text)?);
        }
    }
    if let Some(reason) = report.reason.as_mut().filter(|it| !it.trim().is_empty()) {
        *reason = take(REASON, reason)?;
    }
    Ok(kept.into_values().collect())
}

/// Whether a report brings something that is to be sealed.
#[must_use]
pub fn is_personal(machine: &Machine, report: &Report) -> bool {
    let personal = personal(machine, report);
    let is_sealed = |(name, given): &(String, Given)| {
        matches!(given, Given::Text(_)) && personal.contains(name)
    };
    report.reason.as_ref().is_some_and(|it| !it.trim().is_empty())
        || report.data.iter().any(is_sealed)
}

/// Puts the values back that are known by their references. What was erased stays a reference in
/// the data, and is no reason any more.
pub fn open_report(report: &mut Report, values: &BTreeMap<String, String>) {
    for (_, given) in &mut report.data {
        if let Given::Slot(slot) = &*given
            && let Some(value) = values.get(slot)
        {
            *given = Given::Text(value.clone());
        }
    }
    report.reason = report.reason.take().and_then(|slot| values.get(&slot).cloned());
}

/// The names of the personal fields that the event of a report may bring.
fn personal(machine: &Machine, report: &Report) -> Vec<String> {
    let stop = report.stop.as_deref().and_then(|it| machine.protocol.stop(it));
    let protocol = &stop.and_then(|it| machine.stop(it)).unwrap_or(machine).protocol;
    let event = protocol.event(&report.event).and_then(|it| protocol.events.get(it.index()));
    let record = event.and_then(|it| it.of).and_then(|it| protocol.records.get(it.record.index()));
    let fields: Vec<&engine::model::Field> = match record {
        Some(record) => record.fields.iter().map(|it| &it.field).collect(),
        None => protocol.fields.iter().collect(),
    };
    fields.into_iter().filter(|it| it.personal).map(|it| it.name.clone()).collect()
}
