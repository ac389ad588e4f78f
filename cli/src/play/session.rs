//! Playing: one line after the other.

use std::io::ErrorKind;
use std::path::Path;

use engine::machine::Machine;
use engine::runtime::ReportedAt;
use engine::scenario::{Play, Unplayable, step_told};
use engine::text::SourceSet;

use crate::Exit;
use crate::output::Output;
use crate::play::lines::Read;
use crate::play::order::{self, Order};
use crate::play::words::words;
use crate::play::{Keep, Lines};
use crate::render;
use crate::unusable::Unusable;

/// A case on the table, and whoever plays it.
pub(crate) struct Session<'a, 'o, 'i, 'b> {
    pub(super) machine: &'a Machine,
    pub(super) sources: &'a SourceSet,
    pub(super) play: Play<'a>,
    /// When the case is opened, where the opening does not say it.
    pub(super) start: Option<ReportedAt>,
    pub(super) title: Option<String>,
    pub(super) keep: Keep<'a>,
    pub(super) lines: Lines,
    pub(super) output: &'o mut Output<'i, 'b>,
}

/// What comes after a line.
pub(super) enum Then {
    /// The next line.
    GoOn,
    /// The play is over.
    Stop,
    /// The person stopped the program.
    Interrupted,
    /// An event was refused that a script did not only try.
    Refused(String),
}

impl<'a, 'o, 'i, 'b> Session<'a, 'o, 'i, 'b> {
    pub(crate) fn new(
        machine: &'a Machine,
        sources: &'a SourceSet,
        keep: Keep<'a>,
        lines: Lines,
        output: &'o mut Output<'i, 'b>,
    ) -> Self {
        let play = Play::new(machine);
        Self { machine, sources, play, start: None, title: None, keep, lines, output }
    }

    /// Plays all lines, then saves where that was asked for.
    ///
    /// # Errors
    /// Nothing can be read or written any more.
    pub(crate) fn play_from(
        &mut self,
        start: Option<ReportedAt>,
        save: Option<&Path>,
    ) -> anyhow::Result<Exit> {
        self.start = start;
        self.output.data(&render::begin_text(self.machine, start))?;
        if !self.lines.is_script() {
            self.output.note("`help` lists the commands, `may` says what may happen now\n")?;
        }
        loop {
            let prompt = self.prompt();
            let done = match self.lines.next(&prompt, self.output)? {
                Ok(Read::End) => Ok(Then::Stop),
                Ok(Read::Interrupted) => Ok(Then::Interrupted),
                Ok(Read::Line(line)) => self.line(&line),
                Err(error) => Err(error.into()),
            };
            match done {
                Ok(Then::GoOn) => {}
                Ok(Then::Stop) => break,
                Ok(Then::Interrupted) => return Ok(Exit::Interrupted),
                Ok(Then::Refused(why)) => {
                    self.output.note(&format!("{}: {why}\n", self.lines.place()))?;
                    return Ok(Exit::Wrong);
                }
                Err(error) if is_closed(&error) => return Err(error),
                Err(error) if self.lines.is_script() => {
                    let shown = render::harmless(&format!("{}: {error:#}", self.lines.place()));
                    self.output.note(&format!("{shown}\n"))?;
                    return Ok(Exit::CouldNotRun);
                }
                Err(error) => self.output.note(&render::failure(&error))?,
            }
        }
        match save {
            Some(path) => self.save_at_the_end(path),
            None => Ok(Exit::Fine),
        }
    }

    fn prompt(&self) -> String {
        let stage = self.machine.protocol.stages.get(self.play.case().stage.index());
        match stage.filter(|_| self.play.n_steps() > 0) {
            Some(stage) => format!("{}> ", stage.name),
            None => "not open> ".to_owned(),
        }
    }

    fn line(&mut self, line: &str) -> anyhow::Result<Then> {
        let words = words(line)?;
        if words.is_empty() {
            return Ok(Then::GoOn);
        }
        if self.lines.is_script() {
            self.output.data(&format!("\n> {}\n", render::harmless(line)))?;
        }
        match order::order(self.machine, &words)? {
            Some(Order { verb, rest }) => self.obey(verb, &rest),
            None => Ok(Then::GoOn),
        }
    }

    /// Says what the last step came to, and where the case is now.
    pub(super) fn say_what_happened(&mut self) -> anyhow::Result<()> {
        let Some((_, came)) = self.play.last() else { return Ok(()) };
        let told = step_told(self.machine, self.play.strings(), self.play.register(), came);
        let mut text = render::harmless(&told);
        if let Some(now) = self.play.now() {
            text.push_str(&render::now_text(self.machine, self.play.case(), now));
        }
        Ok(self.output.data(&text)?)
    }

    fn save_at_the_end(&mut self, path: &Path) -> anyhow::Result<Exit> {
        if self.play.n_steps() == 0 {
            self.output.note("nothing was played, so nothing is saved\n")?;
            return Ok(Exit::Fine);
        }
        self.save(path)?;
        Ok(Exit::Fine)
    }
}

/// Whether whoever read the output has gone away.
fn is_closed(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<std::io::Error>();
    io.is_some_and(|it| it.kind() == ErrorKind::BrokenPipe)
}

/// A step that cannot be played, as an error of the line.
pub(super) fn unusable(error: Unplayable) -> Unusable {
    Unusable::new(error.problem).maybe_help(error.help)
}
