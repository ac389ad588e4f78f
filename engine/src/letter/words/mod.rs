//! Dates, amounts and terms as each language writes them. The names and orders are those of the
//! Unicode CLDR, release 46, files `main/<tag>.xml`, written down here by hand.

mod dates;
mod labels;
mod numbers;
mod terms;

pub use dates::{date, time};
pub use labels::Labels;
pub(crate) use labels::{labels, not_disclosed};
pub use numbers::{money, number};
pub use terms::term;
