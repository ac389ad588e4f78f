//! One scenario on a virtual clock, held against what it expects.

mod clock;
mod corrected;

mod entry;

mod expect;
mod expect_hidden;
mod expect_stops;

mod order;

mod run;
mod stops;

pub(crate) use corrected::point;
pub(crate) use entry::clock_name;
pub(crate) use expect::told;
pub use run::run;
pub(crate) use run::{Running, done, event, move_clock, wake};
