//! What the files of a protocol say, file by file or as one table.

use crate::diagnostic::Diagnostics;
use crate::syntax::Written;
use crate::syntax::document;
use crate::syntax::include::{Folder, Layers, layers};
use crate::syntax::layer::{Places, stack};
use crate::syntax::rules;
use crate::syntax::table::Table;
use crate::text::FileId;
use crate::text::SourceSet;
use crate::text::Span;

/// What the files of the protocol say.
pub(crate) struct Included {
    /// All of it.
    pub(crate) written: Written,
    /// Whether every file was there and could be read; what was not has been reported.
    pub(crate) is_complete: bool,
    /// The files of the folder that look like a part of the protocol and are not included.
    pub(crate) left_out: Vec<FileId>,
    /// Where its letters, functions and sets of holidays lie, the nearest first.
    pub(crate) folders: Vec<Folder>,
}

/// Reads a protocol, everything that it includes and what it extends.
pub(crate) fn read(sources: &SourceSet, start: FileId, out: &mut Diagnostics) -> Included {
    let mut written = Written::default();
    let Some(layers) = layers(sources, out) else {
        return Included { written, is_complete: false, left_out: Vec::new(), folders: Vec::new() };
    };
    let mut is_complete = layers.is_complete;
    let mut languages = Vec::new();
    if layers.list.len() > 1 {
        if let Some(stacked) = stack(&layers.list, out).filter(|_| is_complete) {
            let (places, whole) = (Places::new(&stacked.starts), Span::whole(start));
            let what = "the protocol".to_owned();
            written = Table::read(places, &stacked.tree, what, whole, out, Written::read);
            languages = stacked.languages;
        } else {
            is_complete = false;
        }
    } else if layers.is_founded {
        is_complete &= read_each(&mut written, &layers, start, out);
    }
    let folders = layers.folders(&languages);
    Included { left_out: layers.left_out, written, is_complete, folders }
}

/// Reads the files of a protocol that extends nothing. False if one of them is no TOML.
fn read_each(
    written: &mut Written,
    layers: &Layers<'_>,
    start: FileId,
    out: &mut Diagnostics,
) -> bool {
    let mut is_complete = true;
    for (id, text) in layers.list.iter().flat_map(|it| &it.files) {
        let part = document::read(*id, text, "the protocol", out, |root| {
            root.texts("include", "a list of paths");
            if *id == start {
                root.name("extends");
                for path in root.texts("removes", "a list of names").unwrap_or_default() {
                    let help = "only what `extends` takes over can be removed".to_owned();
                    root.out.push(rules::nothing_to_remove(&path.value, path.span, Some(help)));
                }
            }
            Written::read(root)
        });
        match part {
            Some(part) => written.append(part, out),
            None => is_complete = false,
        }
    }
    is_complete
}
