//! One file a command: read the words, ask the engine, render.

mod check;

pub(crate) use check::check;
