//! Decisions as bytes: what is written is read, what cannot have been written is refused, and a
//! reader that knows nothing but `docs/RECORDS.md` finds the same.

mod hostile;
mod made;
mod round;
mod sizes;
