//! What belongs to a protocol beside its tables: texts of letters, functions, sets of holidays.

use std::collections::BTreeMap;

use crate::syntax::include::path::{CALENDARS, LETTERS};
use crate::syntax::layer::Stacked;
use crate::text::{SourceSet, is_outside};

const SCRIPT_FILE: &str = "rules.rhai";

/// A folder of the protocol, of one that it extends, or of a part that ships.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Folder {
    /// What the paths of its files begin with; nothing for the protocol itself.
    pub(crate) root: String,
    /// The language of texts whose path names none; `None` for a part, where every path names one.
    pub(crate) language: Option<String>,
}

impl Folder {
    /// The letter and the language of a text in this folder, by its path.
    pub(crate) fn letter<'p>(&'p self, path: &'p str) -> Option<(&'p str, &'p str)> {
        let inside = path.strip_prefix(self.root.as_str()).filter(|_| self.holds(path))?;
        let name = inside.strip_prefix(LETTERS)?.strip_suffix(".md")?;
        match name.split_once('.') {
            Some(both) => Some(both),
            None => Some((name, self.language.as_deref()?)),
        }
    }

    /// Whether a path is one of this folder.
    pub(crate) fn holds(&self, path: &str) -> bool {
        match self.root.is_empty() {
            true => !is_outside(path),
            false => path.starts_with(&self.root),
        }
    }
}

/// The files that belong beside the tables of a protocol in one piece: what each is to be called, and
/// which it is.
pub(crate) fn beside(
    sources: &SourceSet,
    folders: &[Folder],
    stacked: &Stacked<'_>,
) -> Vec<(String, String)> {
    let language = folders.first().and_then(|it| it.language.as_deref());
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for folder in folders {
        for (_, file) in sources.files().filter(|(_, it)| folder.holds(&it.path)) {
            let inside = file.path.get(folder.root.len()..).unwrap_or_default();
            let name = match folder.letter(&file.path) {
                Some((letter, tag)) if stacked.writes(letter, tag) => Some(match language {
                    Some(own) if own == tag => format!("{LETTERS}{letter}.md"),
                    _ => format!("{LETTERS}{letter}.{tag}.md"),
                }),
                Some(_) => None,
                None if inside == SCRIPT_FILE || inside.starts_with(CALENDARS) => {
                    Some(inside.to_owned())
                }
                None => None,
            };
            if let Some(name) = name {
                all.entry(name).or_insert_with(|| file.path.clone());
            }
        }
    }
    all.into_iter().collect()
}

impl Stacked<'_> {
    /// Whether a letter is written in a language.
    fn writes(&self, letter: &str, tag: &str) -> bool {
        let table = |name: &str| self.tree.get(name).and_then(|it| it.get_ref().as_table());
        let Some(header) = table("protocol") else { return false };
        let own = header.get("language").and_then(|it| it.get_ref().as_str());
        let further = header.get("languages").and_then(|it| it.get_ref().as_array());
        let further = further.into_iter().flat_map(|it| it.iter());
        let mut all = further.filter_map(|it| it.get_ref().as_str()).chain(own);
        table("letters").is_some_and(|it| it.contains_key(letter)) && all.any(|it| it == tag)
    }
}
