//! What is wrong with a protocol, as data. Shells draw it.

mod code;
mod list;
mod suggest;

pub use code::{Code, Severity};
pub use list::{Diagnostic, Diagnostics, Edit, Fix, Label};
pub use suggest::{listed, nearest, nearest_or_listed, only_near};
