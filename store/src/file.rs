//! Single files that a person names, and the folders we make for them.

use std::fs;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context as _, bail};

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A folder.
    Folder,
    /// Anything else that is there.
    File,
}

/// What a path leads to.
///
/// # Errors
/// Nothing is there, or it cannot be reached.
pub fn kind(path: &Path) -> anyhow::Result<Kind> {
    let context = || format!("cannot open `{}`", path.display());
    let metadata = fs::metadata(path).with_context(context)?;
    Ok(if metadata.is_dir() { Kind::Folder } else { Kind::File })
}

/// Opens a file to be read from its start.
///
/// # Errors
/// It cannot be opened, or is a folder.
pub fn open(path: &Path) -> anyhow::Result<impl BufRead> {
    if kind(path)? == Kind::Folder {
        bail!("`{}` is a folder, not a file", path.display());
    }
    let context = || format!("cannot open `{}`", path.display());
    File::open(path).with_context(context).map(BufReader::new)
}

/// Writes a file, in place of what was there.
///
/// # Errors
/// It cannot be written.
pub fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

/// Removes a file, if it is there.
///
/// # Errors
/// It is there and cannot be removed.
pub fn remove(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove `{}`", path.display()))
        }
        _ => Ok(()),
    }
}

/// Makes a folder and those it lies in, unless they are there.
///
/// # Errors
/// Something else is there, or it cannot be made.
pub fn ensure_folder(path: &Path) -> anyhow::Result<()> {
    let context = || format!("cannot make the folder `{}`", path.display());
    fs::create_dir_all(path).with_context(context)
}

/// Makes a folder with files, given by their paths inside it.
///
/// # Errors
/// Something is there already, or the folder it lies in is missing, or nothing can be written.
pub fn make_folder<'a>(
    path: &Path,
    files: impl IntoIterator<Item = (&'a str, String)>,
) -> anyhow::Result<()> {
    fs::create_dir(path).with_context(|| format!("cannot make the folder `{}`", path.display()))?;
    for (inner, text) in files {
        let target = path.join(inner);
        if let Some(folder) = target.parent() {
            let context = || format!("cannot make the folder `{}`", folder.display());
            fs::create_dir_all(folder).with_context(context)?;
        }
        write(&target, &text)?;
    }
    Ok(())
}
