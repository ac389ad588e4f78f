//! What is asked of a place as a whole: by those who check it and those who copy it.

mod audited;
mod copied;

pub use audited::{Audited, Form, OnPage, Stray};
pub use copied::{Cell, Copied, CopiedRow, CopiedTable, TABLES};
pub(crate) use copied::{DUTY, JOURNAL};
