//! What goes wrong around a server in this process: its store fails, its clock jumps.
//! `cli/tests/faults` does the same to processes.

mod clock;
mod failing;
mod sending;
