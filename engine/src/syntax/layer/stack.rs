//! A protocol over the one that it extends, over the one that that extends.

use std::borrow::Cow;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::Diagnostics;
use crate::syntax::Names;
use crate::syntax::document;
use crate::syntax::layer::Places;
use crate::syntax::layer::cite::cite;
use crate::syntax::layer::merge::{merge, unite};
use crate::syntax::layer::remove::remove;
use crate::syntax::layer::tree::moved;
use crate::syntax::limit::FAULTS_SHOWN_MAX;
use crate::syntax::rules;
use crate::syntax::table::Table;
use crate::text::{FileId, Span};

/// One protocol of the stack.
pub(crate) struct Layer<'s> {
    /// What the paths of its files begin with: nothing for the protocol itself.
    pub(crate) root: String,
    /// Its files, in the order in which they are included.
    pub(crate) files: Vec<(FileId, Cow<'s, str>)>,
}

/// All of a stack as one table.
pub(crate) struct Stacked<'t> {
    /// The table.
    pub(crate) tree: DeTable<'t>,
    /// The table without the uppermost protocol, where there is another below.
    pub(crate) below: Option<DeTable<'t>>,
    /// Where each file begins on the ruler, and its text, in order.
    pub(crate) starts: Vec<(usize, FileId)>,
    /// The texts, in the same order.
    pub(crate) texts: Vec<&'t str>,
    /// The languages that the letters of each protocol are written in, in the order of the layers.
    pub(crate) languages: Vec<Option<String>>,
}

/// Puts the protocols over each other, the uppermost first in `layers`. `None` if a file is no TOML;
/// that has been reported.
pub(crate) fn stack<'t>(layers: &'t [Layer<'_>], out: &mut Diagnostics) -> Option<Stacked<'t>> {
    let mut whole = Stacked {
        tree: DeTable::new(),
        below: None,
        starts: Vec::new(),
        texts: Vec::new(),
        languages: Vec::new(),
    };
    let mut next = 0usize;
    for layer in layers.iter().rev() {
        for (file, text) in &layer.files {
            whole.starts.push((next, *file));
            whole.texts.push(text);
            // One more, so that the end of a file is not the start of the next.
            next = next.saturating_add(text.len()).saturating_add(1);
        }
    }
    let starts = whole.starts.clone();
    let mut parts = starts.iter().zip(whole.texts.clone());
    for (height, layer) in layers.iter().enumerate().rev() {
        let is_base = height.saturating_add(1) == layers.len();
        let (mut own, mut removes) = (DeTable::new(), Names::new());
        for ((start, file), text) in parts.by_ref().take(layer.files.len()) {
            let mut part = document::parse(*file, text, out)?;
            let about = about(*file, &part, layer.files.first().map(|it| it.0), out);
            removes.extend(about);
            for key in ["include", "extends", "removes"] {
                part.remove(key);
            }
            unite(&mut own, moved(part, *start), Places::new(&starts), out);
        }
        let header = own.get("protocol").and_then(|it| it.get_ref().as_table());
        let language = header.and_then(|it| it.get("language")?.get_ref().as_str());
        let before = whole.languages.last().cloned().flatten();
        whole.languages.push(language.map(str::to_owned).or(before));
        if is_base {
            report_nothing_below(&removes, out);
        } else {
            requires_own_header(&own, &whole.tree, layer, Places::new(&starts), out);
            cite(&mut whole.tree);
            if height == 0 {
                whole.below = Some(whole.tree.clone());
            }
            let mut n_faults = 0usize;
            for path in &removes {
                if let Err(fault) = remove(&mut whole.tree, path) {
                    n_faults = n_faults.saturating_add(1);
                    if n_faults <= FAULTS_SHOWN_MAX {
                        out.push(*fault);
                    }
                }
            }
        }
        merge(&mut whole.tree, own, &mut Vec::new());
    }
    whole.languages.reverse();
    Some(whole)
}

fn report_nothing_below(removes: &Names, out: &mut Diagnostics) {
    for path in removes.iter().take(FAULTS_SHOWN_MAX) {
        out.push(rules::nothing_to_remove(
            &path.value,
            path.span,
            Some("only what `extends` takes over can be removed".to_owned()),
        ));
    }
}

/// What the first file of a protocol removes. Any other file that extends or removes is reported.
fn about(file: FileId, part: &DeTable<'_>, first: Option<FileId>, out: &mut Diagnostics) -> Names {
    let starts = [(0, file)];
    let whole = Span::whole(file);
    Table::read(Places::new(&starts), part, "the protocol".to_owned(), whole, out, |root| {
        root.rest();
        root.texts("include", "a list of paths");
        if Some(file) == first {
            root.name("extends");
            return root.texts("removes", "a list of names").unwrap_or_default();
        }
        for key in ["extends", "removes"] {
            if let Some(entry) = root.entry(key) {
                root.out.push(rules::unknown_key(key, &root.what, entry.key_span, &[], &[]));
            }
        }
        Names::new()
    })
}

/// A protocol that takes over everything of another one still says by itself which one it is.
fn requires_own_header(
    own: &DeTable<'_>,
    base: &DeTable<'_>,
    layer: &Layer<'_>,
    places: Places<'_>,
    out: &mut Diagnostics,
) {
    let Some(first) = layer.files.first().map(|it| it.0) else { return };
    let header = own.get("protocol");
    let span = header.map_or(Span::whole(first), |it| places.span(it.span()));
    let header = header.and_then(|it| it.get_ref().as_table());
    let base = base.get("protocol").and_then(|it| it.get_ref().as_table());
    for key in ["id", "title", "version", "source"] {
        let is_needed = base.is_some_and(|it| it.contains_key(key));
        if is_needed && !header.is_some_and(|it| it.contains_key(key)) {
            let holder = "the `[protocol]` of a protocol that extends another";
            out.push(rules::missing_key(key, holder, span));
        }
    }
}

/// The protocol that a file extends, as it is written.
pub(crate) fn extends(file: FileId, text: &str) -> Option<crate::text::Spanned<String>> {
    let root = document::parse(file, text, &mut Diagnostics::default())?;
    let value = root.get("extends")?;
    match value.get_ref() {
        DeValue::String(name) => {
            Some(crate::text::Spanned::new(name.to_string(), Span::new(file, value.span())))
        }
        _ => None,
    }
}
