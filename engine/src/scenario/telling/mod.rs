//! A run in words, for people who review it.

mod correction;

mod fact;

mod stop;

mod timeline;

pub use fact::fact as fact_words;
pub use timeline::{step_told, timeline};
