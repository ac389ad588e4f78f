//! The `protocol` command as a library: parse, ask the engine, render.

pub mod explain;
