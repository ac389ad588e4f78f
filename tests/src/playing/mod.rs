//! Cases played by hand: what is saved is read again as it was, and runs as it was played.

mod hostile;
pub(crate) mod random;
mod round_trip;
mod what_may_happen;
