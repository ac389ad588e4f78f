//! `protocol run`: a case played by hand, from a terminal or from a script.

mod words;

mod moment;

mod order;

mod report;

mod missing;

mod lines;

mod editor;

mod keep;

mod session;

mod obey;

mod why_not;

pub(crate) use keep::{Keep, named_as_a_scenario};
pub(crate) use lines::Lines;
pub(crate) use moment::read as read_moment;
pub(crate) use report::{Reported, reported};
pub(crate) use session::Session;
pub(crate) use words::Word;
