//! Who takes part and what is known of a case.

mod field;
mod party;

pub use field::{Channel, Field, FieldKind, Function, Preset};
pub use party::{Barred, Doer, Party, Role};
