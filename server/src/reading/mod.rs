//! Reading a case for somebody: the case itself, its letters, and what its complainant is told.

mod case;
mod letter;
mod status;
mod versions;

pub use case::{Looked, When, look, look_at_stream, of_keeper, stops_on, stream};
pub use letter::{Wanted, written};
pub use status::of_case;
pub use versions::Versions;
