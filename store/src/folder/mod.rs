//! Protocol folders: which files belong to a protocol, read within limits and never from outside.

mod find;
mod list;
mod named;
mod part;
mod read;

pub use find::find;
pub(crate) use part::is_part;
pub use part::{Part, part};
pub use read::{accepted, read, scenarios, sent};
