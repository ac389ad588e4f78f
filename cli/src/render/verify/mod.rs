//! What `verify` found out.

mod words;

mod verdict;

mod built_in;

mod course;

mod text;

mod certificate;

mod json;

mod junit;

mod sarif;

#[cfg(test)]
mod tests;

pub(crate) use certificate::{certificate_text, certified_text};
pub(crate) use json::verify_json;
pub(crate) use junit::verify_junit;
pub(crate) use sarif::verify_sarif;
pub(crate) use text::verify_text;
