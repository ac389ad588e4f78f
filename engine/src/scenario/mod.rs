//! Worked cases: the documentation of a protocol and its tests. A scenario is read against a
//! machine, run on a virtual clock, compared with what it expects, told as a timeline, and
//! counted into the coverage of its protocol. A case played by hand becomes one, and is written out
//! as one. Knows nothing of files and terminals.

mod story;

mod stopped;

mod rules;

mod reading;

mod form;

mod words;

mod outcome;

mod running;

mod coverage;

mod telling;

mod sending;

mod writing;

mod playing;

#[cfg(test)]
mod tests;

pub(crate) use coverage::reach;
pub use coverage::{Aspect, Coverage, Goal, Limit, Seen, StopSight, Tally};
pub use form::form;
pub use outcome::{Cited, Failure, Outcome, Reported, StepOutcome, StopFact};
pub use playing::{Happening, Play, Told, Unplayable};
pub use reading::read;
pub use running::run;
pub use sending::{Sent, personal, sent};
pub use stopped::{StopBefore, StopExpect, StopPoint};
pub use story::{Act, ClockName, Due, Expect, Movement, ReadAt, Remembered, Scenario, Step, When};
pub use telling::{fact_words, step_told, timeline};
pub use words::value_words;
pub use writing::write;
