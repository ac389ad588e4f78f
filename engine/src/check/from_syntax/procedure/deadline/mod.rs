//! `[deadlines]`: who must do what by when, how long that is, and how it is put off.

pub(crate) mod entry;
pub(crate) mod extension;
pub(crate) mod for_each;
pub(crate) mod within;

pub(crate) use entry::{date_field, deadline};
