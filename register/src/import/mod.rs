//! A register comes in: the rows of a file become cases.
//!
//! A [`Map`] says what each column is. [`sheet`] reads the file, [`plan`] makes of each row what is to
//! be reported, [`run`] reports it. Every row that does not fit is listed, all at once, and as long as
//! there is one, nothing is changed.

mod fault;
mod map;
mod of_csv;
mod of_xlsx;
mod plan;
mod run;
mod sheet;
mod trial;
mod value;
mod zipped;

pub use fault::{Fault, Faults};
pub use map::{Entered, Map, MapFault, own_map};
pub use plan::{Act, Plan, plan};
pub use run::{Done, Found, Refused, known, run};
pub use sheet::{
    CELL_BYTES_MAX, COLUMNS_MAX, FILE_BYTES_MAX, ROWS_MAX, Raw, Row, Sheet, of_bytes, sheet,
};
pub use trial::{importing, trial};
pub use zipped::UNPACKED_BYTES_MAX;
