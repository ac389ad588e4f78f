//! Complaints protocols as code: a protocol is text, a case is a fold of facts, and every due
//! instant can be explained.
//!
//! The modules below are the life of a protocol, in order. A module may use itself and the
//! modules above it, never one below; `cargo xtask tidy` keeps it so. Nothing in here reads a
//! file, a clock, the environment or a random source.

pub mod text;

pub mod diagnostic;

pub mod time;

pub mod script;

pub mod syntax;

pub mod model;

pub mod check;

pub mod machine;

pub mod inspect;

pub mod runtime;

pub mod letter;

pub mod scenario;

pub mod picture;

mod load;

pub use load::{compile, load, look_over};
