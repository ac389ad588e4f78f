//! What can influence what is asked: everything else is left out of the cases that are looked at.
//!
//! Where a case is in the procedure always matters, and so does whatever decides that. A deadline
//! matters where its end moves the case, where a condition that matters asks about it, or where
//! what it does is a point that matters. An event matters where it can do something of all this, and
//! only then do the conditions matter that it asks for. Nothing matters where the guarantee that is
//! watched can neither be begun nor broken any more.

mod about;
mod cone;
#[expect(clippy::module_inception, reason = "what matters itself")]
mod matters;
mod of;

pub use about::{About, Grain};
pub use matters::Matters;
pub(super) use of::field_that_chooses;
