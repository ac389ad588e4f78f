//! A case played by hand, one step at a time, and the scenario that it becomes.

mod told;

mod play;

mod next;

mod happened;

mod written;

pub use play::Play;
pub use told::{Happening, Told, Unplayable};
