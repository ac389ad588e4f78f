//! The files of one protocol, as bytes that somebody else has read.

/// What begins the path of a file that ships with Redress.
pub const SHIPPED: &str = "shipped:";

/// What begins the path of a file of a protocol whose folder lies beside the protocol's own.
pub const BESIDE: &str = "beside:";

/// Whether a path is that of a file outside the protocol folder.
#[must_use]
pub fn is_outside(path: &str) -> bool {
    path.starts_with(SHIPPED) || path.starts_with(BESIDE)
}

/// A file of a [`SourceSet`], by its position in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u16);

/// One file: its path inside the protocol folder and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path inside the protocol folder, with `/` between parts: `protocol.toml`,
    /// `calendars/office.toml`. What ships with Redress has a path that begins with `shipped:`,
    /// such as `shipped:calendars/nl.toml`; what lies in a folder beside it, one that begins with
    /// `beside:`, such as `beside:group/protocol.toml`.
    pub path: String,
    /// The bytes as read; not yet known to be UTF-8.
    pub bytes: Vec<u8>,
}

impl SourceFile {
    /// The text, or the offset of the first byte that is not UTF-8.
    ///
    /// # Errors
    /// The number of bytes that are valid.
    pub fn text(&self) -> Result<&str, usize> {
        std::str::from_utf8(&self.bytes).map_err(|error| error.valid_up_to())
    }

    /// The text up to the first byte that is not UTF-8, for drawing diagnostics.
    #[must_use]
    pub fn readable(&self) -> &str {
        self.bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid())
    }
}

/// The files of one protocol, sorted by path, so that the same folder always gives the same set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceSet {
    shown_root: String,
    files: Vec<SourceFile>,
    offered: Vec<String>,
}

impl SourceSet {
    /// Makes a set from paths and bytes. `shown_root` is put before each path when it is shown to
    /// people and means nothing else. Of two files with one path the first stays.
    #[must_use]
    pub fn new(shown_root: &str, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut files: Vec<SourceFile> =
            files.into_iter().map(|(path, bytes)| SourceFile { path, bytes }).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|later, first| later.path == first.path);
        files.truncate(usize::from(u16::MAX));
        Self { shown_root: shown_root.to_owned(), files, offered: Vec::new() }
    }

    /// Adds files. A path that is there already keeps its bytes. Every [`FileId`] of before is void.
    #[must_use]
    pub fn with(self, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let own = self.files.into_iter().map(|file| (file.path, file.bytes));
        Self { offered: self.offered, ..Self::new(&self.shown_root, own.chain(files)) }
    }

    /// Says what ships and could be named by a protocol, by its path and in order. These paths are
    /// no part of its identity: they only help somebody who has misspelt a name.
    #[must_use]
    pub fn offering(self, paths: impl IntoIterator<Item = String>) -> Self {
        Self { offered: paths.into_iter().collect(), ..self }
    }

    /// The paths of all that the protocol could name, whether it does or not.
    #[must_use]
    pub fn offered(&self) -> &[String] {
        &self.offered
    }

    /// The file with this path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<FileId> {
        let index = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        u16::try_from(index).ok().map(FileId)
    }

    /// The file with this id, if it is of this set.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(usize::from(id.0))
    }

    /// All files, in order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0u16..).map(FileId).zip(&self.files)
    }

    /// The path as people see it, below the folder they named.
    #[must_use]
    pub fn shown_path(&self, id: FileId) -> String {
        let root = self.shown_root.trim_end_matches('/');
        match self.get(id) {
            None => String::new(),
            Some(file) if root.is_empty() || file.path.starts_with(SHIPPED) => file.path.clone(),
            Some(file) => match file.path.strip_prefix(BESIDE) {
                Some(beside) => format!("{root}/../{beside}"),
                None => format!("{root}/{}", file.path),
            },
        }
    }
}
