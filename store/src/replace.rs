//! Files of a protocol folder that get a new text: all of them or none, and never a part of one.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// A file of a folder and its new text.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// The path inside the folder.
    pub path: &'a str,
    /// The bytes that the file has.
    pub before: &'a [u8],
    /// The bytes that it is to have.
    pub after: &'a [u8],
}

/// Replaces the text of files of a folder. Whoever reads one meanwhile sees the old text or the
/// new one. Permissions stay; where a name is a link, the file that it leads to is replaced.
///
/// Nothing is replaced before every new text is on the disk; should a later step fail all the same,
/// the files before it have their new text.
///
/// # Errors
/// A file is gone, may not be written, lies outside the folder, or has other bytes than
/// [`Change::before`]; or the disk refuses.
pub fn replace(folder: &Path, changes: &[Change<'_>]) -> anyhow::Result<()> {
    let mut prepared = Vec::new();
    for change in changes {
        prepared.push(Prepared::new(folder, change)?);
    }
    for (prepared, change) in prepared.into_iter().zip(changes) {
        prepared.put_in_place(&folder.join(change.path))?;
    }
    Ok(())
}

/// A new text that lies beside the file it is for. Removed unless it is put in place.
struct Prepared {
    beside: PathBuf,
    target: PathBuf,
}

impl Prepared {
    fn new(folder: &Path, change: &Change<'_>) -> anyhow::Result<Self> {
        let path = folder.join(change.path);
        let shown = path.display();
        let cannot = || format!("cannot write `{shown}`");
        let within = fs::canonicalize(folder).with_context(cannot)?;
        let target = fs::canonicalize(&path).with_context(cannot)?;
        if !target.starts_with(&within) {
            bail!("`{shown}` lies outside the protocol folder, so it is not written");
        }
        let permissions = fs::metadata(&target).with_context(cannot)?.permissions();
        if permissions.readonly() {
            bail!("`{shown}` is read-only");
        }
        if fs::read(&target).with_context(cannot)? != change.before {
            bail!("`{shown}` was changed while it was checked");
        }
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let beside = target.with_file_name(format!(".{name}.{}.new", std::process::id()));
        let mut file = fs::File::create_new(&beside).with_context(cannot)?;
        let this = Self { beside, target };
        file.write_all(change.after).with_context(cannot)?;
        file.set_permissions(permissions).with_context(cannot)?;
        file.sync_all().with_context(cannot)?;
        Ok(this)
    }

    fn put_in_place(self, shown: &Path) -> anyhow::Result<()> {
        let context = || format!("cannot write `{}`", shown.display());
        fs::rename(&self.beside, &self.target).with_context(context)
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        // After it was put in place there is nothing left to remove.
        let _ = fs::remove_file(&self.beside);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_folder::Folder;

    const BEFORE: &[u8] = b"before";

    fn replaced(folder: &Folder, paths: &[&str]) -> String {
        let change = |path| Change { path, before: BEFORE, after: b"after" };
        let changes: Vec<Change<'_>> = paths.iter().map(|path| change(*path)).collect();
        let error = replace(&folder.0, &changes).map_err(|error| format!("{error:#}"));
        let said = error.err().unwrap_or_default();
        said.replace(&*folder.0.to_string_lossy(), "FOLDER")
    }

    #[track_caller]
    fn check(folder: &Folder, expected: &[(&str, &[u8])]) {
        for (path, bytes) in expected {
            assert_eq!(fs::read(folder.0.join(path)).unwrap(), *bytes, "{path}");
        }
        let names = fs::read_dir(&folder.0).unwrap().map(|it| it.unwrap().file_name());
        assert!(names.into_iter().all(|it| !it.to_string_lossy().ends_with(".new")));
    }

    fn folder(test: &str, paths: &[&str]) -> Folder {
        let folder = Folder::new(test, &[]);
        for path in paths {
            folder.write(path, BEFORE);
        }
        folder
    }

    #[test]
    fn all_files_are_replaced_or_none() {
        let folder = folder("replace", &["a.toml", "parts/b.toml"]);
        let gone = replaced(&folder, &["a.toml", "gone.toml"]);
        assert!(gone.starts_with("cannot write `FOLDER/gone.toml`: "), "{gone}");
        check(&folder, &[("a.toml", BEFORE), ("parts/b.toml", BEFORE)]);
        assert_eq!(replaced(&folder, &["a.toml", "parts/b.toml"]), "");
        check(&folder, &[("a.toml", b"after"), ("parts/b.toml", b"after")]);
        let said = replaced(&folder, &["a.toml"]);
        assert_eq!(said, "`FOLDER/a.toml` was changed while it was checked");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay_and_nothing_outside_is_written() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = folder("replace-links", &["a.toml", "b.toml"]);
        let mode = |path: &str, mode: u32| {
            let mode = fs::Permissions::from_mode(mode);
            fs::set_permissions(folder.0.join(path), mode).unwrap();
        };
        mode("a.toml", 0o640);
        symlink("a.toml", folder.0.join("link.toml")).unwrap();
        assert_eq!(replaced(&folder, &["link.toml"]), "");
        check(&folder, &[("a.toml", b"after"), ("link.toml", b"after")]);
        let metadata = |path: &str| fs::symlink_metadata(folder.0.join(path)).unwrap();
        assert!(metadata("link.toml").is_symlink());
        assert_eq!(metadata("a.toml").permissions().mode() & 0o777, 0o640);
        mode("b.toml", 0o440);
        assert_eq!(replaced(&folder, &["b.toml"]), "`FOLDER/b.toml` is read-only");
        let outside = Folder::new("replace-outside", &[]);
        outside.write("c.toml", BEFORE);
        symlink(outside.0.join("c.toml"), folder.0.join("c.toml")).unwrap();
        let said = replaced(&folder, &["c.toml"]);
        assert_eq!(said, "`FOLDER/c.toml` lies outside the protocol folder, so it is not written");
        check(&folder, &[("b.toml", BEFORE)]);
        check(&outside, &[("c.toml", BEFORE)]);
    }
}
