//! Where in a condition an evaluation is: the values it reads, and the entries its closures are
//! about.

use std::cell::Cell;

use crate::script::Env;
use crate::script::FaultKind;
use crate::script::RecordId;
use crate::script::ScriptFault;
use crate::script::Which;

/// What one evaluation may cost when it asks of entries: each entry counts as often as the
/// question has parts. Two records of 1,000 entries can be compared by a field, each with each.
pub const ENTRY_STEPS_MAX: u32 = 4_000_000;

/// The values an evaluation reads, and the entries that the closures around it are about.
#[derive(Debug)]
pub(super) struct Within<'e, E> {
    pub(super) env: &'e E,
    /// How much of [`ENTRY_STEPS_MAX`] is used.
    steps: &'e Cell<u32>,
    outer: Option<u16>,
    inner: Option<u16>,
}

impl<'e, E: Env> Within<'e, E> {
    /// Outside of all closures.
    #[inline]
    pub(super) const fn new(env: &'e E, steps: &'e Cell<u32>) -> Self {
        Self { env, steps, outer: None, inner: None }
    }

    /// In a closure that asks about an entry.
    pub(super) const fn about(&self, which: Which, entry: u16) -> Self {
        let (outer, inner) = match which {
            Which::Inner => (self.outer, Some(entry)),
            _ => (Some(entry), None),
        };
        Self { env: self.env, steps: self.steps, outer, inner }
    }

    pub(super) const fn is_in_closure(&self) -> bool {
        self.outer.is_some()
    }

    /// The place of an entry; `None` where there is no such entry.
    pub(super) fn entry(&self, record: RecordId, which: Which) -> Option<u16> {
        match which {
            Which::Outer => self.outer,
            Which::Inner => self.inner,
            Which::Last => self.env.entries(record).checked_sub(1),
        }
    }

    /// Counts steps, and ends the evaluation where there are too many.
    pub(super) fn take(&self, parts: u32, record: RecordId) -> Result<(), ScriptFault> {
        let taken = self.steps.get().saturating_add(parts);
        self.steps.set(taken);
        match taken <= ENTRY_STEPS_MAX {
            true => Ok(()),
            false => Err(ScriptFault::new(FaultKind::TooManyEntries { record })),
        }
    }
}
