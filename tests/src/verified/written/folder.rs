//! A folder of one test, which goes when the test ends.

use std::fs;
use std::path::{Path, PathBuf};

pub(super) struct Folder(PathBuf);

impl Folder {
    /// A new one. No two tests may name theirs alike.
    pub(super) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("redress-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// The same with a protocol in it.
    pub(super) fn with(name: &str, protocol: &str) -> Self {
        let folder = Self::new(name);
        fs::write(folder.path().join("protocol.toml"), protocol).unwrap();
        folder
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// The path as a word of a command.
    pub(super) fn shown(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
