//! From what is written to what is meant: every name is looked up, every term read, every
//! condition typed. With any error there is no protocol, and all errors are found at once.

mod calendar;
mod counts;
mod find;
mod from_syntax;
mod holiday;
mod known;
mod library;
mod log;
mod names;
mod party;
mod point;
mod protocol;
mod rules;
mod scope;
mod script;
mod term;
mod word;

pub use protocol::check;

#[cfg(test)]
mod tests;
