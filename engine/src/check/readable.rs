//! Names that conditions read.

use crate::check::log::Log;
use crate::check::rules;
use crate::check::scope::BUILT_IN;
use crate::model::BUILT_IN_OF_ENTRY;
use crate::script::reserved_word;
use crate::text::Spanned;

/// Reports a name that conditions could not read or would take for something else. `kind` is what
/// has the name.
pub(crate) fn name(kind: &str, name: &Spanned<String>, log: &mut Log<'_>) {
    look(kind, name, &BUILT_IN, "something every condition can read", log);
}

/// The same for the name of a field of entries.
pub(crate) fn name_in_entry(name: &Spanned<String>, log: &mut Log<'_>) {
    look("field", name, &BUILT_IN_OF_ENTRY, "something every entry has by itself", log);
}

fn look(kind: &str, name: &Spanned<String>, built_in: &[&str], means: &str, log: &mut Log<'_>) {
    if reserved_word(&name.value) {
        log.say(rules::reserved_name(kind, name, "a word of conditions"));
    } else if built_in.contains(&name.value.as_str()) {
        log.say(rules::reserved_name(kind, name, means));
    } else if name.value.contains('-') {
        log.say(rules::unreadable_name(kind, name));
    }
}
