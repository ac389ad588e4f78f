//! Many cases of one protocol, as a shell holds them in memory: events reported to one of them,
//! time passing for all of them.

mod held;

mod register;

mod passing;

mod history;

mod past;

mod held_stop;
mod stops;

mod taking;

mod brought;

mod seen;

mod trends;

#[cfg(test)]
mod tests;

pub use held::{CaseKey, Held, Kept};
pub use held_stop::HeldStop;
pub use history::is_upheld;
pub use past::Past;
pub use register::Register;
pub use seen::{Seen, seen_by, stop_seen_by};
pub use stops::StopKey;
pub use taking::{Followed, Taken};
pub(crate) use trends::one_short;
pub use trends::{Change, Changed, Gathered, Signal, Standing, trends};
