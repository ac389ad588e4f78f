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

/// The SHA-256 of some bytes in lower-case hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
