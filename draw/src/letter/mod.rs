//! Letters, set out for reading: as plain text, and as a page that prints on A4.

mod html;
mod text;

pub use html::html;
pub use text::text;
