//! Where the rules begin and end, over one sound protocol of which a test replaces a piece.

mod people;
mod procedure;
