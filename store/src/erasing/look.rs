//! Looks at what is kept of a person. Nothing is changed by it.

use std::fmt;
use std::sync::Arc;

use engine::runtime::{Fact, Retained, fold};
use engine::time::Instant;

use crate::cases::{
    Erasure, Failure, Find, Kept, Place, Sealed, Standing, StreamId, StreamKind, Tenant,
};
use crate::erasing::{Found, OfCase, OfEntry};
use crate::keeper::{Company, Shelf, decisions_of};
use crate::vault::{Plan, plan};

/// How many cases are listed at once.
const CASES: u32 = 500;

/// Why nothing was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfound {
    /// No case names this person, and none has this number or id.
    Nobody,
    /// It is a case of this person: the person has to be named.
    OfPerson(String),
    /// It is a stop, which goes with its case.
    Stop,
    /// The place failed, or what it keeps cannot be read.
    Failed(Failure),
}

impl fmt::Display for Unfound {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => out.write_str("no case is of this person"),
            Self::OfPerson(person) => write!(out, "this is a case of `{person}`"),
            Self::Stop => out.write_str("this is a stop, which goes with its case"),
            Self::Failed(failure) => failure.fmt(out),
        }
    }
}

impl std::error::Error for Unfound {}

impl From<Failure> for Unfound {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Looks at what is kept of a person; for a case of nobody who is known, `who` is its number or id.
///
/// # Errors
/// See [`Unfound`].
pub fn look(
    place: &Arc<dyn Place>,
    tenant: Tenant,
    who: &str,
    now: Instant,
) -> Result<Found, Unfound> {
    let shelf = Shelf::new(Arc::clone(place), Company::Others);
    let of_person = cases_of(place.as_ref(), tenant, who)?;
    let (person, cases) = match of_person.is_empty() {
        true => (None, vec![case_of_nobody(place.as_ref(), tenant, who)?]),
        false => (Some(who.to_owned()), of_person),
    };
    let mut all = Vec::new();
    for case in cases {
        let mut stops = Vec::new();
        for stop in place.stops_on(tenant, case.stream)? {
            stops.extend(place.standing(tenant, stop)?);
        }
        all.push((case, stops));
    }
    let is_stopped = all.iter().flat_map(|it| &it.1).any(|stop| !stop.closed);
    let mut erasure = Erasure { person, streams: vec![], values: vec![], keys: vec![], at: now };
    let mut found = Vec::new();
    for (case, stops) in all {
        let kept = place.load(tenant, &[case.stream])?.into_iter().next().flatten();
        let kept = kept.ok_or(Failure::Overtaken)?;
        erasure.streams.push((kept.standing.stream, kept.standing.version));
        erasure.streams.extend(stops.iter().map(|it| (it.stream, it.version)));
        let sealed = place.sealed(tenant, case.stream)?;
        let (mut of_case, going) = one(&shelf, tenant, kept, &sealed, now, is_stopped)?;
        of_case.n_stops = stops.len();
        if of_case.n_going == of_case.n_kept {
            erasure.keys.push(case.stream.to_string());
        }
        erasure.values.extend(going.into_iter().map(|slot| (case.stream, slot)));
        found.push(of_case);
    }
    if found.iter().any(|it| it.n_going < it.n_kept) {
        // What is left is under the key of the person, or of its case.
        erasure.keys.clear();
    } else {
        erasure.keys.extend(erasure.person.clone());
    }
    let mut has_key = false;
    for key in erasure.keys.iter().chain(&erasure.person) {
        has_key |= place.key(tenant, key)?.is_some_and(|it| it.wrapped.is_some());
    }
    Ok(Found { person: erasure.person.clone(), cases: found, has_key, erasure })
}

/// All cases of a person, under every protocol.
fn cases_of(place: &dyn Place, tenant: Tenant, person: &str) -> Result<Vec<Standing>, Failure> {
    let complainant = Some(person.to_owned());
    let mut find = Find { complainant, limit: CASES, ..Find::default() };
    let mut cases: Vec<Standing> = Vec::new();
    loop {
        let listed = place.list(tenant, &find)?;
        find.after = listed.cases.last().map(|it| it.stream);
        cases.extend(listed.cases);
        if !listed.more {
            return Ok(cases);
        }
    }
}

/// The case of nobody who is known, by its number or id.
fn case_of_nobody(place: &dyn Place, tenant: Tenant, who: &str) -> Result<Standing, Unfound> {
    let id = uuid::Uuid::try_parse(who).ok().map(|it| StreamId(*it.as_bytes()));
    let found = match (place.by_ticket(tenant, who)?, id) {
        (Some(found), _) => Some(found),
        (None, Some(id)) => place.standing(tenant, id)?,
        (None, None) => None,
    };
    let found = found.ok_or(Unfound::Nobody)?;
    match (found.kind, &found.complainant) {
        (StreamKind::Stop, _) => Err(Unfound::Stop),
        (StreamKind::Case, Some(person)) => Err(Unfound::OfPerson(person.clone())),
        (StreamKind::Case, None) => Ok(found),
    }
}

/// A case, and the references whose values may go.
fn one(
    shelf: &Shelf,
    tenant: Tenant,
    kept: Kept,
    sealed: &[Sealed],
    now: Instant,
    is_stopped: bool,
) -> Result<(OfCase, Vec<String>), Failure> {
    let stream = kept.standing.stream;
    let damaged = |what: &str| Failure::Damaged(format!("the stream {stream} {what}"));
    let loaded = shelf.get(tenant, kept.standing.protocol)?;
    let mut loaded = loaded.ok_or_else(|| damaged("is of a protocol that is not kept"))?;
    let mut strings = loaded.machine.strings();
    let decided = decisions_of(shelf, tenant, &mut loaded, &kept, None, &mut strings)?;
    let machine = &loaded.machine;
    let facts: Vec<Fact> = decided.iter().flat_map(|it| &it.facts).copied().collect();
    let case = fold(machine, &facts);
    let on = machine.protocol.zone.civil(now).date();
    let planned = plan(machine, (&case, &facts), &strings, sealed, on);
    let Plan { entries, slots, of_fields, .. } = planned.map_err(|fault| {
        damaged(&format!(
            "has a `[retention]` that broke: {}",
            fault.kind.sentence(&machine.protocol)
        ))
    })?;
    let entries = entries.iter().filter_map(|it| {
        let entry = machine.protocol.retention.get(it.entry.index())?;
        let from = match it.kept {
            Some(Retained::Until(last)) => last.succ_opt(),
            _ => None,
        };
        let why = it.kept.map(|it| it.sentence(machine));
        Some(OfEntry { name: entry.name.clone(), why, from })
    });
    let entries = entries.collect();
    // What was said of a stop is no field. It may lie with any case of the person.
    let going = if is_stopped { of_fields } else { slots };
    let (n_kept, n_going) = (sealed.len(), going.len());
    let standing = kept.standing;
    Ok((OfCase { standing, n_kept, n_going, entries, is_stopped, n_stops: 0 }, going))
}
