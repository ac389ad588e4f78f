//! Who there is, and what there is to record and to say.

pub(crate) mod field;
pub(crate) mod function;
pub(crate) mod letter;
pub(crate) mod literal;
pub(crate) mod role;
