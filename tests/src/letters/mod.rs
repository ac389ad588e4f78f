//! Letters: as they are sent in scenarios, and what hostile templates and values come to.

mod begun;
mod entries;
mod hostile;
mod sent;
mod shop;
