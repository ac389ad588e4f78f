//! A page as text.

mod html;
mod markdown;

pub use html::html;
pub use markdown::markdown;
