//! The referee: a slow, plain interpreter of a protocol, written from the documents and not from
//! the engine.
//!
//! It works on the [`Protocol`](engine::model::Protocol), never on the machine's tables. A case is
//! plain maps and lists, a clock keeps its whole history, and every due instant is derived again
//! from that history whenever somebody asks for it. Counting of time and reading of conditions are
//! taken from the engine: both have referees of their own.

mod carry_out;
mod case;
mod clock;
mod event;
mod grade;
mod sight;
mod tell;
mod work;

pub(crate) use case::{Life, RefCase, RefClock};
pub(crate) use clock::count::due_at;
pub(crate) use event::step::{RefStep, pass, step};
