//! The files of the protocol itself: `protocol.toml`, and what it includes, in that order.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::syntax::Names;
use crate::syntax::Written;
use crate::syntax::document;
use crate::syntax::encoding;
use crate::syntax::include::path::{SHIPPED, is_own_part, is_plain, is_shipped_part};
use crate::syntax::limit::FAULTS_SHOWN_MAX;
use crate::syntax::limit::INCLUDE_DEPTH_MAX;
use crate::syntax::rules;
use crate::syntax::table::Table;
use crate::text::FileId;
use crate::text::SourceSet;
use crate::text::Span;
use crate::text::Spanned;

/// What has been read so far.
struct Progress<'s> {
    sources: &'s SourceSet,
    whole: Written,
    /// The files that are being read, each included by the one before it.
    open: Vec<FileId>,
    /// The files that have been read, with the place that includes them.
    done: BTreeMap<FileId, Span>,
    /// Whether every file was there and could be read.
    is_complete: bool,
}

/// What the files of the protocol say.
pub(crate) struct Included {
    /// All of it.
    pub(crate) written: Written,
    /// Whether every file was there and could be read; what was not has been reported.
    pub(crate) is_complete: bool,
    /// The files of the folder that look like a part of the protocol and are not included.
    pub(crate) left_out: Vec<FileId>,
}

/// Reads a file and everything that it includes.
pub(crate) fn read(sources: &SourceSet, start: FileId, out: &mut Diagnostics) -> Included {
    let whole = Written::default();
    let mut progress =
        Progress { sources, whole, open: Vec::new(), done: BTreeMap::new(), is_complete: true };
    read_file(&mut progress, start, Span::whole(start), out);
    let left_out = left_out(&progress).into_iter().map(|(id, _)| id).collect();
    Included { left_out, written: progress.whole, is_complete: progress.is_complete }
}

/// Reads a file, then what it includes. Every file is read at most once, and no deeper than
/// [`INCLUDE_DEPTH_MAX`].
fn read_file(progress: &mut Progress<'_>, id: FileId, included_at: Span, out: &mut Diagnostics) {
    progress.done.insert(id, included_at);
    let file = progress.sources.get(id);
    let read = file
        .and_then(|file| encoding::readable(id, file, out))
        .and_then(|text| document::read(id, &text, "the protocol", out, read_root));
    let Some((part, includes)) = read else {
        progress.is_complete = false;
        return;
    };
    progress.whole.append(part, out);
    progress.open.push(id);
    read_includes(progress, &includes, out);
    progress.open.pop();
}

/// Reads the top of one file: what it says, and what it includes.
pub(crate) fn read_root(root: &mut Table<'_, '_>) -> (Written, Names) {
    let includes = root.texts("include", "a list of paths");
    (Written::read(root), includes.unwrap_or_default())
}

/// Reads the files of one list. After [`FAULTS_SHOWN_MAX`] faults the rest of it is left.
fn read_includes(progress: &mut Progress<'_>, paths: &Names, out: &mut Diagnostics) {
    let mut n_faults = 0;
    for path in paths {
        let id = progress.sources.find(&path.value);
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
    progress: &mut Progress<'_>,
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

/// The files that could be included and are not.
fn left_out<'s>(progress: &Progress<'s>) -> Vec<(FileId, &'s str)> {
    let is_read = |id: FileId| progress.done.contains_key(&id);
    let files = progress.sources.files();
    let left_out = files.filter(|(id, file)| is_own_part(&file.path) && !is_read(*id));
    left_out.map(|(id, file)| (id, file.path.as_str())).collect()
}
