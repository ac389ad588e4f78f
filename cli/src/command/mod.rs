//! One file a command: read the words, ask the engine, render.

mod case;
mod case_event;
mod case_open;
mod case_read;
mod check;
mod completions;
mod explain;
mod graph;
mod letter;
mod man;
mod new;
mod run;
mod scenario;
mod serve;
mod test;
mod token;
mod watch;
mod when;
mod why_not;
mod worklist;

pub(crate) use case::case;
pub(crate) use check::check;
pub(crate) use completions::completions;
pub(crate) use explain::explain;
pub(crate) use graph::graph;
pub(crate) use letter::letter;
pub(crate) use man::man;
pub(crate) use new::new;
pub(crate) use run::run;
pub(crate) use serve::serve;
pub(crate) use test::test;
pub(crate) use token::token;
pub(crate) use when::{question, when};
pub(crate) use why_not::why_not;
pub(crate) use worklist::worklist;
