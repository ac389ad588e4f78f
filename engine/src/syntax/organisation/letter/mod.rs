//! Letters: what each must state, the files with their texts, the words they use.

pub(crate) mod entry;
pub(crate) mod file;
pub(crate) mod words;

pub use entry::Letter;
pub use file::LetterFile;
pub use words::{Word, Words};
