//! Where the rules begin and end, over one sound protocol of which a test replaces a piece.

mod deadlines;
mod people;
mod procedure;
mod sound;
