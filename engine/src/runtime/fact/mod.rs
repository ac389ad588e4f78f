//! What comes out: facts, and what is to be done.

mod effect;
mod kinds;

pub use effect::{Effect, EffectKind};
pub use kinds::{Cancelled, ClockId, Fact, FactKind, Times};
