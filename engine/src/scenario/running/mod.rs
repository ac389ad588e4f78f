//! One scenario on a virtual clock, held against what it expects.

mod underway;

mod event;
mod movement;
mod run;

mod clock;
mod entry;
mod order;
mod stops;

mod expect;
mod failure;

pub(crate) use entry::clock_name;
pub(crate) use event::event;
pub(crate) use expect::{point, told};
pub(crate) use movement::move_clock;
pub use run::run;
pub(crate) use run::{done, wake};
pub(crate) use underway::Running;
