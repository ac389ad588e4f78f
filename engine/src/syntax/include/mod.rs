//! Which files make up a protocol: those of its folder that it includes, and what ships with
//! Redress and is named by them.

mod path;
mod read;
mod wanted;

pub(crate) use path::{CALENDARS, LetterPath, SHIPPED, letter};
pub(crate) use read::{Included, read, read_root};
pub use wanted::shipped_wanted;
