//! What one entry says and means. The faults of each kind have a protocol of their own beside
//! the text that authors see.

mod sound;

mod counting;
mod entries;
mod guarantees;
mod holidays;
mod letters;
mod mended;
