//! Names, points, parties, terms, words and conditions: each read where it is written, and what
//! cannot be read reported there.

pub(crate) mod also;
pub(crate) mod find;
pub(crate) mod known;
pub(crate) mod mend;
pub(crate) mod names;
pub(crate) mod party;
pub(crate) mod point;
pub(crate) mod script;
pub(crate) mod term;
pub(crate) mod word;
