//! One story, taken by the baseline, by the engine, by the engine from JSON text, and by a table
//! whose conditions are plain rhai.

pub(crate) mod engine;
pub(crate) mod json;
pub(crate) mod rhai_table;
pub(crate) mod story;
pub(crate) mod timers;
pub(crate) mod walk;
