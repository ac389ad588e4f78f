//! Protocol folders: which files belong to a protocol, read within limits and never from outside.

use std::fs;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context as _;
use anyhow::anyhow;
use anyhow::bail;
use engine::syntax::holiday_sets_wanted;
use engine::syntax::limit::FILE_BYTES_MAX;
use engine::syntax::limit::PROTOCOL_BYTES_MAX;
use engine::text::SourceSet;

use crate::shipped;

/// How many files of one protocol are read.
const FILES_MAX: usize = 1_000;

/// How deep folders are searched below the one that was named.
const DEPTH_MAX: usize = 8;

const PROTOCOL_FILE: &str = "protocol.toml";

/// Reads the files of a protocol: its TOML files, `rules.rhai`, letters and calendars, and those
/// of the shipped sets of holidays that it names. Scenarios and the simulation are no part of it, nor is a
/// folder below that is a protocol itself, nor are hidden files.
///
/// Of a file that is too large only the start is read, and reading stops when all are too large
/// together: [`engine::syntax::read()`] reports both.
///
/// # Errors
/// The folder or a file in it cannot be read, a link leads out of the folder, a name is not
/// UTF-8, or there are too many files or folders.
pub fn read(path: &Path) -> anyhow::Result<SourceSet> {
    let files = files_below(path, "", is_part)?;
    let own = SourceSet::new(&path.to_string_lossy(), files);
    let wanted = holiday_sets_wanted(&own);
    Ok(own.with(shipped::calendars(&wanted)).offering(shipped::names()))
}

/// Reads the scenarios of a protocol: their paths inside the folder and their bytes, in order of
/// the paths. None if there is no folder `scenarios`.
///
/// # Errors
/// As [`read`].
pub fn scenarios(path: &Path) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    match has_scenarios(path)? {
        true => files_below(path, "scenarios", |path| path.ends_with(".toml")),
        false => Ok(Vec::new()),
    }
}

/// The accepted timelines of a protocol: their paths inside the folder, in order.
///
/// # Errors
/// As [`read`].
pub fn accepted(path: &Path) -> anyhow::Result<Vec<String>> {
    match has_scenarios(path)? {
        true => paths_below(path, "scenarios", |path| path.ends_with(".snap")),
        false => Ok(Vec::new()),
    }
}

fn has_scenarios(path: &Path) -> anyhow::Result<bool> {
    let folder = path.join("scenarios");
    if folder.is_dir() && folder.is_symlink() {
        return Err(linked_folder(&folder));
    }
    Ok(folder.is_dir())
}

/// Every folder with a `protocol.toml` at or below these paths, in order and once. Links and
/// hidden folders are not followed; what cannot be read is left out, for [`read`] says why.
#[must_use]
pub fn find(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in paths {
        find_below(path, DEPTH_MAX, &mut found);
    }
    found.sort();
    found.dedup();
    found
}

fn find_below(folder: &Path, depth_left: usize, found: &mut Vec<PathBuf>) {
    if folder.join(PROTOCOL_FILE).is_file() {
        found.push(folder.to_path_buf());
    }
    let Some(depth_left) = depth_left.checked_sub(1) else {
        return;
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_folder = entry.file_type().is_ok_and(|it| it.is_dir());
        if is_folder && !entry.file_name().as_encoded_bytes().starts_with(b".") {
            find_below(&entry.path(), depth_left, found);
        }
    }
}

/// What a file of a protocol folder is to the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text of the protocol itself.
    Text,
    /// A scenario, or what lies beside one.
    Scenario,
}

/// What a file is, or would be if it were there, to the protocol of the innermost folder with a
/// `protocol.toml`. None for a file that no protocol reads, such as `README.md`.
#[must_use]
pub fn part(file: &Path) -> Option<Part> {
    let beside = file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A link stands for the file that it leads to.
    let real = fs::canonicalize(file)
        .or_else(|_| Ok::<_, std::io::Error>(fs::canonicalize(beside)?.join(file_name(file))))
        .ok()?;
    let folder = real.ancestors().skip(1).find(|it| it.join(PROTOCOL_FILE).is_file())?;
    let inner = real.strip_prefix(folder).ok()?;
    let parts: Vec<_> = inner.components().map(|it| it.as_os_str().to_string_lossy()).collect();
    if parts.len() > 1 && parts.first().is_some_and(|it| it == "scenarios") {
        return Some(Part::Scenario);
    }
    is_part(&parts.join("/")).then_some(Part::Text)
}

fn file_name(file: &Path) -> &std::ffi::OsStr {
    file.file_name().unwrap_or_default()
}

/// Whether a file is a part of its protocol, by its path inside the folder.
fn is_part(path: &str) -> bool {
    let is_elsewhere = path.starts_with("scenarios/") || path == "simulation.toml";
    path == "rules.rhai"
        || path.starts_with("letters/")
        || (path.starts_with("calendars/") && path.ends_with(".ics"))
        || (path.ends_with(".toml") && !is_elsewhere)
}

