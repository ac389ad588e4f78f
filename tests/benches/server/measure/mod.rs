//! What is measured, each beside what it is measured against.

mod bench;
mod million;
mod sizes;
mod soak;
mod starts;
mod writes;

pub(crate) use bench::{Bench, CONNECTIONS};
pub(crate) use million::million;
pub(crate) use sizes::{sizes_postgres, sizes_sqlite};
pub(crate) use soak::soak;
pub(crate) use starts::starts;
pub(crate) use writes::{writes_postgres, writes_sqlite};
