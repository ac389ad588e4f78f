//! Reading a case for somebody: what it is now, was known to be or truly was, and what of it they
//! may see.

use crate::access::{Caller, Reader};
use crate::problem::{Kind, Problem};
use crate::running::Shared;
use crate::wire::{CaseState, Shown, Stream, state};
use engine::text::Symbol;
use engine::time::Instant;
use std::collections::BTreeMap;
use store::cases::{Standing, StreamId, StreamKind, Tenant};
use store::keeper::{Look, Reading, Unread};

/// What the reference of a personal value begins with.
const REFERENCE: &str = "p1:";

/// A case, somebody who may read it, and the personal values that they may see.
pub struct Looked {
    /// The case.
    pub look: Look,
    /// Who reads it.
    pub reader: Reader,
    /// Whether it is read as it is now.
    pub is_now: bool,
    /// The personal values, by their references.
    pub personal: BTreeMap<String, String>,
}

/// When a case is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// As it is now.
    Now,
    /// As it truly was, as far as is known now.
    AsOf(Instant),
    /// As it was known to be.
    AsKnownAt(Instant),
}

/// Reads a case. Waits for the store.
///
/// # Errors
/// There is no such case, or it is not the caller's to read, which is not told apart; or the store
/// failed.
pub fn look(app: &Shared, caller: &Caller, case: StreamId, when: When) -> Result<Looked, Problem> {
    caller.capacity()?;
    let reading = match when {
        When::Now => Reading::Now,
        When::AsOf(at) => Reading::AsTrueAt(at),
        When::AsKnownAt(at) => Reading::AsKnownAt(at),
    };
    let look = of_keeper(app, caller.tenant, case, reading)?;
    let person = |id: Option<Symbol>| id.map(|id| look.strings.get(id));
    let complainant = look.standing.complainant.as_deref();
    let complainant = complainant.or_else(|| person(look.case.complainant));
    let reader = caller.reader(&look.loaded.machine, complainant, person(look.case.respondent))?;
    let personal = app.keeper.personal(caller.tenant, &look.standing);
    let personal = personal.map_err(|it| Problem::of_store(&it))?;
    Ok(Looked { look, reader, is_now: when == When::Now, personal })
}

/// Reads a case, or a stop for whoever reads the case on which it was proposed. Waits for the
/// store.
///
/// # Errors
/// As [`look`].
pub fn look_at_stream(app: &Shared, caller: &Caller, stream: StreamId) -> Result<Looked, Problem> {
    let standing =
        app.place.standing(caller.tenant, stream).map_err(|it| Problem::of_store(&it))?;
    match standing.and_then(|it| it.on) {
        None => look(app, caller, stream, When::Now),
        Some(on) => {
            let case = look(app, caller, on, When::Now)?;
            let look = of_stream(app, caller.tenant, stream, Reading::Now)?;
            Ok(Looked { look, ..case })
        }
    }
}

/// The stops that were proposed on a case, in the order of their ids. Waits for the store.
///
/// # Errors
/// The store failed.
pub fn stops_on(app: &Shared, tenant: Tenant, case: &Looked) -> Result<Vec<Look>, Problem> {
    if case.look.loaded.machine.protocol.stops.is_empty() {
        return Ok(Vec::new());
    }
    let ids = app.place.stops_on(tenant, case.look.standing.stream);
    let ids = ids.map_err(|it| Problem::of_store(&it))?;
    ids.into_iter().map(|it| of_stream(app, tenant, it, Reading::Now)).collect()
}

/// A case, whoever asks.
///
/// # Errors
/// There is no such case; time cannot act on it; or the store failed.
pub fn of_keeper(
    app: &Shared,
    tenant: Tenant,
    case: StreamId,
    reading: Reading,
) -> Result<Look, Problem> {
    let found = of_stream(app, tenant, case, reading)?;
    match found.standing.kind {
        StreamKind::Case => Ok(found),
        StreamKind::Stop => Err(Problem::new(Kind::NOT_FOUND)),
    }
}

fn of_stream(
    app: &Shared,
    tenant: Tenant,
    stream: StreamId,
    reading: Reading,
) -> Result<Look, Problem> {
    let found = app.keeper.look(tenant, stream, reading).map_err(|why| match why {
        Unread::Failed(failure) => Problem::of_store(&failure),
        Unread::Broken(why) => {
            tracing::error!(?why, %stream, "time cannot act on a case");
            Problem::new(Kind::FAULTED).because("time cannot act on the case")
        }
    })?;
    found.ok_or_else(|| Problem::new(Kind::NOT_FOUND))
}

impl Looked {
    /// A reason as it was given; nothing where it was erased. Where nothing is sealed, it stands in
    /// the report itself.
    #[must_use]
    pub fn reason(&self, kept: &str) -> Option<String> {
        match kept.starts_with(REFERENCE) {
            true => self.personal.get(kept).cloned(),
            false => Some(kept.to_owned()),
        }
    }

    /// What was decided of it.
    #[must_use]
    pub fn stream(&self) -> Stream<'_> {
        stream(&self.look)
    }

    /// The case as the reader may see it.
    #[must_use]
    pub fn state(&self) -> CaseState {
        let shown = Shown {
            machine: &self.look.loaded.machine,
            strings: &self.look.strings,
            case: &self.look.case,
            standing: &self.look.standing,
            at: self.look.at,
            is_now: self.is_now,
            personal: &|slot| self.personal.get(slot).cloned(),
        };
        state(&shown, &self.reader)
    }
}

/// What was decided of a case, or of a stop.
#[must_use]
pub fn stream(look: &Look) -> Stream<'_> {
    let Standing { stream: id, kind, stop, .. } = &look.standing;
    let name = stop.as_deref().filter(|_| *kind == StreamKind::Stop);
    Stream {
        machine: look.machine(),
        strings: &look.strings,
        stop: name.map(|it| (*id, it)),
        kept: &look.kept,
    }
}
