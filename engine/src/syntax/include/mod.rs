//! Which files make up a protocol: those of its folder that it includes, what ships with Redress and
//! is named by them, and the protocols that it extends.

mod folder;
mod gather;
mod layers;
mod path;
mod read;
mod wanted;

pub(crate) use folder::{Folder, beside};
pub(crate) use layers::{Layers, layers, offered, root_of};
pub(crate) use path::{CALENDARS, LETTERS, LetterPath, letter};
pub(crate) use read::{Included, read};
pub use wanted::{protocols_wanted, shipped_wanted};
