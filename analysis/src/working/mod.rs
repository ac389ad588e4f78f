//! Working days and calendar days of the same span, for every span of a calendar.

mod windows;

pub use windows::Windows;
