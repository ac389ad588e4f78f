//! Stops: random protocols, random lives. Whatever happens, a new complaint is heard, and no stop
//! stands without notice, review and appeal.

mod bytes;
mod lives;
mod made;
mod sound;