/// The files below a part of a folder that are wanted, in order of their paths inside the folder.
fn files_below(
    root: &Path,
    part: &str,
    is_wanted: impl Fn(&str) -> bool,
) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let paths = paths_below(root, part, is_wanted)?;
    let mut files = Vec::new();
    let mut n_bytes = 0usize;
    for path in paths {
        let bytes = read_start(&root.join(&path))?;
        n_bytes = n_bytes.saturating_add(bytes.len());
        files.push((path, bytes));
        if n_bytes > PROTOCOL_BYTES_MAX {
            break;
        }
    }
    Ok(files)
}

/// The paths of these files, inside the folder and in order.
fn paths_below(
    root: &Path,
    part: &str,
    is_wanted: impl Fn(&str) -> bool,
) -> anyhow::Result<Vec<String>> {
    let within =
        fs::canonicalize(root).with_context(|| format!("cannot open {}", root.display()))?;
    let mut paths = Vec::new();
    list(root, &within, part, DEPTH_MAX, &mut paths)?;
    paths.retain(|path| is_wanted(path));
    paths.sort();
    if paths.len() > FILES_MAX {
        bail!("{} has more than {FILES_MAX} files of a protocol", root.display());
    }
    Ok(paths)
}

/// Adds the paths of all files in a folder and below it. `part` is the path of the folder inside
/// `root`, `within` the real path of `root`.
fn list(
    root: &Path,
    within: &Path,
    part: &str,
    depth_left: usize,
    paths: &mut Vec<String>,
) -> anyhow::Result<()> {
    let folder = root.join(part);
    let shown = folder.display();
    let Some(depth_left) = depth_left.checked_sub(1) else {
        bail!("{shown} is more than {DEPTH_MAX} folders deep");
    };
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {shown}"))? {
        let entry = entry.with_context(|| format!("cannot read {shown}"))?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            bail!("the name of {} is not UTF-8", entry.path().display());
        };
        if name.starts_with('.') {
            continue;
        }
        let path = if part.is_empty() { name.to_owned() } else { format!("{part}/{name}") };
        match kind(&entry, within)? {
            Kind::File => paths.push(path),
            Kind::Folder if entry.path().join(PROTOCOL_FILE).is_file() => {}
            Kind::Folder => list(root, within, &path, depth_left, paths)?,
            Kind::Other => {}
        }
    }
    Ok(())
}

enum Kind {
    File,
    Folder,
    Other,
}

/// What an entry is. A link may stand for a file inside the protocol folder.
fn kind(entry: &fs::DirEntry, within: &Path) -> anyhow::Result<Kind> {
    let path = entry.path();
    let shown = path.display();
    let kind = entry.file_type().with_context(|| format!("cannot read {shown}"))?;
    if kind.is_symlink() {
        let target = fs::canonicalize(&path).with_context(|| format!("cannot follow {shown}"))?;
        if !target.starts_with(within) {
            bail!("{shown} is a link that leads out of the protocol folder");
        }
        if target.is_dir() {
            return Err(linked_folder(&path));
        }
        return Ok(if target.is_file() { Kind::File } else { Kind::Other });
    }
    Ok(match () {
        () if kind.is_dir() => Kind::Folder,
        () if kind.is_file() => Kind::File,
        () => Kind::Other,
    })
}

fn linked_folder(path: &Path) -> anyhow::Error {
    let shown = path.display();
    anyhow!("{shown} is a link to a folder; a protocol folder holds its parts itself")
}

