//! Worked cases: the documentation of a protocol and its tests. A scenario is read against a
//! machine, run on a virtual clock, compared with what it expects, told as a timeline, and
//! counted into the coverage of its protocol. Knows nothing of files and terminals.

mod story;

mod rules;

mod names;

mod value;

mod given;

mod read_expect;

mod read_step;

mod read;

mod words;

mod outcome;

mod seen;

mod clock;

mod expect;

mod run;

mod reach;

mod goals;

mod coverage;

mod tell;

mod timeline;

#[cfg(test)]
mod tests;

pub use coverage::{Coverage, Tally};
pub use goals::{Aspect, Goal};
pub use outcome::{Cited, Failure, Outcome, Reported, StepOutcome};
pub use read::read;
pub use run::run;
pub use seen::{Limit, Seen};
pub use story::{Act, Due, Expect, Movement, Scenario, Step, When};
pub use tell::fact as fact_words;
pub use timeline::timeline;
