//! Decisions as bytes: what is written is read, what cannot have been written is refused, and a
//! reader that knows nothing but `docs/RECORDS.md` finds the same.

mod amended;
mod body;
mod erased;
mod golden;
mod hostile;
mod made;
mod reader;
mod round;
mod sizes;
