//! Calendars are amended: recorded once, and taken into every open case at the instant at which it
//! was recorded, before anything else happens to the case.

mod keep;
mod pending;
mod rounds;

pub use keep::{NewAmendment, NotAmended};
pub(crate) use pending::{as_amended, bring, renew};
pub(crate) use rounds::{Rounds, round};
