//! The codes as values of an option: shells complete them, and any word is taken, for the page
//! says which code may have been meant.

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command, Error};

use crate::explain::PAGES;

/// Takes any text and offers the codes.
#[derive(Clone)]
pub(crate) struct Codes;

impl TypedValueParser for Codes {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(PAGES.iter().map(|(code, _)| PossibleValue::new(*code))))
    }
}
