//! A working set from what is kept: read, checked against its chain, folded. Nothing is decided.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::machine::Machine;
use engine::model::StopId;
use engine::runtime::{self, CaseKey, read_report};
use engine::text::Strings;

use crate::cases::{Failure, Kept, Outline, Place, Standing, StreamId, StreamKind, Tenant};
use crate::chain;
use crate::keeper::Loaded;
use crate::keeper::protocols::Shelf;
use crate::keeper::set::{Held, Known, Part, SetKey, Stream, Whose, WorkingSet};
use crate::record::{Dictionary, decode};

/// Whose cases a case is decided with.
pub(crate) fn whose(outline: &Outline) -> Whose {
    match &outline.complainant {
        Some(person) => {
            Whose::Person { protocol_id: outline.protocol_id.clone(), person: person.clone() }
        }
        None => Whose::Nobody(outline.on.unwrap_or(outline.stream)),
    }
}

/// The ids of all streams of a set, sorted.
pub(crate) fn streams(place: &dyn Place, key: &SetKey) -> Result<Vec<StreamId>, Failure> {
    let (tenant, whose) = key;
    let mut ids = match whose {
        Whose::Person { protocol_id, person } => place.of_person(*tenant, protocol_id, person)?,
        Whose::Nobody(case) => {
            let mut ids = place.stops_on(*tenant, *case)?;
            ids.push(*case);
            ids
        }
    };
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// Loads a set.
pub(crate) fn load(place: &dyn Place, shelf: &Shelf, key: &SetKey) -> Result<WorkingSet, Failure> {
    let mut set = WorkingSet::new(key.clone(), shelf.tenant_name(key.0)?);
    let ids = streams(place, key)?;
    let kept: Vec<Kept> = place.load(key.0, &ids)?.into_iter().flatten().collect();
    // A case comes before the stops on it.
    for kind in [StreamKind::Case, StreamKind::Stop] {
        for kept in kept.iter().filter(|it| it.standing.kind == kind) {
            add(shelf, &mut set, kept)?;
        }
    }
    Ok(set)
}

/// Adds a stream to its part; a stop after its case.
pub(crate) fn add(shelf: &Shelf, set: &mut WorkingSet, kept: &Kept) -> Result<(), Failure> {
    let Standing { stream, protocol, .. } = kept.standing;
    let damaged = |what: &str| Failure::Damaged(format!("the stream {stream} {what}"));
    let loaded = shelf.get(set.key.0, protocol)?;
    let mut loaded = loaded.ok_or_else(|| damaged("is of a protocol that is not kept"))?;
    let place = set.part_of(&loaded);
    let tenant = Arc::clone(&set.tenant);
    let Some(part) = set.parts.get_mut(place) else { return Ok(()) };
    let stop = stop(&loaded.machine, &kept.standing)?;
    let tenant_id = set.key.0;
    let decided = decisions_of(shelf, tenant_id, &mut loaded, kept, stop, &mut part.strings)?;
    part.loaded = Arc::clone(&loaded);
    let until = decided.iter().map(|it| it.recorded_at).max();
    let held = match stop {
        None => {
            let kept = decided.into_iter().map(Arc::new).collect();
            let name = stream.to_string();
            Held::Case(part.register.restore(&loaded.machine, &name, kept))
        }
        Some((id, _)) => {
            let on = kept.standing.on.and_then(|on| case_key(part, on));
            let on = on.ok_or_else(|| damaged("is a stop on a case that is not there"))?;
            let person = kept.standing.complainant.as_deref().map(|it| part.strings.intern(it));
            let held = part.register.restore_stop(&loaded.machine, id, on, person, decided);
            Held::Stop(held.ok_or_else(|| damaged("is of a stop that the protocol has not"))?)
        }
    };
    let standing = &kept.standing;
    let stream = Stream {
        id: stream,
        held,
        version: standing.version,
        hash: standing.hash,
        ticket: standing.ticket.clone(),
        secret: standing.secret,
        on: standing.on,
        stop: standing.stop.clone(),
    };
    let last = chain::check(&stream.origin(&tenant, &loaded), &kept.decided)?;
    let n = u32::try_from(kept.decided.len()).unwrap_or(u32::MAX);
    if (n, last) != (standing.version, standing.hash) {
        return Err(damaged("does not end where it should"));
    }
    part.streams.push(stream);
    set.recorded_until = set.recorded_until.max(until.unwrap_or(set.recorded_until));
    Ok(())
}

fn case_key(part: &Part, case: StreamId) -> Option<CaseKey> {
    part.streams.iter().find(|it| it.id == case).and_then(|it| match it.held {
        Held::Case(key) => Some(key),
        Held::Stop(_) => None,
    })
}

/// The stop that a stream is of, and its name.
pub(crate) fn stop<'a>(
    machine: &Machine,
    standing: &'a Standing,
) -> Result<Option<(StopId, &'a str)>, Failure> {
    let Some(name) = standing.stop.as_deref() else { return Ok(None) };
    let found = machine.protocol.stop(name).map(|id| Some((id, name)));
    let stream = standing.stream;
    found.ok_or_else(|| Failure::Damaged(format!("the stream {stream} is of no stop: `{name}`")))
}

