//! The pages behind `--explain`, part of the program so that they need no network.

mod page;
mod pages;

pub use page::page;
pub use pages::PAGES;
