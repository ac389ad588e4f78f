//! What can happen, what follows from it, and who must do what by when.

pub(crate) mod condition;
pub(crate) mod deadline;
pub(crate) mod event;
pub(crate) mod guarantee;
pub(crate) mod ladder;
pub(crate) mod record;
pub(crate) mod severity;
pub(crate) mod stage;
pub(crate) mod stop;
pub(crate) mod transition;
