//! Late news: an event that happened before something that is recorded already, or that says that
//! an earlier one was wrong. The case is decided again from there, by the same `decide`, and the
//! difference is recorded; what was recorded stays. Also the two ways of reading a case in the
//! past: as it was known then, and as it truly was.

mod again;
mod difference;
mod journal;
mod late;
mod news;
mod order;
mod post;
mod readings;
mod written;

pub use journal::{Journal, Recorded};
pub use late::{Correction, correct};
pub use news::{News, news};
pub use post::{Posted, post, posted};
pub use readings::{Reading, as_known_at, as_true_at};