/// What was decided of a stream, in the order of deciding. Where it counts by an amendment that was
/// recorded elsewhere a moment ago, the version is looked at again.
pub(crate) fn decisions_of(
    shelf: &Shelf,
    tenant: Tenant,
    loaded: &mut Arc<Loaded>,
    kept: &Kept,
    stop: Option<(StopId, &str)>,
    strings: &mut Strings,
) -> Result<Vec<runtime::Kept>, Failure> {
    let read = |loaded: &Loaded, strings: &mut Strings| {
        decisions(kept, &loaded.machine, &loaded.dictionary, stop, strings)
    };
    let damaged = match read(loaded, strings) {
        Err(Failure::Damaged(why)) => Failure::Damaged(why),
        done => return done,
    };
    let Some(newer) = shelf.newer(tenant, loaded)? else { return Err(damaged) };
    *loaded = newer;
    read(loaded, strings)
}

/// What was decided of a stream, in the order of deciding.
pub(crate) fn decisions(
    kept: &Kept,
    machine: &Machine,
    dictionary: &Dictionary,
    stop: Option<(StopId, &str)>,
    strings: &mut Strings,
) -> Result<Vec<runtime::Kept>, Failure> {
    let each = kept.decided.iter().map(|it| {
        let read = decode(&it.body, dictionary, stop.map(|(_, name)| name), strings)?;
        let report = read.decision.report.as_ref();
        let event = report.map(|it| read_report(machine, it, strings)).transpose();
        let event = event.map_err(|faults| {
            let first = faults.first().map_or("", |it| it.problem.as_str());
            let (stream, version) = (it.stream, it.version);
            Failure::Damaged(format!("decision {version} of the stream {stream}: {first}"))
        })?;
        let (recorded_at, facts) = (read.decision.recorded_at, read.decision.facts);
        Ok(runtime::Kept { recorded_at, event, facts })
    });
    each.collect()
}

/// Whether a set is still what is kept of it.
pub(crate) fn is_current(
    place: &dyn Place,
    known: &Known,
    set: &WorkingSet,
) -> Result<bool, Failure> {
    let held: BTreeMap<StreamId, u32> = set
        .parts
        .iter()
        .flat_map(|part| part.streams.iter().map(|it| (it.id, it.version)))
        .collect();
    if let Some(is_current) = known.is(&set.key, &held) {
        return Ok(is_current);
    }
    if !streams(place, &set.key)?.iter().eq(held.keys()) {
        return Ok(false);
    }
    for (id, version) in held {
        let standing = place.standing(set.key.0, id)?;
        if standing.is_none_or(|it| it.version != version || whose(&(&it).into()) != set.key.1) {
            return Ok(false);
        }
    }
    Ok(true)
}
