//! From what is written to what is meant: every name is looked up, every term read, every
//! condition typed. With any error there is no protocol, and all errors are found at once.

mod calendar;
mod citations;
mod counts;
mod from_syntax;
mod holiday;
mod letter_texts;
mod library;
mod log;
mod look_over;
mod look_up;
mod protocol;
mod readable;
mod rules;
mod scope;
mod sense;

pub use protocol::check;

#[cfg(test)]
mod tests;
