//! What a change of a protocol may do to what is proved of it, and what it may not.

mod beside;
mod said;
mod terms;