/// The bytes of a file, at most one more than a file may have.
fn read_start(path: &Path) -> anyhow::Result<Vec<u8>> {
    let context = || format!("cannot read {}", path.display());
    let limit = u64::try_from(FILE_BYTES_MAX)?.saturating_add(1);
    let file = File::open(path).with_context(context)?;
    // With room for the whole file and one byte more it is read at once.
    let n_bytes = file.metadata().with_context(context)?.len().saturating_add(1).min(limit);
    let mut bytes = Vec::with_capacity(usize::try_from(n_bytes)?);
    file.take(limit).read_to_end(&mut bytes).with_context(context)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_folder::Folder;

    /// Checks which paths are read of a folder.
    #[track_caller]
    fn check(folder: &Folder, expected: &[&str]) -> SourceSet {
        let sources = read(&folder.0).unwrap();
        let paths: Vec<&str> = sources
            .files()
            .map(|(_, file)| file.path.as_str())
            .filter(|path| !path.starts_with("shipped:"))
            .collect();
        assert_eq!(paths, expected);
        sources
    }

    /// Checks why a folder cannot be read.
    #[track_caller]
    fn check_refused(folder: &Folder, expected: &str) {
        let error = read(&folder.0).unwrap_err();
        let shown = format!("{error:#}").replace(&*folder.0.to_string_lossy(), "FOLDER");
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_protocol_is_its_toml_its_functions_its_letters_and_its_calendars() {
        let folder = Folder::new(
            "parts",
            &[
                "protocol.toml",
                "parts/stages.toml",
                "rules.rhai",
                "other.rhai",
                "letters/en/answer.md",
                "calendars/nl.toml",
                "calendars/works.ics",
                "scenarios/a.toml",
                "simulation.toml",
                "README.md",
                ".hidden.toml",
                "inner/protocol.toml",
            ],
        );
        let sources = check(
            &folder,
            &[
                "calendars/nl.toml",
                "calendars/works.ics",
                "letters/en/answer.md",
                "parts/stages.toml",
                "protocol.toml",
                "rules.rhai",
            ],
        );
        let shown = sources.shown_path(sources.find("protocol.toml").unwrap());
        assert_eq!(shown, format!("{}/protocol.toml", folder.0.display()));
    }

    #[test]
    fn of_the_shipped_sets_of_holidays_only_those_that_are_named_belong_to_a_protocol() {
        let folder = Folder::new("sets", &["protocol.toml", "calendars/eu.toml"]);
        let shipped = |text: &str| {
            folder.write("protocol.toml", text.as_bytes());
            let sources = read(&folder.0).unwrap();
            assert!(sources.offered().len() > 3);
            let paths = sources.files().map(|(_, file)| file.path.clone());
            paths.filter(|path| path.starts_with("shipped:")).collect::<Vec<_>>()
        };
        assert_eq!(shipped("[protocol]\n"), [""; 0]);
        let named = "[calendars.office]\nholidays = ['nl', 'eu', 'atlantis']\n";
        assert_eq!(shipped(named), ["shipped:calendars/nl.toml"]);
    }

    #[test]
    fn scenarios_come_in_order_and_may_be_left_out() {
        let folder = Folder::new("scenarios", &["protocol.toml"]);
        assert_eq!(scenarios(&folder.0).unwrap(), []);
        for path in ["scenarios/b.toml", "scenarios/a/c.toml", "scenarios/b.snap"] {
            folder.write(path, path.as_bytes());
        }
        let found = scenarios(&folder.0).unwrap();
        let paths = ["scenarios/a/c.toml", "scenarios/b.toml"];
        assert_eq!(found, paths.map(|it| (it.to_owned(), it.as_bytes().to_vec())));
        assert_eq!(accepted(&folder.0).unwrap(), ["scenarios/b.snap"]);
    }

    #[test]
    fn protocols_are_found_at_and_below_a_path_once() {
        let folder =
            Folder::new("find", &["b/protocol.toml", "a/x/protocol.toml", ".git/protocol.toml"]);
        let found = find(&[folder.0.clone(), folder.0.join("b"), folder.0.join("nowhere")]);
        assert_eq!(found, [folder.0.join("a/x"), folder.0.join("b")]);
    }

    #[test]
    fn a_file_belongs_to_the_innermost_protocol_that_reads_it() {
        let folder =
            Folder::new("part", &["protocol.toml", "in/protocol.toml", "in/scenarios/a.toml"]);
        let check = |path: &str, expected| {
            assert_eq!(part(&folder.0.join(path)), expected, "{path}");
        };
        check("protocol.toml", Some(Part::Text));
        check("in/../protocol.toml", Some(Part::Text));
        check("not-there.toml", Some(Part::Text));
        check("in/calendars.toml", Some(Part::Text));
        check("in/scenarios/a.toml", Some(Part::Scenario));
        check("in/scenarios/b.svg", Some(Part::Scenario));
        check("README.md", None);
        check("in/graph.svg", None);
        check("no/such/folder.toml", None);
    }

    #[test]
    fn a_large_file_is_cut_where_the_reader_reports_it() {
        let folder = Folder::new("large", &[]);
        folder.write("protocol.toml", &vec![b' '; FILE_BYTES_MAX + 10]);
        let sources = check(&folder, &["protocol.toml"]);
        let file = sources.get(sources.find("protocol.toml").unwrap()).unwrap();
        assert_eq!(file.bytes.len(), FILE_BYTES_MAX + 1);
    }

    #[test]
    fn a_folder_that_is_not_there_or_too_deep_is_named() {
        let folder = Folder::new("deep", &["1/2/3/4/5/6/7/8/x.toml"]);
        check_refused(&folder, "FOLDER/1/2/3/4/5/6/7/8 is more than 8 folders deep");
        let gone = Folder(folder.0.join("1"));
        drop(gone);
        let error = read(&folder.0.join("1")).unwrap_err();
        assert!(error.to_string().starts_with("cannot open "), "{error:#}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_inside_the_folder() {
        let folder = Folder::new("links", &["protocol.toml", "parts/a.toml"]);
        let link = |target: &Path, name: &str| {
            std::os::unix::fs::symlink(target, folder.0.join(name)).unwrap();
        };
        link(Path::new("parts/a.toml"), "b.toml");
        check(&folder, &["b.toml", "parts/a.toml", "protocol.toml"]);
        link(Path::new("parts"), "again");
        check_refused(
            &folder,
            "FOLDER/again is a link to a folder; a protocol folder holds its parts itself",
        );
        fs::remove_file(folder.0.join("again")).unwrap();
        link(&std::env::temp_dir(), "c.toml");
        check_refused(&folder, "FOLDER/c.toml is a link that leads out of the protocol folder");
        link(&std::env::temp_dir(), "scenarios");
        let error = scenarios(&folder.0).unwrap_err().to_string();
        assert!(error.ends_with("a protocol folder holds its parts itself"), "{error}");
    }
}
