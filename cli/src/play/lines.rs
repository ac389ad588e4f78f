//! Where the lines of a play come from: a script, or somebody who types.

use std::io::BufRead;
use std::path::Path;

use engine::machine::Machine;

use crate::line::{Line, next_line};
use crate::output::Output;
use crate::play::editor::Editor;
use crate::unusable::Unusable;

/// The longest line, in bytes without the line break.
const LINE_BYTES_MAX: usize = 16 * 1024;

/// The most lines of a script.
const LINES_MAX: usize = 10_000;

/// What was read.
pub(crate) enum Read {
    /// A line, without its line break and without blanks at either end.
    Line(String),
    /// There is no line left.
    End,
    /// The person stopped the program.
    Interrupted,
}

/// The lines of a play.
pub(crate) struct Lines {
    from: From,
    /// What they are called where something is wrong with one.
    name: String,
    number: usize,
}

enum From {
    File(Box<dyn BufRead>),
    /// Standard input, as a script.
    Stream,
    /// Standard input, line by line, with somebody who types.
    Person,
    /// The same, with keys to edit a line.
    Editor(Box<Editor>),
}

impl Lines {
    /// Opens what the words of the command name: a script, or standard input.
    ///
    /// # Errors
    /// The script cannot be opened.
    pub(crate) fn open(
        script: Option<&Path>,
        machine: &Machine,
        output: &Output<'_, '_>,
    ) -> anyhow::Result<Self> {
        let place = output.place();
        let from = match script {
            Some(path) if path != Path::new("-") => From::File(Box::new(store::file::open(path)?)),
            None if place.has_line_editor => From::Editor(Box::new(Editor::new(machine)?)),
            None if place.stdin_is_terminal => From::Person,
            _ => From::Stream,
        };
        let name = match (&from, script) {
            (From::File(_), Some(path)) => path.to_string_lossy().into_owned(),
            _ => "standard input".to_owned(),
        };
        Ok(Self { from, name, number: 0 })
    }

    /// Whether nobody is there to be asked: the first fault ends the play.
    pub(crate) const fn is_script(&self) -> bool {
        matches!(self.from, From::File(_) | From::Stream)
    }

    /// `late.play:4`: where the last line stands.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}", self.name, self.number)
    }

    /// Reads the next line.
    ///
    /// # Errors
    /// It is too long or no UTF-8, in which case the next one can be read, or reading fails.
    pub(crate) fn next(
        &mut self,
        prompt: &str,
        output: &mut Output<'_, '_>,
    ) -> anyhow::Result<Result<Read, Unusable>> {
        self.number = self.number.saturating_add(1);
        if self.is_script() && self.number > LINES_MAX {
            let what = format!("a script has at most {LINES_MAX} lines");
            return Ok(Err(Unusable::new(what)));
        }
        let line = match &mut self.from {
            From::Editor(editor) => return editor.read(prompt).map(Ok),
            From::File(file) => next_line(file, LINE_BYTES_MAX)?,
            From::Stream => next_line(output.stdin(), LINE_BYTES_MAX)?,
            From::Person => {
                output.note(prompt)?;
                next_line(output.stdin(), LINE_BYTES_MAX)?
            }
        };
        Ok(match line {
            Line::End => Ok(Read::End),
            Line::TooLong => {
                Err(Unusable::new(format!("the line has more than {LINE_BYTES_MAX} bytes")))
            }
            Line::Of(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Ok(Read::Line(text.trim().to_owned())),
                Err(_) => Err(Unusable::new("the line is not UTF-8")),
            },
        })
    }

    /// Reads the answer to a question; what cannot be read is asked for again.
    pub(crate) fn answer(
        &mut self,
        question: &str,
        output: &mut Output<'_, '_>,
    ) -> anyhow::Result<Read> {
        loop {
            match self.next(question, output)? {
                Ok(read) => return Ok(read),
                Err(error) => output.note(&format!("  {error}\n"))?,
            }
        }
    }
}
