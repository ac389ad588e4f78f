//! Who there is, when they work, and what there is to record and to say.

mod calendar;
mod channel;
mod field;
mod function;
mod holiday_set;
mod letter;
mod protocol;
mod role;
mod text;
mod time_rules;

pub use calendar::{Calendar, ClosedOrOpen, OnDay, OpeningHours};
pub use channel::Channel;
pub use field::Field;
pub use function::Function;
pub use holiday_set::{Every, Holiday, HolidaySet, Valid};
pub use letter::Letter;
pub use protocol::{Effective, Protocol};
pub use role::Role;
pub use text::Text;
pub use time_rules::TimeRules;
