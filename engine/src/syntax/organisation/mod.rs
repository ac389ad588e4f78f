//! Who there is, when they work, and what there is to record and to say.

pub(crate) mod calendar;
pub(crate) mod channel;
pub(crate) mod field;
pub(crate) mod function;
pub(crate) mod help;
pub(crate) mod holiday;
pub(crate) mod intake;
pub(crate) mod letter;
pub(crate) mod protocol;
pub(crate) mod retention;
pub(crate) mod role;
pub(crate) mod text;
pub(crate) mod time_rules;

pub use calendar::{Calendar, ClosedOrOpen, OnDay, OpeningHours};
pub use channel::Channel;
pub use field::Field;
pub use function::Function;
pub use help::Help;
pub use holiday::{Every, Holiday, HolidaySet, Valid};
pub use intake::Intake;
pub use letter::{Letter, LetterFile, Word, Words};
pub use protocol::{Effective, Protocol};
pub use retention::Retention;
pub use role::Role;
pub use text::Text;
pub use time_rules::TimeRules;
