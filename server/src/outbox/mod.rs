//! What happened is sent to those who want to know.
//!
//! Facts leave the store as messages, which were written in the transaction of their decision. The
//! sender takes them, wraps each as a CloudEvent, signs it as Standard Webhooks say and posts it, or
//! appends it to a file. A message is sent at least once, always under the same id, and those of
//! one stream to one receiver one after the other. `docs/WEBHOOKS.md` is written for receivers.

mod deliver;
mod envelope;
mod figures;
mod lanes;
mod options;
mod reach;
mod reply;
mod schedule;
mod sender;
mod sink;
#[cfg(test)]
mod tests;

pub use envelope::secret_text;
pub use figures::Figures;
pub use options::{Options, Outside};
pub use reach::{Resolve, SystemResolve, Target, system_trust, trust};
pub use schedule::Schedule;
pub use sender::{Running, Wake, start};
