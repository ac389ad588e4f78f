//! Reading a case for somebody: what it is now, was known to be or truly was, and what of it they
//! may see.

use crate::access::{Caller, Reader};
use crate::problem::{Kind, Problem};
use crate::running::Shared;
use crate::wire::{CaseState, Shown, state};
use engine::text::Symbol;
use engine::time::Instant;
use std::collections::BTreeMap;
use store::cases::{StreamId, StreamKind, Tenant};
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
    let found = app.keeper.look(tenant, case, reading).map_err(|why| match why {
        Unread::Failed(failure) => Problem::of_store(&failure),
        Unread::Broken(why) => {
            tracing::error!(?why, %case, "time cannot act on a case");
            Problem::new(Kind::FAULTED).because("time cannot act on the case")
        }
    })?;
    let found = found.filter(|it| it.standing.kind == StreamKind::Case);
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
