//! The test harness: slow, plain readings of what the engine does quickly, and the suite.
//!
//! With the feature `fuzzing`, which only `fuzz/` asks for, what is fuzzed is public.

#![cfg_attr(
    all(feature = "fuzzing", not(test)),
    expect(
        clippy::unwrap_used,
        clippy::panic,
        reason = "a fuzzer is a test that looks for panics"
    )
)]

#[cfg(test)]
mod canonical;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod diagnostics;
#[cfg(test)]
mod documents;
pub mod edits;
#[cfg(test)]
mod faults;
#[cfg(test)]
pub mod fuzzed;
#[cfg(all(feature = "fuzzing", not(test)))]
pub mod fuzzed;
pub mod generated;
#[cfg(test)]
mod graph;
pub mod guards_agree;
#[cfg(test)]
mod histories;
#[cfg(all(feature = "fuzzing", not(test)))]
#[expect(dead_code, reason = "the tests use the rest")]
mod histories;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod http;
#[cfg(test)]
mod layout;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod playing;
pub mod random;
#[cfg(test)]
mod records;
#[cfg(test)]
mod reference;
#[cfg(all(feature = "fuzzing", not(test)))]
mod reference;
pub mod reference_time;
#[cfg(test)]
mod restored;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod seeded;
#[cfg(test)]
mod shipped;
#[cfg(test)]
mod stops;
pub mod stress;
#[cfg(test)]
mod time_agrees;
#[cfg(test)]
mod time_cases;
#[cfg(all(feature = "fuzzing", not(test)))]
#[expect(dead_code, reason = "the tests use the rest")]
mod time_cases;
#[cfg(test)]
mod traps;
#[cfg(test)]
mod verified;
#[cfg(test)]
mod watched;
#[cfg(test)]
mod weakened;
