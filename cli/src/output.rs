//! The only place that writes.

use std::io::{self, BufRead as _, Read as _, Write};

use crate::args::Color;
use crate::io::{Io, Place};

/// The longest answer to a question, in bytes.
const ANSWER_BYTES_MAX: u64 = 4_096;

/// Clears a terminal and goes to its upper left corner.
const CLEAR: &str = "\u{1b}[2J\u{1b}[H";

/// The streams of a command. Text may hold colours; they are taken out where none are wanted.
pub(crate) struct Output<'a, 'b> {
    io: &'a mut Io<'b>,
    color: Color,
}

impl<'a, 'b> Output<'a, 'b> {
    pub(crate) const fn new(io: &'a mut Io<'b>, color: Color) -> Self {
        Self { io, color }
    }

    /// What is known of the place the command runs in.
    pub(crate) const fn place(&self) -> &Place {
        &self.io.place
    }

    /// Writes data to standard output.
    pub(crate) fn data(&mut self, text: &str) -> io::Result<()> {
        let is_colored = self.is_colored(self.io.place.stdout_is_terminal);
        write(&mut self.io.stdout, text, is_colored)
    }

    /// Clears the terminal, if a person reads standard output on one.
    pub(crate) fn clear(&mut self) -> io::Result<()> {
        match self.io.place.stdout_is_terminal {
            true => write(&mut self.io.stdout, CLEAR, true),
            false => Ok(()),
        }
    }

    /// Writes everything else to standard error.
    pub(crate) fn note(&mut self, text: &str) -> io::Result<()> {
        let is_colored = self.is_colored(self.io.place.stderr_is_terminal);
        write(&mut self.io.stderr, text, is_colored)
    }

    /// Asks a question on standard error and reads a line; nothing at the end of the input.
    pub(crate) fn ask(&mut self, question: &str) -> io::Result<Option<String>> {
        self.note(question)?;
        let mut answer = Vec::new();
        let n_bytes = (&mut self.io.stdin).take(ANSWER_BYTES_MAX).read_until(b'\n', &mut answer)?;
        let text = String::from_utf8_lossy(&answer);
        Ok((n_bytes > 0).then(|| text.trim().to_owned()))
    }

    /// Standard output, for data that is written as it comes.
    pub(crate) fn stdout(&mut self) -> &mut dyn Write {
        self.io.stdout
    }

    /// Standard input, for batches.
    pub(crate) fn stdin(&mut self) -> &mut dyn io::BufRead {
        self.io.stdin
    }

    fn is_colored(&self, is_terminal: bool) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !self.io.place.no_color,
        }
    }
}

fn write(stream: &mut dyn Write, text: &str, is_colored: bool) -> io::Result<()> {
    if is_colored {
        stream.write_all(text.as_bytes())?;
    } else {
        stream.write_all(anstream::adapter::strip_str(text).to_string().as_bytes())?;
    }
    stream.flush()
}
