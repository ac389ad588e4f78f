//! Whether files are better than they were.

use std::collections::BTreeMap;

use engine::diagnostic::{Code, Diagnostics, Severity};

use crate::fix::files::Files;

/// Faults of a file's bytes, which hide everything else in it.
const OF_BYTES: [&str; 4] = ["byte-order-mark", "hidden-character", "not-utf8", "toml-syntax"];
/// Faults of the grammar of a condition, which hide everything else in it.
const OF_GRAMMAR: [&str; 2] = ["assignment-in-condition", "condition-syntax"];

/// How bad files are; less is better. What comes to light because a fault before it is mended does
/// not count against the mending, so the faults that hide most come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Badness {
    of_bytes: usize,
    of_grammar: usize,
    steps_left: u8,
    errors: usize,
    warnings: usize,
}

impl Badness {
    /// How bad these files are.
    pub(crate) fn of(files: &Files) -> Self {
        let with = |is: &dyn Fn(Code) -> bool| files.found().filter(|it| is(it.0.code)).count();
        Self {
            of_bytes: with(&|code| OF_BYTES.contains(&code.name)),
            of_grammar: with(&|code| OF_GRAMMAR.contains(&code.name)),
            steps_left: steps_left(files),
            errors: with(&|code| code.severity == Severity::Error),
            warnings: with(&|code| code.severity == Severity::Warning),
        }
    }

    /// Whether fewer faults hide others, so that errors may come to light.
    pub(crate) fn hides_less_than(self, other: Self) -> bool {
        let hiding = |it: Self| (it.of_bytes, it.of_grammar, it.steps_left);
        hiding(self) < hiding(other)
    }
}

/// How many steps from text to a usable protocol were not taken.
fn steps_left(files: &Files) -> u8 {
    let (sources, mut unused) = (&files.loaded.sources, Diagnostics::default());
    if files.loaded.machine.is_some() {
        return 0;
    }
    match engine::syntax::read(sources, &mut unused) {
        None => 3,
        Some(written) => match engine::check::check(written, sources, &mut unused) {
            None => 2,
            Some(_) => 1,
        },
    }
}

/// Whether there is an error that was not there before, wherever it was then.
pub(crate) fn has_new_error(before: &Files, after: &Files) -> bool {
    let (mut known, now) = (errors(before), errors(after));
    now.into_iter().any(|(error, number)| known.remove(&error).unwrap_or(0) < number)
}

/// The errors, and how many times there is each.
fn errors(files: &Files) -> BTreeMap<(&str, &str), usize> {
    let mut numbers = BTreeMap::new();
    for (it, _) in files.found().filter(|it| it.0.code.severity == Severity::Error) {
        let number = numbers.entry((it.code.name, it.message.as_str())).or_insert(0usize);
        *number = number.saturating_add(1);
    }
    numbers
}
