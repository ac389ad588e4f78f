//! What `verify` found out of protocols, as data for the renderers.

mod name;
mod result;
mod retold;

pub(crate) use name::{id_of, rule_of, says_of, short_of};
pub(crate) use result::{Answered, Found, VerifiedProtocol};
pub(crate) use retold::{Missed, Moment, Retold, retold};
