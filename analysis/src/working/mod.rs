//! Working days and calendar days of the same span, for every span of a calendar.

mod spans;
mod windows;

pub use spans::Spans;
pub use windows::Windows;
