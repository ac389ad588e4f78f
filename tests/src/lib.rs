//! The test harness: slow, plain readings of what the engine does quickly.

pub mod reference_time;
#[cfg(test)]
mod time_agrees;
#[cfg(test)]
mod time_cases;
