//! The test harness: what the suites share, and the tests that look at the engine as a whole.

#[cfg(test)]
mod reference;
