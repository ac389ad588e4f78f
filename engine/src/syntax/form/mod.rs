//! What can be written, as data: which keys a table takes and of what kind their values are. The
//! readers themselves say it. They are run on made-up tables that note every key that is asked
//! for, so that there is no second list that could differ from what is read.

mod kinds;

mod note;

mod describe;

pub(crate) use describe::table;
pub use describe::{holiday_set, protocol};
pub use kinds::{Form, ListForm, Plain, RestForm, TableForm};
pub(crate) use note::{Note, Place, SAMPLE_KEY, Sample};
