//! Reading: on the thread of whoever asks, from what is kept.

mod look;
mod personal;
mod reader;
mod sent;

pub use look::{Look, Reading, Unread};
pub use reader::Reader;
pub use sent::Sent;
