//! Whether what has a meaning can be what was meant: questions about a deadline, a warning or a
//! calendar that need the finished protocol beside what was written.

mod calendars;
mod counting;
mod extensions;
mod history;
mod look;
mod warnings;

pub(crate) use look::look;
pub(crate) use warnings::TooEarly;
