//! Cases that are kept, for people: what was recorded, where a case stands, lists, tokens, and why
//! something was not carried out.

mod amendments;
mod case;
mod followed;
mod lists;
mod problem;
mod timeline;
mod tokens;

pub(crate) use amendments::{amended_text, amendments_text};
pub(crate) use case::{allowed_text, show_text, state_line};
pub(crate) use followed::{Followed, event_text, opened_text};
pub(crate) use lists::{list_text, worklist_text};
pub(crate) use problem::problem_text;
pub(crate) use tokens::{made_text, tokens_text};
