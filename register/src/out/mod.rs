//! Registers as files.

mod csv;
mod export;
mod template;
mod xlsx;

pub use self::csv::{Csv, harmless};
pub use self::xlsx::{About, SHEET_ROWS_MAX, Xlsx};
pub use export::{Format, csv, xlsx};
pub use template::{template_csv, template_xlsx};
