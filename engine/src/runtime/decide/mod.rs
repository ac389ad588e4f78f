//! From a case and an event to facts, or to a refusal, or to a fault. A pure function: the case
//! handed in does not change, and the same inputs give the same bytes.
//!
//! One event runs to completion in a fixed order, which is the order of the files here: time acts
//! first (`passing`), who may (`who`), what it brings (`data`), what it lengthens (`clock/extend`),
//! which way it takes (`choose`), what that does (`carry_out`), what the clocks do (`clock`), what is
//! to be said of the guarantees (`watch`).

mod amend;
mod built_in;
mod carry_out;
mod choose;
mod clock;
mod data;
mod entry;
mod passing;
mod start;
mod steps;
mod watch;
mod who;
mod work;

pub(crate) use amend::amended_again;
pub use amend::{Amending, amend};
pub use clock::ends::{Counts, end_for};
pub use clock::warned::{Warns, warns_for};
pub use passing::ACTS_MAX;
pub use start::{
    Decision, Scratch, act_asking, decide, decide_asking, decide_into, wake, wake_into,
};
pub(crate) use start::{explained, explained_wake, may};
pub use steps::allowed;
pub(crate) use steps::{is_taken, is_too_long_ago};
pub(crate) use work::{Work, party, who};
