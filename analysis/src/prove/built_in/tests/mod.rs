//! What every protocol is asked, of small protocols made for it and of those that ship.

mod shipped;
mod warnings;
mod world;
