//! Terms one after the other, followed from every date.

mod random;
mod three;
