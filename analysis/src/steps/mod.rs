//! The steps a case can take, as the engine decides them, on cases without their instants.
//!
//! There is no second model of a protocol here: the engine itself decides every step, on a case
//! from which all instants are erased ([`Key`]). What somebody reports is left open until a
//! condition reads it; the step is then decided once for each value that conditions can tell from
//! the others.

mod erase;
mod follow;
mod given;
mod harvest;
mod key;
mod live;
mod marks;
mod matters;
mod normal;
mod oracle;
mod reports;
#[expect(clippy::module_inception, reason = "the steps themselves")]
mod steps;

pub use follow::Origin;
pub use key::{Counted, Item, Key, Open, Standing};
pub use matters::{About, Grain, Matters};
pub use steps::{PromiseFacts, Step, Steps};

#[cfg(test)]
mod tests;
