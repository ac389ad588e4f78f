//! The house rules, one file each. A rule reads the tree and gives what breaks it.

mod diagnostics;
mod layers;
pub(crate) mod licences;
mod links;
mod list;
mod markers;
mod mod_files;
mod reachable;
mod sizes;
mod sources;
mod spaces;
mod spdx;
mod words;

pub(crate) use diagnostics::{Declared, declared};
pub(crate) use layers::LAYERS;
pub(crate) use list::OF_THE_TREE;
