//! The identity of a protocol folder: canonical bytes and their hash. The form is described in
//! `docs/CANONICAL.md` and pinned by golden files.

use sha2::{Digest, Sha256};

use crate::text::SourceSet;

/// The version of the form. Raised with every change of the form.
pub const FOLDER_VERSION: u32 = 2;

/// The canonical bytes of a protocol folder: a first line with the version; then, in order of
/// the paths' bytes, for each file its path and its bytes, each as length, colon, bytes, line
/// feed. Sets of holidays that ship with Redress are part of it where the protocol names them, for
/// they decide dates.
#[must_use]
pub fn folder_bytes(sources: &SourceSet) -> Vec<u8> {
    let mut out = format!("redress-protocol {FOLDER_VERSION}\n").into_bytes();
    for (_, file) in sources.files() {
        for part in [file.path.as_bytes(), &file.bytes] {
            out.extend_from_slice(format!("{}:", part.len()).as_bytes());
            out.extend_from_slice(part);
            out.push(b'\n');
        }
    }
    out
}

/// The files of a folder, from its canonical bytes: their paths and their bytes, in order. `None`
/// for bytes that are not the canonical form of anything.
#[must_use]
pub fn folder_files(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let first = format!("redress-protocol {FOLDER_VERSION}\n");
    let mut rest = bytes.strip_prefix(first.as_bytes())?;
    let mut files = Vec::new();
    while !rest.is_empty() {
        let (path, after) = part(rest)?;
        let (text, after) = part(after)?;
        files.push((String::from_utf8(path.to_vec()).ok()?, text.to_vec()));
        rest = after;
    }
    let again = SourceSet::new("", files.iter().cloned());
    (folder_bytes(&again) == bytes).then_some(files)
}

/// A part and what comes after it: length, colon, bytes, line feed.
fn part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = bytes.iter().position(|it| *it == b':')?;
    let (digits, rest) = bytes.split_at_checked(colon)?;
    let length: usize = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let (part, rest) = rest.get(1..)?.split_at_checked(length)?;
    Some((part, rest.strip_prefix(b"\n")?))
}

/// The SHA-256 of some bytes in lower-case hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_comes_back_from_its_bytes_and_from_no_others() {
        let files =
            [("a.toml", &b"x = 1\n"[..]), ("b:c", b""), ("letters/en/\n.md", b"5:abc\n\xff")];
        let files = files.map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
        let bytes = folder_bytes(&SourceSet::new("", files.clone()));
        assert_eq!(folder_files(&bytes), Some(files.to_vec()));
        for place in 0..bytes.len() {
            assert_eq!(folder_files(&bytes[..place]).filter(|it| it.len() > 2), None);
            let mut other = bytes.clone();
            other[place] ^= 0x10;
            assert_ne!(folder_files(&other), Some(files.to_vec()), "{place}");
        }
        assert_eq!(folder_files(b""), None);
        assert_eq!(folder_files(b"redress-protocol 2\n99999999999999999999:a\n"), None);
        assert_eq!(folder_files(b"redress-protocol 2\n01:a\n1:b\n"), None);
    }
}
