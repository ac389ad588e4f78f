//! One file a command: read the words, ask the engine, render.

mod check;
mod explain;
mod graph;
mod new;
mod test;
mod when;
mod why_not;

pub(crate) use check::check;
pub(crate) use explain::explain;
pub(crate) use graph::graph;
pub(crate) use new::new;
pub(crate) use test::test;
pub(crate) use when::{question, when};
pub(crate) use why_not::why_not;
