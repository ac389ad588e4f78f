//! The protocols that a protocol is made of: itself, the one it extends, the one that that extends.

use crate::diagnostic::Diagnostics;
use crate::syntax::include::Folder;
use crate::syntax::include::gather::gather;
use crate::syntax::layer::{Layer, extends};
use crate::syntax::limit::EXTENDS_DEPTH_MAX;
use crate::syntax::name;
use crate::syntax::rules;
use crate::text::{BESIDE, FileId, SHIPPED, SourceSet};

const PROTOCOL_FILE: &str = "protocol.toml";

/// All of them.
pub(crate) struct Layers<'s> {
    /// The protocol itself, then each that the one before it extends.
    pub(crate) list: Vec<Layer<'s>>,
    /// Whether everything was there and is a text; what was not has been reported.
    pub(crate) is_complete: bool,
    /// Whether everything that is extended was found.
    pub(crate) is_founded: bool,
    /// The files of the folder that look like a part of the protocol and are not included.
    pub(crate) left_out: Vec<FileId>,
    /// What the paths of the parts begin with that are included from what ships, in order and once.
    parts: Vec<String>,
}

impl Layers<'_> {
    /// Where the texts of letters, the functions and the sets of holidays lie, the nearest first.
    /// `languages` are those of the protocols, in the same order.
    pub(crate) fn folders(&self, languages: &[Option<String>]) -> Vec<Folder> {
        let own = self.list.iter().zip(languages.iter().cloned().chain(std::iter::repeat(None)));
        let own = own.map(|(it, language)| Folder { root: it.root.clone(), language });
        let parts = self.parts.iter().map(|it| Folder { root: it.clone(), language: None });
        own.chain(parts).collect()
    }
}

/// Finds all files of a protocol. `None` without any `protocol.toml`.
pub(crate) fn layers<'s>(sources: &'s SourceSet, out: &mut Diagnostics) -> Option<Layers<'s>> {
    let start = sources.find(PROTOCOL_FILE)?;
    let own = gather(sources, "", start, out);
    let mut all = Layers {
        list: vec![Layer { root: String::new(), files: own.files }],
        is_complete: own.is_complete,
        is_founded: true,
        left_out: own.left_out,
        parts: Vec::new(),
    };
    while let Some((file, text)) = all.list.last().and_then(|it| it.files.first()) {
        let Some(name) = extends(*file, text) else { break };
        let found = root_of(sources, &name.value);
        let start = found.as_ref().and_then(|it| sources.find(&format!("{it}{PROTOCOL_FILE}")));
        let (Some(root), Some(start)) = (found, start) else {
            out.push(rules::unknown_protocol(&name.value, name.span, &offered(sources)));
            all.is_founded = false;
            break;
        };
        if let Some(first) = all.list.iter().position(|it| it.root == root) {
            // Where this protocol, or the nearest to it, set out to name itself.
            let named = first.checked_sub(1).and_then(|it| all.list.get(it)?.files.first());
            let named = named.and_then(|(file, text)| extends(*file, text)).unwrap_or(name);
            out.push(rules::extends_cycle(&named.value, named.span));
            all.is_founded = false;
            break;
        }
        if all.list.len() > EXTENDS_DEPTH_MAX {
            out.push(rules::nested_too_deep(name.span));
            all.is_founded = false;
            break;
        }
        let base = gather(sources, &root, start, out);
        all.is_complete &= base.is_complete;
        all.list.push(Layer { root, files: base.files });
    }
    all.is_complete &= all.is_founded;
    all.parts = parts(sources, &all.list);
    Some(all)
}

/// What the paths of the files of a protocol begin with that this protocol names. One that lies
/// beside it is taken before one of that name that ships.
pub(crate) fn root_of(sources: &SourceSet, id: &str) -> Option<String> {
    if name::declared_fault(id).is_some() {
        return None;
    }
    let roots = [BESIDE, SHIPPED].map(|it| format!("{it}{id}/"));
    roots.into_iter().find(|it| sources.find(&format!("{it}{PROTOCOL_FILE}")).is_some())
}

/// The ids of the protocols that ship.
pub(crate) fn offered(sources: &SourceSet) -> Vec<&str> {
    let paths = sources.offered().iter().filter_map(|it| it.strip_prefix(SHIPPED));
    paths.filter_map(|it| it.strip_suffix(PROTOCOL_FILE)?.strip_suffix('/')).collect()
}

fn parts(sources: &SourceSet, layers: &[Layer<'_>]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (file, _) in layers.iter().flat_map(|it| &it.files) {
        let path = sources.get(*file).map_or("", |it| it.path.as_str());
        let folder = path.strip_prefix(SHIPPED).and_then(|it| it.split_once('/'));
        let Some((folder, _)) = folder else { continue };
        let root = format!("{SHIPPED}{folder}/");
        if !all.contains(&root) && !layers.iter().any(|it| it.root == root) {
            all.push(root);
        }
    }
    all
}
