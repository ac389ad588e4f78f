//! The complaints register: cases as the rows of tables, files that go out and come in, returns for
//! a regulator, and event logs for process mining.
//!
//! What a row says is worked out in [`rows`] from a case and its machine, without a file or a clock;
//! [`walk`] reads the cases, [`out`] writes the tables. The command, the routes and whoever else asks
//! take the columns from [`tables`], so that no two registers differ.

pub mod cell;
pub mod import;
pub mod log;
pub mod out;
pub mod returns;
pub mod rows;
pub mod tables;
pub mod trends;
pub mod viewer;
pub mod walk;
