//! Where everything lies, in whole pixels from the upper left corner.
//!
//! The order within a row and the places from left to right come from the crate `dagre`, behind
//! `order`; rows, heights, bands, ends of arrows and everything else are ours.

mod shape;

mod content;

mod rows;

mod order;

mod repair;

mod ends;

mod lay;

mod below;

mod crossings;

pub(crate) use below::note_line;
pub(crate) use content::{all_lines_of_arrow, all_lines_of_place, any_of};
pub use crossings::n_crossings;
pub use lay::lay;
pub use shape::{ARROWS_MAX, PLACES_MAX};
pub use shape::{BandBox, Curve, Drawing, Line, NodeBox, Rect, Style, TextBlock, TooLarge};
