//! The bases in which the terms of a protocol are counted, and what a term is in each.
//!
//! **A base** is a function of instants that is a whole number and never falls: how many of its
//! *marks* lie strictly before. The marks are the instants at which the engine consumes a day: for
//! working days of a calendar the close, or the midnight, of each; for calendar days that of every
//! day. The midnights of all days are always a base: two readings in it lie as far apart as the
//! civil dates. Terms in hours have a base of minutes, elapsed or inside the windows.
//!
//! Between an earlier instant `s` and a later one `t` a base counts the marks in `[s, t)`. So an
//! act at a due instant that is a mark reads the same as the due instant itself, and an act a
//! millisecond later reads one more.
//!
//! **A length** is what lies between the begin of something and its due instant, in each base the
//! least and the most over all instants at which it may begin. Time is cut where a day begins or
//! ends and where a calendar opens or closes; between two cuts everything that begins is due alike
//! (or, where only the time of day or hours count, later as it begins later), so that the ends of
//! each piece tell all. The due instant itself is always asked of the engine. Things that begin in
//! one decision begin at one instant, and their lengths are told together, each possibility once.
//! A clock that somebody has put off to a date has any length from that of its term on, up to what
//! the extension allows.
//!
//! **Between two bases** tables say how much the one can count where the other counts so much,
//! wherever in the window it lies. For two bases `A` and `B`, instants `s` and `t`: if `A` counts
//! `k` between them, `s` lies between two marks of `A` next to each other, and `t` between two that
//! lie `k` further; `B` reads most between them where `s` is the first instant of its stretch and `t`
//! the last of its own, and least the other way round. What is known of the instants besides (a
//! mark; on a working day before its close; neither) makes these stretches shorter.

mod all;
mod base;
mod begin;
mod counting;
mod length;
mod marks;
mod place;
mod stand;
mod starts;
mod table;
mod takes;
mod window;

#[cfg(test)]
pub(crate) mod tests;

pub use all::{Bases, NoBases};
pub use base::{BASES_MAX, Base, BaseId, BaseSet, Unit};
pub use counting::Counting;
pub use length::{Length, Place, When};
pub use window::{WINDOW_DAYS_MAX, Window};
