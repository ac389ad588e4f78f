//! Terms, the instants at which they end, and the working shown for it.

mod elapsed;
mod ledger;
mod paths;
mod range;
mod reach;
mod term;
mod traps;
mod warning;
