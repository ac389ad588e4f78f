//! Who may do what: tokens, what they let their holders report and read, and how often.

mod caller;
mod rate;
mod reader;
mod secret;
mod tokens;
mod whose;

pub use caller::Caller;
pub use rate::{Allowance, Rates};
pub use reader::Reader;
pub use secret::{Secret, hash};
pub use tokens::{Identities, Tokens};
pub use whose::Capacity;
