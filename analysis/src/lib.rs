//! What can be proved of a protocol, whatever happens.
//!
//! A proof looks at every course a case can take at once. The courses that differ only in when
//! things happen are held together in a [`zone`]: a set of instants that is described by how
//! far any two of them may lie apart.

pub mod working;
pub mod zone;
