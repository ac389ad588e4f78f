//! Why an event is refused, or what would follow.

mod json;
mod said;
mod text;

pub(crate) use json::why_not_json;
pub(crate) use said::WhyNot;
pub(crate) use text::why_not_text;
