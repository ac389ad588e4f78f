//! Words of a closed list: `ends = "close"`.

use crate::check::log::Log;
use crate::check::rules;
use crate::text::Spanned;

/// The meaning of a word that is one of a few.
pub(crate) fn word<T: Copy>(
    key: &str,
    written: &Spanned<String>,
    known: &[(&str, T)],
    log: &mut Log<'_>,
) -> Option<T> {
    let found = known.iter().find(|(word, _)| *word == written.value);
    if found.is_none() {
        log.say(rules::unknown_word(key, written, known.iter().map(|(word, _)| *word)));
    }
    found.map(|(_, meaning)| *meaning)
}
