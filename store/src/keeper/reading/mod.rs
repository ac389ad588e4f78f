//! Reading: on the thread of whoever asks, from what is kept.

mod look;
mod personal;
mod sent;

pub use look::{Look, Reading, Unread};
pub use sent::Sent;
