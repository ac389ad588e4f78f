//! From a start, a term and the pauses to the due instant; what is warned of before it, and how
//! much time passed between two instants.

mod course;
mod day_end;
mod days;
mod due;
mod elapsed;
mod hours;
mod reach;
mod rules;
mod since;
mod warning;

pub use course::{Base, Course, Due, Left, Pause, Start, TimeError};
pub use due::{due, due_with};
pub use elapsed::{Elapsed, elapsed};
pub(crate) use reach::alike;
pub use reach::{Reach, reach};
pub use rules::{Ends, FirstDay, OutsideHours, Roll, Rules};
pub use since::since;
pub use warning::{at_percent, before};
