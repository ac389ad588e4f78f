//! The files of the protocol itself: `protocol.toml`, and what it includes, in that order.

use crate::diagnostic::Diagnostics;
use crate::syntax::Names;
use crate::syntax::Written;
use crate::syntax::document;
use crate::syntax::encoding;
use crate::syntax::limit::INCLUDE_DEPTH_MAX;
use crate::syntax::rules;
use crate::text::FileId;
use crate::text::SourceSet;
use crate::text::Span;

/// What has been read so far.
struct Progress<'s> {
    sources: &'s SourceSet,
    whole: Written,
    /// The files that are being read, each included by the one before it.
    open: Vec<FileId>,
    /// The files that have been read, with the place that includes them.
    done: Vec<(FileId, Span)>,
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
        Progress { sources, whole, open: Vec::new(), done: Vec::new(), is_complete: true };
    read_file(&mut progress, start, Span::whole(start), out);
    let left_out = left_out(&progress).into_iter().map(|(id, _)| id).collect();
    Included { left_out, written: progress.whole, is_complete: progress.is_complete }
}

/// Reads a file, then what it includes. Every file is read at most once, and no deeper than
/// [`INCLUDE_DEPTH_MAX`].
fn read_file(progress: &mut Progress<'_>, id: FileId, included_at: Span, out: &mut Diagnostics) {
    progress.done.push((id, included_at));
    let file = progress.sources.get(id);
    let read = file.and_then(|file| encoding::readable(id, file, out)).and_then(|text| {
        document::read(id, &text, "the protocol", out, |root| {
            let includes = root.texts("include", "a list of paths");
            (Written::read(root), includes.unwrap_or_default())
        })
    });
    let Some((part, includes)) = read else {
        progress.is_complete = false;
        return;
    };
    progress.whole.append(part, out);
    progress.open.push(id);
    read_includes(progress, &includes, out);
    progress.open.pop();
}

fn read_includes(progress: &mut Progress<'_>, paths: &Names, out: &mut Diagnostics) {
    for path in paths {
        if !is_plain_path(&path.value) {
            out.push(rules::include_outside(&path.value, path.span));
            progress.is_complete = false;
            continue;
        }
        let Some(id) = progress.sources.find(&path.value) else {
            let paths: Vec<&str> = left_out(progress).into_iter().map(|(_, it)| it).collect();
            out.push(rules::include_missing(&path.value, path.span, &paths));
            progress.is_complete = false;
            continue;
        };
        if progress.open.contains(&id) {
            out.push(rules::include_cycle(&path.value, path.span));
            continue;
        }
        if let Some((_, first)) = progress.done.iter().find(|(done, _)| *done == id) {
            out.push(rules::duplicate_name("include", &path.value, path.span, Some(*first)));
            continue;
        }
        if progress.open.len() > INCLUDE_DEPTH_MAX {
            out.push(rules::nested_too_deep(path.span));
            progress.is_complete = false;
            continue;
        }
        read_file(progress, id, path.span, out);
    }
}

/// The files that could be included and are not.
fn left_out<'s>(progress: &Progress<'s>) -> Vec<(FileId, &'s str)> {
    let is_read = |id: FileId| progress.done.iter().any(|(done, _)| *done == id);
    let is_part = |path: &str| {
        let is_elsewhere = ["shipped:", "calendars/", "letters/"];
        path.ends_with(".toml") && !is_elsewhere.iter().any(|it| path.starts_with(it))
    };
    let files = progress.sources.files();
    let left_out = files.filter(|(id, file)| is_part(&file.path) && !is_read(*id));
    left_out.map(|(id, file)| (id, file.path.as_str())).collect()
}

/// Whether a path can only lead to a file inside the folder, on every operating system.
fn is_plain_path(path: &str) -> bool {
    !path.contains(['\\', ':'])
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}
