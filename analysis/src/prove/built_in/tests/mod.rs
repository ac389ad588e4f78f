//! What every protocol is asked, of small protocols made for it and of those that ship.

mod deadlines;
mod screened;
mod shipped;
mod stops;
mod warnings;
mod world;
