//! What there is to show of a protocol, and what its scenarios have shown.

mod seen;

pub(crate) mod reach;

mod goals;

mod shown;

mod stops;

pub use goals::{Aspect, Goal};
pub use seen::{Limit, Seen};
pub(crate) use seen::{in_conditions, in_decision, in_refusal};
pub use shown::{Coverage, Tally};
pub use stops::StopSight;
pub(crate) use stops::{in_stop, proposing, refusing, stop_refusal};
