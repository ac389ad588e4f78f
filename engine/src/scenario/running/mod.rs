//! One scenario on a virtual clock, held against what it expects.

mod clock;

mod expect;

mod run;

pub use run::run;
