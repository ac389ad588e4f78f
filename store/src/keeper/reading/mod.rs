//! Reading: on the thread of whoever asks, from what is kept.

mod look;

pub use look::{Look, Reading, Unread};
