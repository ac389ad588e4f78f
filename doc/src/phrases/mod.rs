//! The headings and connecting words of handbooks: a table for each language.

mod da;
mod de;
mod en;
mod fi;
mod fr;
mod nl;
mod sv;
mod table;
mod which;

pub(crate) use table::Phrases;
pub(crate) use which::of;
