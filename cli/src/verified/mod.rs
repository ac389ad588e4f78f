//! What `verify` found out of protocols, as data for the renderers.

mod ask;
mod certificate;
mod conditions;
mod many;
mod name;
mod result;
mod retold;
mod save;

pub(crate) use ask::{Asking, answers, only_named};
pub(crate) use certificate::{Checking, certificate_of, checked, read_certificate};
pub(crate) use conditions::{Conditions, conditions};
pub(crate) use many::{in_parallel, n_threads};
pub(crate) use name::{id_of, is_called, rule_of, says_of, short_of, without_prefix};
pub(crate) use result::{Answered, Found, VerifiedProtocol};
pub(crate) use retold::{Missed, Moment, Retold, retold};
pub(crate) use save::save;
