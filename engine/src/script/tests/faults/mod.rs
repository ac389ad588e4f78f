//! Every fault of a condition, drawn as its author sees it.

mod closures;
mod drawn;
mod entries;
mod kinds;
mod measure;
mod names;
mod reading;
mod records;
mod unset;
