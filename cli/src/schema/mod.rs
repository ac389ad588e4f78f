//! What a file takes, as a JSON Schema: the shape of the reader, in the words of draft 2020-12.

mod document;
mod value;

pub(crate) use document::{Of, document};
