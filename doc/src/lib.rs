//! The handbook of a protocol, for people who have never seen its files: who answers by when, what
//! to do when something happens, whom to turn to next.
//!
//! [`handbook`] and [`rank_page`] make a [`Page`] of a machine, in one language; [`html`] and
//! [`markdown`] write it. Everything on it follows from the rules, its dates are counted by the
//! engine from the day from which the protocol holds, and the same protocol gives the same text.

mod page;

mod phrases;

mod say;

mod part;

mod rank;

mod book;

mod write;

pub use book::{handbook, languages, rank_page};
pub use page::{Block, Cell, Inline, Line, Page, Section, Shape, Table};
pub use write::{html, markdown};
