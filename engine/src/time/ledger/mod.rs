//! The working behind a due instant, day by day, and the sentences that tell it.

mod entry;
mod sentence;

pub use entry::{DayWhat, Entry, Ledger, LedgerSink, Silent};
pub use sentence::sentence;
