//! What is wrong with a protocol as a whole, though each entry by itself makes sense: stages that
//! are never entered, events that may find no way on, clocks that never start.

mod fields;

mod assigned;
mod branches;
mod cases;
mod complies;
mod inspection;
mod lasting;
mod longest;
mod people;
mod points;
mod rules;
mod severity;

pub(crate) use assigned::Assigned;
pub(crate) use complies::{Held, Side, check_maps, complies};
pub(crate) use fields::Fields;
pub use inspection::inspect;
pub(crate) use people::is_inside;
pub(crate) use people::parties;
pub(crate) use rules::statute_unusable;

#[cfg(test)]
mod tests;
