//! Trends: cases that have something in common, wherever many cases are held.

mod clusters;

mod gathered;

mod placed;

mod watch;

pub use clusters::Signal;
pub use gathered::{Gathered, Standing};
pub use watch::{Change, Changed, trends};
pub(crate) use watch::{Watch, one_short};
