//! A course for people: as a scenario file, as a timeline, as rows of a table.

mod act;

mod story;

mod rows;

pub use rows::{Row, rows};
pub use story::{longest, scenario, timeline};
