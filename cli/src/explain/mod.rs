//! The pages behind `--explain`, part of the program so that they need no network.

mod codes;
mod page;
mod pages;

pub(crate) use codes::Codes;
pub use page::page;
pub use pages::PAGES;
