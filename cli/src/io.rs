//! The outside of a command as a value: streams, and what is known of the terminal. Tests hand in
//! their own and run commands in their process.

use std::io::{BufRead, Write};

/// Where a command reads and writes.
pub struct Io<'a> {
    /// Answers to questions, and batches.
    pub stdin: &'a mut dyn BufRead,
    /// Data.
    pub stdout: &'a mut dyn Write,
    /// Everything else.
    pub stderr: &'a mut dyn Write,
    /// What is known of the place the command runs in.
    pub place: Place,
}

/// What is known of the place a command runs in.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// Whether a person types standard input.
    pub stdin_is_terminal: bool,
    /// Whether lines may be edited where they are typed: the streams are those of the process.
    pub has_line_editor: bool,
    /// Whether a person reads standard output as it comes.
    pub stdout_is_terminal: bool,
    /// Whether a person reads standard error as it comes.
    pub stderr_is_terminal: bool,
    /// Whether `NO_COLOR` is set.
    pub no_color: bool,
    /// Whether `CI` is set: nobody is there to accept anything, so no accepted text is written.
    pub is_ci: bool,
    /// Columns for the text of `--help`; found out from the terminal if not given.
    pub columns: Option<usize>,
    /// What time it is for commands over kept cases, in tests; the time of the machine if not given.
    pub now: Option<engine::time::Instant>,
    /// On how many threads guarantees are looked at, in tests; as many as there are processors if not
    /// given.
    pub n_threads: Option<usize>,
}
