//! Starts the `protocol` command.
fn main() {}
