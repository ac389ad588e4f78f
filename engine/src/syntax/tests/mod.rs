//! What the reader makes of whole files.

mod checked;
mod faults;
mod files;
mod measure;
mod order;
mod random;
mod stacked;
