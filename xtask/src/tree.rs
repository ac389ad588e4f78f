//! The files of the repository, read once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result};

/// Folders that are never part of the repository.
const SKIPPED_FOLDERS: [&str; 2] = [".git", "target"];
/// Endings of files that tools leave behind and `.gitignore` names.
const SKIPPED_ENDINGS: [&str; 2] = [".snap.new", ".pending-snap"];

/// One file.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    /// From the root of the repository, with `/`.
    pub(crate) path: String,
    /// Length in bytes.
    pub(crate) bytes: usize,
    /// What it says; empty when it is not UTF-8.
    pub(crate) text: String,
}

impl SourceFile {
    /// Name without folders and without the last ending.
    pub(crate) fn stem(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Name without folders.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit_once('/').map_or(self.path.as_str(), |(_, name)| name)
    }

    /// Folder from the root; empty for the root itself.
    pub(crate) fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// What follows the last full stop of the name.
    pub(crate) fn ending(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, ending)| ending)
    }
}

/// All files of the repository, by path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    files: BTreeMap<String, SourceFile>,
}

impl Tree {
    /// Reads everything below `root` that belongs to the repository.
    ///
    /// # Errors
    ///
    /// A folder or file cannot be read.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let mut tree = Self::default();
        tree.add_folder(root, "")?;
        Ok(tree)
    }

    fn add_folder(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
        for entry in entries {
            let entry = entry.with_context(|| folder.display().to_string())?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            if SKIPPED_ENDINGS.iter().any(|it| name.ends_with(it)) || path == ".git" {
                continue;
            }
            if entry.file_type().with_context(|| path.clone())?.is_dir() {
                if !SKIPPED_FOLDERS.contains(&name.as_str()) {
                    self.add_folder(&entry.path(), &format!("{path}/"))?;
                }
                continue;
            }
            let bytes = fs::read(entry.path()).with_context(|| path.clone())?;
            let file = SourceFile {
                path: path.clone(),
                bytes: bytes.len(),
                text: String::from_utf8(bytes).unwrap_or_default(),
            };
            self.files.insert(path, file);
        }
        Ok(())
    }

    /// All files, in order of path.
    pub(crate) fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.values()
    }

    /// The files below a folder, named with a closing `/`.
    pub(crate) fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        self.files().filter(move |it| it.path.starts_with(folder))
    }

    /// The Rust files below a folder, named with a closing `/`; all of them for `""`.
    pub(crate) fn rust<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        self.under(folder).filter(|it| it.ending() == "rs")
    }

    /// One file.
    pub(crate) fn get(&self, path: &str) -> Option<&SourceFile> {
        self.files.get(path)
    }

    /// Whether the path is a file, or a folder with something in it.
    pub(crate) fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        path.is_empty()
            || self.files.contains_key(path)
            || self.files().any(|it| it.path.starts_with(&folder))
    }
}

/// The folder of the workspace that the command was started in.
///
/// # Errors
///
/// It was started outside any workspace.
pub(crate) fn root() -> Result<PathBuf> {
    let here = env::current_dir().context("the current folder is gone")?;
    let is_root = |folder: &&Path| {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        manifest.lines().any(|line| line == "[workspace]")
    };
    let root = here.ancestors().find(is_root);
    root.map(Path::to_path_buf).context("start this inside the workspace")
}

#[cfg(test)]
pub(crate) mod made_up {
    //! Small trees for the tests of the rules.

    use std::path::PathBuf;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::{env, fs, process};

    use super::Tree;
    use crate::finding::Finding;

    static NEXT: AtomicU32 = AtomicU32::new(0);

    /// A folder with these files, removed when dropped.
    pub(crate) struct Folder(pub(crate) PathBuf);

    impl Folder {
        pub(crate) fn with(files: &[(&str, &str)]) -> Self {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let root = env::temp_dir().join(format!("xtask-{}-{number}", process::id()));
            for (path, text) in files {
                let path = root.join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            Self(root)
        }

        pub(crate) fn tree(&self) -> Tree {
            Tree::read(&self.0).unwrap()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    /// Compares the lines that a rule prints about these files.
    #[track_caller]
    pub(crate) fn check(
        rule: fn(&Tree) -> Vec<Finding>,
        files: &[(&str, &str)],
        expected: &[&str],
    ) {
        let folder = Folder::with(files);
        let found: Vec<String> = rule(&folder.tree()).iter().map(Finding::to_string).collect();
        assert_eq!(found, expected);
    }
}
