//! One file a construct: what was written becomes what is meant.

pub(crate) mod across;

pub(crate) mod organisation;

pub(crate) mod procedure;
