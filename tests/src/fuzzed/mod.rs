//! What is fuzzed: one function for each target of `fuzz/`. Each takes any bytes and panics when
//! the engine breaks its word. The same functions replay what was found, as ordinary tests.

mod calendar;
mod condition;
mod history;
mod load;
mod pieces;
#[cfg(test)]
mod replay;
mod scenario;
mod script;
#[cfg(test)]
mod seeds;
mod term;

pub use calendar::calendar;
pub use condition::condition;
pub use history::history;
pub use load::load;
pub use scenario::scenario;
pub use script::script;
pub use term::term;
