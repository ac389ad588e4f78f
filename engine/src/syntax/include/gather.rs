//! The files of one protocol: `protocol.toml`, and what it includes, in that order.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::syntax::Names;
use crate::syntax::document;
use crate::syntax::encoding;
use crate::syntax::include::path::{is_own_part, is_plain, is_shipped_part};
use crate::syntax::limit::FAULTS_SHOWN_MAX;
use crate::syntax::limit::INCLUDE_DEPTH_MAX;
use crate::syntax::rules;
use crate::text::FileId;
use crate::text::SHIPPED;
use crate::text::SourceSet;
use crate::text::Span;
use crate::text::Spanned;

/// What has been read so far.
struct Progress<'s, 'r> {
    sources: &'s SourceSet,
    /// What the paths of the files of this protocol begin with.
    root: &'r str,
    files: Vec<(FileId, Cow<'s, str>)>,
    /// The files that are being read, each included by the one before it.
    open: Vec<FileId>,
    /// The files that have been read, with the place that includes them.
    done: BTreeMap<FileId, Span>,
    /// Whether every file was there and could be read.
    is_complete: bool,
}

/// The files of a protocol.
pub(super) struct Gathered<'s> {
    /// Each of them with its text.
    pub(super) files: Vec<(FileId, Cow<'s, str>)>,
    /// Whether every file was there and is a text; what was not has been reported. Whether each is TOML
    /// nobody has asked yet.
    pub(super) is_complete: bool,
    /// The files of the folder that look like a part of the protocol and are not included.
    pub(super) left_out: Vec<FileId>,
}

/// Finds a file and everything that it includes.
pub(super) fn gather<'s>(
    sources: &'s SourceSet,
    root: &str,
    start: FileId,
    out: &mut Diagnostics,
) -> Gathered<'s> {
    let mut progress = Progress {
        sources,
        root,
        files: Vec::new(),
        open: Vec::new(),
        done: BTreeMap::new(),
        is_complete: true,
    };
    read_file(&mut progress, start, Span::whole(start), out);
    let left_out = left_out(&progress).into_iter().map(|(id, _)| id).collect();
    Gathered { left_out, files: progress.files, is_complete: progress.is_complete }
}

/// Reads a file, then what it includes. Every file is read at most once, and no deeper than
/// [`INCLUDE_DEPTH_MAX`]. What is wrong with its TOML is reported when it is read as a whole.
fn read_file(
    progress: &mut Progress<'_, '_>,
    id: FileId,
    included_at: Span,
    out: &mut Diagnostics,
) {
    progress.done.insert(id, included_at);
    let file = progress.sources.get(id);
    let Some(text) = file.and_then(|file| encoding::readable(id, file, out)) else {
        progress.is_complete = false;
        return;
    };
    let includes = document::read(id, &text, "", &mut Diagnostics::default(), |root| {
        root.rest();
        root.texts("include", "a list of paths").unwrap_or_default()
    });
    progress.files.push((id, text));
    progress.open.push(id);
    read_includes(progress, &includes.unwrap_or_default(), out);
    progress.open.pop();
}

/// Reads the files of one list. After [`FAULTS_SHOWN_MAX`] faults the rest of it is left.
fn read_includes(progress: &mut Progress<'_, '_>, paths: &Names, out: &mut Diagnostics) {
    let mut n_faults = 0;
    for path in paths {
        let id = match path.value.starts_with(SHIPPED) {
            true => progress.sources.find(&path.value),
            false => progress.sources.find(&format!("{}{}", progress.root, path.value)),
        };
        if let Some(fault) = include_fault(progress, path, id) {
            out.push(fault);
            n_faults += 1;
            if n_faults == FAULTS_SHOWN_MAX {
                progress.is_complete = false;
                return;
            }
        } else if let Some(id) = id {
            read_file(progress, id, path.span, out);
        }
    }
}

fn include_fault(
    progress: &mut Progress<'_, '_>,
    path: &Spanned<String>,
    id: Option<FileId>,
) -> Option<Diagnostic> {
    let is_shipped = is_shipped_part(&path.value);
    let inside = path.value.strip_prefix(SHIPPED).unwrap_or(&path.value);
    if !is_plain(inside) {
        progress.is_complete = false;
        return Some(rules::include_outside(&path.value, path.span));
    }
    let id = id.filter(|_| is_shipped || inside == path.value);
    let Some(id) = id else {
        progress.is_complete = false;
        let own = left_out(progress).into_iter().map(|(_, it)| it);
        let shipped = progress.sources.offered().iter().map(String::as_str);
        let paths: Vec<&str> = own.chain(shipped.filter(|it| is_shipped_part(it))).collect();
        return Some(rules::include_missing(&path.value, path.span, &paths));
    };
    if progress.open.contains(&id) {
        return Some(rules::include_cycle(&path.value, path.span));
    }
    if let Some(first) = progress.done.get(&id) {
        return Some(rules::duplicate_name("include", &path.value, path.span, Some(*first)));
    }
    if progress.open.len() > INCLUDE_DEPTH_MAX {
        progress.is_complete = false;
        return Some(rules::nested_too_deep(path.span));
    }
    None
}

/// The files of the folder that could be included and are not. A protocol that another one extends
/// answers for its own folder where it is checked by itself.
fn left_out<'s>(progress: &Progress<'s, '_>) -> Vec<(FileId, &'s str)> {
    let is_read = |id: FileId| progress.done.contains_key(&id) || !progress.root.is_empty();
    let files = progress.sources.files();
    let left_out = files.filter(|(id, file)| is_own_part(&file.path) && !is_read(*id));
    left_out.map(|(id, file)| (id, file.path.as_str())).collect()
}
