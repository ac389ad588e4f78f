//! A case that is played by hand: where it is, what may happen, what is due, what was done.

mod ahead;
mod help;
mod may;
mod state;

pub(crate) use ahead::ahead_text;
pub(crate) use help::help_text;
pub(crate) use may::{may_text, needs};
pub(crate) use state::{begin_text, now_text, start_text, state_text};
