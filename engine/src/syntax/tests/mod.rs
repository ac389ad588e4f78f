//! What the reader makes of whole files.

mod checked;
mod faults;
mod files;
mod order;
mod random;
