//! Texts on a drawing: how wide they are and where they break.

mod width;

mod wrap;

pub(crate) use width::{Weight, width};
pub(crate) use wrap::{longest_piece, one_line, wrapped, wrapped_by};
