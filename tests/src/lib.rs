//! The test harness: slow, plain readings of what the engine does quickly, and the suite.

#[cfg(test)]
mod diagnostics;
pub mod guards_agree;
#[cfg(test)]
mod histories;
pub mod random;
#[cfg(test)]
mod reference;
pub mod reference_time;
#[cfg(test)]
mod time_agrees;
#[cfg(test)]
mod time_cases;
