//! Who takes part and what is known of a case.

mod confidential;
mod field;
mod help;
mod intake;
mod party;
mod retention;
mod ticket;

pub use confidential::{Confidential, Readable};
pub use field::{Channel, Field, FieldKind, Function, Preset};
pub use help::Help;
pub use intake::Intake;
pub use party::{Barred, Doer, Party, Role};
pub use retention::Retention;
pub use ticket::{TicketFault, TicketScheme};
