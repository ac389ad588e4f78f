//! A drawing as SVG: accessible, for light and dark screens and for paper, without scripts.

mod style;

mod write;

pub use write::svg;
