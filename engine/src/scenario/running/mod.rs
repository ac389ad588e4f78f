//! One scenario on a virtual clock, held against what it expects.

mod clock;

mod expect;

mod run;

pub(crate) use expect::told;
pub use run::run;
pub(crate) use run::{Running, done, event, move_clock, wake};
