//! The calendars that ship with Redress.

/// Their paths in a set of sources, and their texts.
pub(crate) const CALENDARS: &[(&str, &str)] = &[];
