//! Source text and positions in it. Knows nothing of what the text means.

mod fingerprint;
mod language;
mod line_index;
mod source_set;
mod span;
mod strings;

pub use fingerprint::{FOLDER_VERSION, folder_bytes, folder_files, sha256};
pub use language::Language;
pub use line_index::{LineColumn, LineIndex};
pub use source_set::{BESIDE, FileId, SHIPPED, SourceFile, SourceSet, is_outside};
pub use span::{Span, Spanned};
pub use strings::{Strings, Symbol};
