//! All that can become of a case, looked at at once: which situations there are, and which sets
//! of instants belong to each.

mod arranged;
mod longest;
mod look;
mod memo;
mod moving;
mod order;
mod reach;
mod spot;

pub use longest::longest;
pub use look::{Hunt, Looked, look, together, ways};
pub(crate) use look::{begin, days, with_instants};
pub(crate) use moving::after;
pub(crate) use reach::covers;
pub use reach::{Reach, Ways, reach};
pub(crate) use spot::Spot;
