//! One decision as bytes: compact, versioned and in exactly one form, so that it can be hashed as
//! it is stored. `docs/RECORDS.md` describes it for readers in other languages.
//!
//! Bodies name stages, events, fields and rules by their places in a table of [`Names`] that is
//! kept with the version of the protocol. A [`Dictionary`] brings together such a table and the
//! machine that is loaded today, whose numbers may be others.

mod bytes;
mod code;
mod decision;
mod dictionary;
mod fact;
mod kind_read;
mod kind_write;
mod names;
mod report;
mod table;
mod value;

pub use decision::{Basis, Decision, RECORD_VERSION, Read, decode, encode};
pub use dictionary::Dictionary;
pub use names::Names;
pub use table::NAMES_VERSION;
