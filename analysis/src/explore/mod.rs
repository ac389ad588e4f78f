//! All that can become of a case, looked at at once: which situations there are, and which sets
//! of instants belong to each.

mod look;
mod memo;
mod moving;
mod order;
mod reach;
mod spot;

pub use look::{Hunt, Looked, look, together, ways};
pub use reach::{Reach, reach};
