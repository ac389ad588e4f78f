//! The pages: plain HTML that works without a script, and by keyboard and screen reader.

mod docs;
mod frame;
mod status;

pub use docs::docs;
pub use status::{form, status};
