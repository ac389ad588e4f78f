//! The `protocol` command as a library: parse, ask the engine, render.

mod args;
mod command;
mod desk;
mod exit;
pub mod explain;
mod fix;
mod guard;
mod io;
mod kept;
mod line;
mod load;
mod output;
mod play;
mod question;
mod register;
pub mod render;
mod run;
mod schema;
mod serve;
mod template;
mod tested;
mod unusable;
mod verified;

pub use exit::Exit;
pub use io::{Io, Place};
pub use run::{process, run};
