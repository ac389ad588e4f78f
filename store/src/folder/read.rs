//! Reads what belongs to a protocol, within limits.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;
use engine::syntax::limit::FILE_BYTES_MAX;
use engine::syntax::limit::PROTOCOL_BYTES_MAX;
use engine::text::{SourceSet, is_outside};

use crate::folder::list::linked_folder;
use crate::folder::list::paths_below;
use crate::folder::named::{around, with_named};
use crate::folder::part::is_part;

/// Reads the files of a protocol: its TOML files, `rules.rhai`, letters and calendars, and those
/// of what it names that lies elsewhere: sets of holidays and parts that ship, with the letters beside them, and
/// protocols that lie beside its folder or ship. Scenarios and the simulation are no part of it, nor is a
/// folder below that is a protocol itself, nor are hidden files.
///
/// Of a file that is too large only the start is read, and reading stops when all are too large
/// together: [`engine::syntax::read()`] reports both.
///
/// # Errors
/// The folder or a file in it cannot be read, a link leads out of the folder, a name is not
/// UTF-8, or there are too many files or folders.
pub fn read(path: &Path) -> anyhow::Result<SourceSet> {
    let own = SourceSet::new(&path.to_string_lossy(), own_files(path)?);
    with_named(own, around(path)?.as_deref())
}

/// The files that lie in the folder of a protocol and belong to it.
///
/// # Errors
/// As [`read`].
pub(super) fn own_files(path: &Path) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let files = files_below(path, "", is_part)?;
    if let Some((taken, _)) = files.iter().find(|(it, _)| is_outside(it)) {
        let shown = path.join(taken);
        anyhow::bail!("{} has a name that is kept for what ships with Redress", shown.display());
    }
    Ok(files)
}

/// The files of a protocol that somebody sent, each with its path inside the folder, and those of
/// what ships that it names. Nothing is read from the disk.
///
/// # Errors
/// The paths of files that belong to no protocol: what ships cannot be sent, nor can a path lead
/// out of the folder.
pub fn sent(
    name: &str,
    files: impl IntoIterator<Item = (String, Vec<u8>)>,
) -> Result<SourceSet, Vec<String>> {
    let is_plain = |path: &str| {
        let names = || path.split('/');
        !path.contains([':', '\\']) && names().all(|it| !it.is_empty() && !it.starts_with('.'))
    };
    let is_taken = |path: &str| is_plain(path) && is_part(path);
    let (taken, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| is_taken(path));
    if !others.is_empty() {
        return Err(others.into_iter().map(|(path, _)| path).collect());
    }
    // Nothing lies beside what was sent, so nothing is read that could fail.
    let own = SourceSet::new(name, taken);
    Ok(with_named(own.clone(), None).unwrap_or(own))
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
    fn a_shipped_part_comes_with_its_letters_where_it_is_included() {
        let folder = Folder::new("part", &["protocol.toml"]);
        let shipped = |text: &str| {
            folder.write("protocol.toml", text.as_bytes());
            let sources = read(&folder.0).unwrap();
            let paths = sources.files().map(|(_, file)| file.path.clone());
            paths.filter(|path| path.starts_with("shipped:")).collect::<Vec<_>>()
        };
        assert_eq!(
            shipped("include = ['shipped:conduct/stops.toml']\n"),
            [
                "shipped:conduct/letters/conduct_appeal.en.md",
                "shipped:conduct/letters/conduct_decision.en.md",
                "shipped:conduct/letters/conduct_review.en.md",
                "shipped:conduct/letters/conduct_warning.en.md",
                "shipped:conduct/stops.toml",
            ]
        );
        assert_eq!(shipped("include = ['shipped:conduct/stop.toml', 'shipped:../x']\n"), [""; 0]);
    }

    #[test]
    fn what_somebody_sent_is_a_protocol_or_the_paths_that_are_none() {
        let sent = |paths: &[&str]| {
            let files = paths.iter().map(|it| ((*it).to_owned(), b"a = 1".to_vec()));
            let sources = sent("sent", files)?;
            Ok(sources.files().map(|(_, file)| file.path.clone()).collect::<Vec<_>>())
        };
        let fine = ["letters/en/answer.md", "protocol.toml"];
        assert_eq!(sent(&fine), Ok(fine.map(str::to_owned).to_vec()));
        let wrong = [
            "../protocol.toml",
            "/a.toml",
            "a//b.toml",
            "README.md",
            "shipped:x.toml",
            ".a.toml",
            "a\\b.toml",
            "",
        ];
        for path in wrong {
            assert_eq!(sent(&["protocol.toml", path]), Err(vec![path.to_owned()]));
        }
    }

    #[cfg(unix)]
    #[test]
    fn nothing_of_a_folder_passes_for_something_that_ships() {
        let folder = Folder::new("taken", &["protocol.toml", "shipped:conduct/stops.toml"]);
        check_refused(
            &folder,
            "FOLDER/shipped:conduct/stops.toml has a name that is kept for what ships with Redress",
        );
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
        std::fs::remove_file(folder.0.join("again")).unwrap();
        link(&std::env::temp_dir(), "c.toml");
        check_refused(&folder, "FOLDER/c.toml is a link that leads out of the protocol folder");
        link(&std::env::temp_dir(), "scenarios");
        let error = scenarios(&folder.0).unwrap_err().to_string();
        assert!(error.ends_with("a protocol folder holds its parts itself"), "{error}");
    }
}
