//! A run in words, for people who review it.

mod fact;

mod timeline;

pub use timeline::timeline;
