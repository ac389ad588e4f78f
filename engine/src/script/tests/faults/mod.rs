//! Every fault of a condition, drawn as its author sees it.

mod drawn;
mod kinds;
mod measure;
mod names;
mod reading;
