//! One file a construct: what was written becomes what is meant.

pub(crate) mod condition;
pub(crate) mod deadline;
pub(crate) mod event;
pub(crate) mod extension;
pub(crate) mod field;
pub(crate) mod function;
pub(crate) mod ladder;
pub(crate) mod letter;
pub(crate) mod literal;
pub(crate) mod role;
pub(crate) mod severity;
pub(crate) mod stage;
pub(crate) mod transition;
pub(crate) mod within;
