//! The erasing of personal values whose time has come.

use crate::cases::{Failure, People, Sealed, StreamId, Tenant};
use engine::machine::Machine;
use engine::model::RetentionId;
use engine::runtime::{Case, Context, Fact, FactKind, Fault, Retained, erasable};
use engine::script::Value;
use engine::text::{Strings, Symbol};
use engine::time::{Instant, NaiveDate};
use std::collections::BTreeSet;

/// What would be erased of a case on a date, and what not and why. Nothing is changed by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How each entry of `[retention]` stands, in file order.
    pub entries: Vec<Planned>,
    /// The references whose values would be deleted, each once.
    pub slots: Vec<String>,
    /// Those among them that an entry of `[retention]` is about.
    pub of_fields: Vec<String>,
    /// Whether this is all that is kept of the case: then the key may go as well.
    pub all: bool,
}

/// One entry of `[retention]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Which.
    pub entry: RetentionId,
    /// Why nothing may be erased by it yet; nothing where it may.
    pub kept: Option<Retained>,
}

/// Works out what may be erased of a case on a date, of the values that are kept of it.
///
/// A value goes when every entry of `[retention]` that is about it lets it go. A reason is no
/// field: it goes with the last entry, and so does whatever no entry is about. Under a protocol
/// without `[retention]` nothing is ever erased.
///
/// # Errors
/// As [`erasable`].
pub fn plan(
    machine: &Machine,
    (case, facts): (&Case, &[Fact]),
    strings: &Strings,
    kept: &[Sealed],
    on: NaiveDate,
) -> Result<Plan, Fault> {
    let context = Context::new(strings);
    let (mut entries, mut may, mut must_stay) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    let n_entries = machine.protocol.retention.len();
    for entry in (0..n_entries).map(RetentionId::at) {
        let stands = erasable(machine, case, facts, &context, entry, on)?;
        let why = match stands {
            Ok(erasure) => {
                may.extend(erasure.slots.iter().map(|slot| strings.get(*slot).to_owned()));
                None
            }
            Err(why) => {
                let stay = facts.iter().filter_map(|fact| about(machine, entry, fact));
                must_stay.extend(stay.map(|slot| strings.get(slot).to_owned()));
                Some(why)
            }
        };
        entries.push(Planned { entry, kept: why });
    }
    let all = n_entries > 0 && entries.iter().all(|it| it.kept.is_none());
    let named = |slot: &&String| may.contains(*slot) && !must_stay.contains(*slot);
    let goes = |slot: &&String| all || named(slot);
    let slots = kept.iter().map(|it| &it.slot).filter(goes).cloned().collect();
    let of_fields = kept.iter().map(|it| &it.slot).filter(named).cloned().collect();
    Ok(Plan { entries, slots, of_fields, all })
}

/// The reference that a fact holds, where an entry of `[retention]` is about it.
fn about(machine: &Machine, entry: RetentionId, fact: &Fact) -> Option<Symbol> {
    let entry = machine.protocol.retention.get(entry.index())?;
    match fact.kind {
        FactKind::FieldSet { field, value: Value::Slot(slot) } => {
            entry.what.contains(&field).then_some(slot)
        }
        FactKind::EntryFieldSet { record, field, value: Value::Slot(slot), .. } => {
            entry.of_entries.contains(&(record, field)).then_some(slot)
        }
        _ => None,
    }
}

/// Carries out a plan: deletes its values, and destroys the key of the person where this was all
/// that was kept of the person on any of these streams. How many values there were.
///
/// # Errors
/// As every call of a place.
pub fn erase(
    place: &impl People,
    tenant: Tenant,
    (person, stream): (&str, StreamId),
    streams_of_person: &[StreamId],
    plan: &Plan,
    at: Instant,
) -> Result<u64, Failure> {
    let n_values = place.delete_sealed(tenant, stream, &plan.slots)?;
    if !plan.all {
        return Ok(n_values);
    }
    for other in streams_of_person.iter().chain([&stream]) {
        if !place.sealed(tenant, *other)?.is_empty() {
            return Ok(n_values);
        }
    }
    place.destroy_key(tenant, person, at)?;
    Ok(n_values)
}
