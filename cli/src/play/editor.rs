//! Typing at a terminal: keys to edit a line, the lines before, names completed by Tab.

use engine::machine::Machine;
use engine::model::{Field, FieldKind, Party};
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{Config, Context, Helper};

use crate::play::lines::Read;
use crate::play::order::verb_words;

/// Lines before the present one that are kept.
const HISTORY_MAX: usize = 200;

/// A line editor.
pub(crate) struct Editor {
    editor: rustyline::Editor<Names, MemHistory>,
}

impl Editor {
    /// An editor that knows the names of a protocol.
    ///
    /// # Errors
    /// The terminal cannot be used.
    pub(crate) fn new(machine: &Machine) -> anyhow::Result<Self> {
        let config = Config::builder().max_history_size(HISTORY_MAX)?.auto_add_history(true);
        let mut editor = rustyline::Editor::with_history(
            config.build(),
            MemHistory::with_config(&Config::default()),
        )?;
        editor.set_helper(Some(Names::of(machine)));
        Ok(Self { editor })
    }

    /// Reads a line. Ctrl-D ends the input, Ctrl-C the program.
    ///
    /// # Errors
    /// The terminal cannot be read.
    pub(crate) fn read(&mut self, prompt: &str) -> anyhow::Result<Read> {
        match self.editor.readline(prompt) {
            Ok(line) => Ok(Read::Line(line.trim().to_owned())),
            Err(ReadlineError::Eof) => Ok(Read::End),
            Err(ReadlineError::Interrupted) => Ok(Read::Interrupted),
            Err(error) => Err(error.into()),
        }
    }
}

/// The names that may be typed.
pub(crate) struct Names {
    words: Vec<String>,
    /// `outcome=upheld`, for each choice.
    pairs: Vec<String>,
}

impl Names {
    /// All names of a protocol that a command may take.
    fn of(machine: &Machine) -> Self {
        let protocol = &machine.protocol;
        let mut words: Vec<String> = verb_words().map(str::to_owned).collect();
        words.extend(protocol.events.iter().map(|it| it.name.clone()));
        words.extend(protocol.roles.iter().map(|it| it.name.clone()));
        words.extend(Party::built_in_names().map(str::to_owned));
        words.extend(protocol.channels.iter().map(|it| it.name.clone()));
        words.extend(protocol.deadlines.iter().map(|it| it.name.clone()));
        let of_entries = protocol.records.iter().flat_map(|it| &it.fields).map(|it| &it.field);
        let fields: Vec<&Field> = protocol.fields.iter().chain(of_entries).collect();
        words.extend(fields.iter().map(|it| format!("{}=", it.name)));
        words.extend(["by", "via", "because", "entry"].map(str::to_owned));
        words.sort();
        words.dedup();
        let mut pairs = Vec::new();
        for field in fields {
            let set = match &field.kind {
                FieldKind::Choice(set) | FieldKind::Role(set) => protocol.scope.set(*set),
                _ => None,
            };
            let choices = set.into_iter().flat_map(|set| &set.names).map(String::as_str);
            let flags = ["yes", "no"].into_iter().filter(|_| field.kind == FieldKind::Flag);
            pairs.extend(choices.chain(flags).map(|it| format!("{}={it}", field.name)));
        }
        Self { words, pairs }
    }

    /// Where the word before the cursor begins, and what it may become.
    fn endings(&self, before: &str) -> (usize, Vec<String>) {
        let from = before.rfind(char::is_whitespace).map_or(0, |at| at.saturating_add(1));
        let word = before.get(from..).unwrap_or_default();
        let list = if word.contains('=') { &self.pairs } else { &self.words };
        (from, list.iter().filter(|it| it.starts_with(word)).cloned().collect())
    }
}

impl Completer for Names {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        pos: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        Ok(self.endings(line.get(..pos).unwrap_or_default()))
    }
}

impl Hinter for Names {
    type Hint = String;
}

impl Highlighter for Names {}

impl Validator for Names {}

impl Helper for Names {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_before_the_cursor_is_completed() {
        let names = Names {
            words: ["answer_sent", "asked", "outcome="].map(str::to_owned).into(),
            pairs: ["outcome=upheld", "outcome=not_upheld"].map(str::to_owned).into(),
        };
        let check = |before: &str, from: usize, expected: &[&str]| {
            assert_eq!(
                names.endings(before),
                (from, expected.iter().map(|it| (*it).to_owned()).collect())
            );
        };
        check("a", 0, &["answer_sent", "asked"]);
        check("answer_sent ou", 12, &["outcome="]);
        check("answer_sent outcome=u", 12, &["outcome=upheld"]);
        check("x ", 2, &["answer_sent", "asked", "outcome="]);
    }
}
