//! How hard it is tried to find a course.

use crate::Patience;

/// How hard it is tried.
#[derive(Clone, Copy, Debug)]
pub struct Effort<'q> {
    /// How often the engine is asked at most, for one path; or how many courses are begun.
    pub calls: u32,
    /// Whether there is time for more.
    pub patience: &'q Patience,
}

pub(super) static ENDLESS: Patience = Patience::endless();

impl Effort<'static> {
    /// So often, for as long as it takes.
    #[must_use]
    pub const fn of(calls: u32) -> Self {
        Self { calls, patience: &ENDLESS }
    }
}
