//! The cases and the stops on them, one after the other.

use crate::audit::Where;
use crate::audit::row::row_against;
use crate::audit::run::{Run, Step};
use crate::cases::{Failure, Kept, Standing, StreamId, StreamKind, Tenant};
use crate::chain::{self, Break, Origin};
use crate::keeper::{Held, Whose, WorkingSet, add, duties, load_set, standing, state, whose};
use engine::runtime::{FactKind, Kept as Decision};
use engine::script::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many ids are read at once.
const IDS: u32 = 256;

/// Walks the cases of a tenant.
pub(super) fn walk(run: &mut Run<'_>, (tenant, name): (Tenant, &str)) -> Result<(), Failure> {
    let name: Arc<str> = name.into();
    let mut after = None;
    loop {
        let ids = run.place.streams(tenant, after, IDS)?;
        let Some(last) = ids.last() else { return Ok(()) };
        after = Some(*last);
        for id in ids {
            run.tell(Step::Streams(1));
            let Some(kept) = load(run, tenant, id)? else { continue };
            match kept.standing.kind {
                StreamKind::Case => case(run, (tenant, &name), kept)?,
                StreamKind::Stop => stop(run, tenant, &kept.standing)?,
            }
        }
    }
}

/// Reads a stream; nothing, and it is told, where it cannot be read.
fn load(run: &mut Run<'_>, tenant: Tenant, id: StreamId) -> Result<Option<Kept>, Failure> {
    match run.place.load(tenant, &[id]) {
        Ok(found) => Ok(found.into_iter().next().flatten()),
        Err(Failure::Damaged(why)) => {
            let at = Where::Stream { stream: id, ticket: None, version: None };
            run.find(at, format!("cannot be read: {why}"));
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// A stop is checked with its case, and must have one.
fn stop(run: &mut Run<'_>, tenant: Tenant, stop: &Standing) -> Result<(), Failure> {
    let on = match stop.on {
        Some(on) => run.place.standing(tenant, on),
        None => Ok(None),
    };
    match on {
        Ok(Some(on)) if on.kind == StreamKind::Case => {}
        Ok(_) | Err(Failure::Damaged(_)) => {
            run.find(place(stop, None), "is a stop on a case that is not there");
        }
        Err(other) => return Err(other),
    }
    Ok(())
}

/// Checks a case and the stops on it.
fn case(run: &mut Run<'_>, (tenant, name): (Tenant, &Arc<str>), kept: Kept) -> Result<(), Failure> {
    let id = kept.standing.stream;
    let person = kept.standing.complainant.clone();
    let mut set = WorkingSet::new((tenant, Whose::Nobody(id)), Arc::clone(name));
    let mut streams = vec![kept];
    for stop in run.place.stops_on(tenant, id)? {
        let kept = load(run, tenant, stop)?;
        streams.extend(kept.filter(|it| it.standing.kind == StreamKind::Stop));
    }
    let mut whole = Vec::new();
    for kept in streams {
        if chained(run, (tenant, name), &kept)? && folded(run, &mut set, &kept)? {
            whole.push(kept.standing);
        }
    }
    for row in &whole {
        derived(run, tenant, &set, row, person.as_deref())?;
    }
    values(run, tenant, id, &set)
}

/// Whether the decisions of a stream are what was written, and the row says the last of them.
fn chained(
    run: &mut Run<'_>,
    (tenant, name): (Tenant, &str),
    kept: &Kept,
) -> Result<bool, Failure> {
    let row = &kept.standing;
    let loaded = match run.shelf.get(tenant, row.protocol) {
        Ok(loaded) => loaded,
        // It was told with the protocols.
        Err(Failure::Damaged(_)) => None,
        Err(other) => return Err(other),
    };
    let Some(loaded) = loaded else {
        run.find(place(row, None), "is of a protocol that is not kept or cannot be used");
        return Ok(false);
    };
    let origin = Origin {
        tenant: name,
        stream: row.stream,
        kind: row.kind,
        stop: row.stop.as_deref(),
        on: row.on,
        ticket: row.ticket.as_deref(),
        protocol: row.protocol,
        names: loaded.names,
    };
    let n = u32::try_from(kept.decided.len()).unwrap_or(u32::MAX);
    match chain::whole(&origin, &kept.decided) {
        Err(Break { version, what }) => run.find(place(row, Some(version)), what),
        Ok(_) if n < row.version => {
            let what = format!("is cut off after decision {n}: its row says {}", row.version);
            run.find(place(row, None), what);
        }
        Ok(hash) if (n, hash) != (row.version, row.hash) => {
            run.find(place(row, None), "does not end where its row says");
        }
        Ok(_) => return Ok(true),
    }
    Ok(false)
}

/// Whether the decisions of a stream can be read.
fn folded(run: &mut Run<'_>, set: &mut WorkingSet, kept: &Kept) -> Result<bool, Failure> {
    match add(run.shelf, set, kept) {
        Ok(()) => Ok(true),
        Err(Failure::Damaged(why)) => {
            run.find(place(&kept.standing, None), format!("cannot be read: {why}"));
            Ok(false)
        }
        Err(other) => Err(other),
    }
}

/// What lists and worklists show of a stream is what its decisions say.
fn derived(
    run: &mut Run<'_>,
    tenant: Tenant,
    set: &WorkingSet,
    row: &Standing,
    person: Option<&str>,
) -> Result<(), Failure> {
    let found = set.parts.iter().find_map(|part| {
        let stream = part.streams.iter().find(|it| it.id == row.stream)?;
        let (machine, case) = state(part, stream)?;
        let owed = duties(machine, case);
        let standing = standing(part, stream, &owed)?;
        Some((standing, owed))
    });
    let Some((says, mut owes)) = found else {
        run.find(place(row, None), "was never opened, by its decisions");
        return Ok(());
    };
    for what in row_against(row, &says) {
        run.find(place(row, None), what);
    }
    // The person of a stop is that of its case, or nobody where the stop is about the case.
    let is_other = |it: &str| person != Some(it);
    if row.kind == StreamKind::Stop && row.complainant.as_deref().is_some_and(is_other) {
        run.find(place(row, None), "is a stop on the case of somebody else");
    }
    owes.sort_by(|one, other| {
        (&one.deadline, one.occurrence).cmp(&(&other.deadline, other.occurrence))
    });
    owes.dedup();
    match run.place.owed(tenant, row.stream) {
        Ok(listed) if listed == owes => {}
        Ok(_) | Err(Failure::Damaged(_)) => {
            run.find(place(row, None), "owes something else than worklists say");
        }
        Err(other) => return Err(other),
    }
    Ok(())
}

/// No personal value is kept to which no decision refers.
fn values(
    run: &mut Run<'_>,
    tenant: Tenant,
    case: StreamId,
    set: &WorkingSet,
) -> Result<(), Failure> {
    let mut sealed = run.place.sealed(tenant, case)?;
    let known = references(set);
    sealed.retain(|it| !known.contains(&it.slot));
    if sealed.is_empty() {
        return Ok(());
    }
    // What was said of a stop on one case of a person is kept with the case on which it was said.
    let standing = run.place.standing(tenant, case)?;
    if let Some(standing) = &standing {
        let of_person = load_set(run.place.as_ref(), run.shelf, &(tenant, whose(&standing.into())));
        match of_person {
            Ok(set) => {
                let known = references(&set);
                sealed.retain(|it| !known.contains(&it.slot));
            }
            // Another case of the person: it is told with that one.
            Err(Failure::Damaged(_)) => return Ok(()),
            Err(other) => return Err(other),
        }
    }
    let ticket = standing.and_then(|it| it.ticket);
    for value in sealed {
        let at = Where::Stream { stream: case, ticket: ticket.clone(), version: None };
        run.find(at, format!("has a personal value {} that no decision names", value.slot));
    }
    Ok(())
}

/// Every reference that the decisions of a set hold.
fn references(set: &WorkingSet) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for part in &set.parts {
        let mut add = |kept: &Decision| {
            let data = kept.event.iter().flat_map(|it| it.data.iter().map(|(_, value)| value));
            let entry = kept.event.iter().flat_map(|it| it.entry_data.iter().map(|it| &it.1));
            let facts = kept.facts.iter().filter_map(|it| match &it.kind {
                FactKind::FieldSet { value, .. } | FactKind::EntryFieldSet { value, .. } => {
                    Some(value)
                }
                _ => None,
            });
            let slots = data.chain(entry).chain(facts).filter_map(|it| match it {
                Value::Slot(slot) => Some(*slot),
                _ => None,
            });
            let reason = kept.event.as_ref().and_then(|it| it.reason);
            known.extend(slots.chain(reason).map(|it| part.strings.get(it).to_owned()));
        };
        for stream in &part.streams {
            match stream.held {
                Held::Case(key) => part.register[key].kept().for_each(|it| add(it)),
                Held::Stop(key) => {
                    let held = part.register.stop(key);
                    held.into_iter().flat_map(|it| it.kept()).for_each(|it| add(it));
                }
            }
        }
    }
    known
}

fn place(row: &Standing, version: Option<u32>) -> Where {
    Where::Stream { stream: row.stream, ticket: row.ticket.clone(), version }
}
