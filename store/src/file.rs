//! Single files that a person names, and the folders we make for them.

use std::fs;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Write as _};
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
pub fn open(path: &Path) -> anyhow::Result<impl BufRead + use<>> {
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

/// What happens to a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and nothing is written.
    Keep,
    /// It is replaced.
    Replace,
}

/// Writes a file so that it is there whole or not at all, whatever happens meanwhile.
///
/// # Errors
/// It is there already and is kept, or is a folder, or it cannot be written.
pub fn write_whole(path: &Path, text: &str, existing: Existing) -> anyhow::Result<()> {
    let shown = path.display();
    let context = || format!("cannot write `{shown}`");
    if path.is_dir() {
        bail!("`{shown}` is a folder, not a file");
    }
    if existing == Existing::Keep {
        // The name is taken first, so that of two writers one is told.
        match File::create_new(path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                bail!("`{shown}` is there already, and nothing is replaced");
            }
            taken => drop(taken.with_context(context)?),
        }
    }
    let name = path.file_name().map(|it| it.to_string_lossy()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = File::create_new(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    });
    if written.is_err() {
        // What could not be finished is not left behind.
        let _ = fs::remove_file(&beside);
        if existing == Existing::Keep {
            let _ = fs::remove_file(path);
        }
    }
    written.with_context(context)
}

/// Removes a file, if it is there.
///
/// # Errors
/// It is there and cannot be removed.
pub fn remove(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_and_replaced_only_when_told_to() {
        let folder = std::env::temp_dir().join(format!("redress-{}-whole", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.toml");
        write_whole(&path, "one", Existing::Keep).unwrap();
        let error = write_whole(&path, "two", Existing::Keep).unwrap_err().to_string();
        assert!(error.ends_with("is there already, and nothing is replaced"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        write_whole(&path, "three", Existing::Replace).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "three");
        assert!(write_whole(&folder, "x", Existing::Replace).is_err());
        assert!(write_whole(&folder.join("no/a.toml"), "x", Existing::Keep).is_err());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(&folder).unwrap();
    }
}
