//! Records in conditions: questions about their entries, and the fields of an entry.

mod closure;
mod field;
mod question;
mod unset;

pub(crate) use field::{as_value, is_set};
pub(crate) use question::{about_entries, is_about_entries};
pub(crate) use unset::nothing_unset;
