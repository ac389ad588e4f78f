//! One file a command: read the words, ask the engine, render.

mod check;
mod when;

pub(crate) use check::check;
pub(crate) use when::{question, when};
