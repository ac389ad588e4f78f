//! What comes out: facts, the bytes they are stored as, and what is to be done.

mod effect;
mod kinds;
mod point;
mod record;

pub use effect::{Effect, EffectKind};
pub use kinds::{Cancelled, ClockId, Fact, FactKind, SEMANTICS_VERSION, Times};
pub use record::{RECORD_VERSION, Record, record};
