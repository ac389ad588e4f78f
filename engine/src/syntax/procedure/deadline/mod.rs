//! `[deadlines]`: who must do what by when, how long that is, and how it is put off.

pub(crate) mod entry;
pub(crate) mod extension;
pub(crate) mod within;

pub(crate) use entry::read;
pub use entry::{Counts, Deadline, MetBy, Outcome};
pub use extension::{Extension, Times};
pub use within::{Within, WithinChoice, WithinLevel};
