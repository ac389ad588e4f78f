//! All files of a protocol folder: the protocol, then the functions, letters and calendars.

use crate::diagnostic::Diagnostics;
use crate::syntax::IcsFile;
use crate::syntax::LetterFile;
use crate::syntax::ScriptFile;
use crate::syntax::Written;
use crate::syntax::document;
use crate::syntax::encoding;
use crate::syntax::include;
use crate::syntax::include::{CALENDARS, Folder, Included, LETTERS};
use crate::syntax::limit::PROTOCOL_BYTES_MAX;
use crate::syntax::name;
use crate::syntax::organisation::holiday::measure::limit_holidays;
use crate::syntax::organisation::holiday::set;
use crate::syntax::organisation::letter::file as letter_file;
use crate::syntax::rules;
use crate::text::FileId;
use crate::text::SHIPPED;
use crate::text::SourceFile;
use crate::text::SourceSet;
use crate::text::Span;
use crate::text::Spanned;
use crate::text::is_outside;

const PROTOCOL_FILE: &str = "protocol.toml";
const SCRIPT_FILE: &str = "rules.rhai";

/// Reads everything that is written in the files of a protocol and reports what cannot be read.
///
/// `None` when a file of the protocol is not there or is no text, no TOML or too large: what the
/// other files say is read and its faults are reported, but judging it without that file would
/// only call everything unknown that the file declares.
#[must_use]
pub fn read(sources: &SourceSet, out: &mut Diagnostics) -> Option<Written> {
    let own = sources.files().filter(|(_, file)| !is_outside(&file.path));
    let n_bytes = own.fold(0usize, |sum, (_, file)| sum.saturating_add(file.bytes.len()));
    if n_bytes > PROTOCOL_BYTES_MAX {
        out.push(rules::protocol_too_large());
        return None;
    }
    let Some(start) = sources.find(PROTOCOL_FILE) else {
        out.push(rules::missing_protocol_file());
        return None;
    };
    let Included { mut written, mut is_complete, left_out, folders } =
        include::read(sources, start, out);
    if is_complete {
        for file in left_out {
            out.push(rules::file_not_included(file));
        }
        if written.protocol.is_none() {
            out.push(rules::missing_key("[protocol]", "the protocol", Span::whole(start)));
        }
    }
    for folder in &folders {
        let at = Folder { root: folder.root.clone(), language: None };
        for (id, file) in sources.files().filter(|(_, it)| at.holds(&it.path)) {
            is_complete &= read_text_file(&mut written, id, file, folder, out);
            is_complete &= read_calendar(&mut written, id, file, Origin::Own(&folder.root), out);
        }
    }
    for (id, file) in sources.files() {
        is_complete &= read_calendar(&mut written, id, file, Origin::Shipped, out);
    }
    written.offered_sets = offered_sets(sources);
    limit_holidays(&mut written, out);
    is_complete.then_some(written)
}

/// The names of the sets of holidays that ship.
fn offered_sets(sources: &SourceSet) -> Vec<String> {
    let paths = sources.offered().iter().filter_map(|it| it.strip_prefix(SHIPPED));
    let names = paths.filter_map(|it| it.strip_prefix(CALENDARS)?.strip_suffix(".toml"));
    names.map(str::to_owned).collect()
}

/// Reads the functions, or the text of a letter. False if it could not be read. The functions of the
/// nearest folder are all that there are.
fn read_text_file(
    written: &mut Written,
    id: FileId,
    file: &SourceFile,
    folder: &Folder,
    out: &mut Diagnostics,
) -> bool {
    let is_script = file.path.strip_prefix(folder.root.as_str()) == Some(SCRIPT_FILE);
    let is_taken = is_script && written.script.is_some();
    if is_taken || (!is_script && include::letter(&file.path).is_none()) {
        return true;
    }
    let text = encoding::readable(id, file, out);
    let Some(text) = text else { return false };
    if is_script {
        written.script = Some(ScriptFile { file: id, text: text.into_owned() });
        return true;
    }
    let letter = letter_file::read(id, &file.path, &text, out);
    match (folder.root.is_empty(), &folder.language) {
        (true, _) => written.letter_files.push(letter),
        (false, None) => written.shipped_letters.push(letter),
        (false, Some(_)) => {
            // Its language is said in full, for the protocol may be in another one.
            if let Some((name, tag)) = folder.letter(&file.path) {
                let path = format!("{}{LETTERS}{name}.{tag}.md", folder.root);
                written.base_letters.push(LetterFile { path, ..letter });
            }
        }
    }
    true
}

/// Whose calendar files are read. The organisation's own come first, so that one that ships with
/// Redress under the same name is left out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin<'r> {
    /// That of the protocol or of one that it extends: what its paths begin with.
    Own(&'r str),
    Shipped,
}

/// Reads a file if it is a calendar of this origin. False if it could not be read.
fn read_calendar(
    written: &mut Written,
    id: FileId,
    file: &SourceFile,
    origin: Origin<'_>,
    out: &mut Diagnostics,
) -> bool {
    let path = match origin {
        Origin::Own(root) => file.path.strip_prefix(root),
        Origin::Shipped => file.path.strip_prefix(SHIPPED),
    };
    let name = path.and_then(|path| path.strip_prefix(CALENDARS));
    let parts = name.and_then(|name| name.rsplit_once('.'));
    let Some((name, ending)) = parts.filter(|(name, _)| !name.contains('/')) else {
        return true;
    };
    let is_taken = has_calendar(written, name);
    let is_first = origin == Origin::Own("");
    if !matches!(ending, "toml" | "ics") || (!is_first && is_taken) {
        return true;
    }
    let span = Span::whole(id);
    if is_taken {
        out.push(rules::duplicate_name("calendar file", name, span, None));
        return true;
    }
    if let Some(fault) = name::declared_fault(name) {
        out.push(rules::bad_name(name, fault, span));
    }
    let name = Spanned::new(name.to_owned(), span);
    match ending {
        "ics" => read_ics(written, id, file, name, out),
        _ => read_holiday_set(written, id, file, name, origin, out),
    }
}

fn has_calendar(written: &Written, name: &str) -> bool {
    written.holiday_sets.iter().any(|it| it.id.value == name)
        || written.ics.iter().any(|it| it.id == name)
}

fn read_ics(
    written: &mut Written,
    file_id: FileId,
    file: &SourceFile,
    name: Spanned<String>,
    out: &mut Diagnostics,
) -> bool {
    let Some(text) = encoding::decoded(file_id, file, out) else {
        return false;
    };
    let text = text.into_owned();
    written.ics.push(IcsFile { id: name.value, file: file_id, text });
    true
}

fn read_holiday_set(
    written: &mut Written,
    file_id: FileId,
    file: &SourceFile,
    name: Spanned<String>,
    origin: Origin<'_>,
    out: &mut Diagnostics,
) -> bool {
    let Some(text) = encoding::readable(file_id, file, out) else {
        return false;
    };
    let shipped = origin == Origin::Shipped;
    let set = document::read(file_id, &text, "the holiday set", out, |root| {
        set::read(name, shipped, root)
    });
    let is_read = set.is_some();
    written.holiday_sets.extend(set);
    is_read
}
