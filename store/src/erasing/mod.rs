//! Erases what is known of a person, once `[retention]` lets it go.
//!
//! What is looked at are all cases of the person, under every protocol and version, and the stops on
//! them. It is looked at without anything being changed; what is found is then erased in one
//! transaction, or not at all where anything was reported meanwhile. Whoever reports at the same time
//! loses nothing: a value that was sealed under a key which is destroyed is not written, and the
//! report is decided again with a new one.

mod found;
mod look;
mod run;
#[cfg(test)]
mod tests;

pub use found::{Found, OfCase, OfEntry};
pub use look::{Unfound, look};
pub use run::{Erased, erase};
