//! Returns: the figures of a period that a regulator, a board or the public wants.
//!
//! A return is of what was on record at an instant, so that the same return has the same figures for
//! ever, whatever becomes known later.

mod count;
mod days;
mod divided;
mod figure;
mod write;

pub use count::{Period, Return, of};
pub use divided::divided_by;
pub use figure::{DEFINITIONS, Figure};
pub use write::{as_csv, as_json, as_text};
