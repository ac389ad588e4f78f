//! A folder for one test.

use std::fs;
use std::path::PathBuf;

/// A folder of one test, removed when the test ends.
pub(crate) struct Folder(pub PathBuf);

impl Folder {
    pub(crate) fn new(test: &str, files: &[&str]) -> Self {
        let folder = std::env::temp_dir().join(format!("redress-{}-{test}", std::process::id()));
        let this = Self(folder);
        fs::create_dir_all(&this.0).unwrap();
        for file in files {
            this.write(file, b"#");
        }
        this
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}
