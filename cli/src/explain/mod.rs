//! The pages behind `--explain`, part of the program so that they need no network.

mod pages;

pub use pages::PAGES;
