//! The words of `protocol trends`.

use clap::{Args as Words, ValueHint};

use crate::args::{AnswerFormat, RegisterWords};

#[derive(Words)]
pub(crate) struct Trends {
    /// The id of the protocol; may be left out where the store has one only.
    #[arg(value_hint = ValueHint::Other)]
    pub protocol: Option<String>,
    /// As it truly was then, as far as is known now; a date means its end.
    #[arg(long, value_name = "TIME", value_hint = ValueHint::Other, conflicts_with = "as_known_at")]
    pub as_of: Option<String>,
    /// As it was known then, whatever became known since: the same for ever.
    #[arg(long, value_name = "TIME", value_hint = ValueHint::Other)]
    pub as_known_at: Option<String>,
    /// How many signals of each trend are shown at most, the latest first; all are counted.
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub limit: u32,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Human)]
    pub format: AnswerFormat,
    #[command(flatten)]
    pub of: RegisterWords,
}
