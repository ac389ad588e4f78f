//! The `protocol` command as a library: parse, ask the engine, render.

mod args;
mod command;
mod exit;
pub mod explain;
mod guard;
mod io;
mod load;
mod output;
pub mod render;
mod run;
mod unusable;

pub use exit::Exit;
pub use io::{Io, Place};
pub use run::{process, run};
