//! Who there is, and what there is to record and to say.

pub(crate) mod confidential;
pub(crate) mod field;
pub(crate) mod function;
pub(crate) mod help;
pub(crate) mod intake;
pub(crate) mod letter;
pub(crate) mod literal;
pub(crate) mod retention;
pub(crate) mod role;
