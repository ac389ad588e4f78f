//! What the commands over kept cases share: the store as an operator opens it beside a server, the
//! case that is meant, what is reported in words, and what the routes answered.

mod open;
mod reply;
mod report;
mod use_folder;
mod which;

pub(crate) use open::{Desk, Making, tenant_named};
pub(crate) use reply::finish;
pub(crate) use report::{Opening, WhoMay, opening_body, report_body, sent_body};
pub(crate) use use_folder::use_folder;
pub(crate) use which::{Found, declared, known, known_roles, protocol_in_use};
