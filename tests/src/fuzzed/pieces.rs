//! How the bytes of an input are divided, and what every fault must be.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use engine::diagnostic::Diagnostics;
use engine::text::SourceSet;

/// A line that begins so names the file that begins with the next line.
pub(crate) const FILE_MARK: &[u8] = b"=== ";

/// More faults are found again and again, and drawing takes most of the time.
const DRAWN_MAX: usize = 12;

/// A path of this crate's folder, wherever the process was started.
pub(crate) fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files of a protocol in one piece: a line `=== PATH` begins a file, and what stands before
/// the first such line is `protocol.toml`. A shipped calendar that is named is among them.
pub(crate) fn sources(bytes: &[u8]) -> SourceSet {
    let mut files = vec![("protocol.toml".to_owned(), Vec::new())];
    for line in bytes.split_inclusive(|it| *it == b'\n') {
        match (line.strip_prefix(FILE_MARK), files.last_mut()) {
            (Some(path), _) => {
                let path = String::from_utf8_lossy(path).trim().to_owned();
                files.push((path, Vec::new()));
            }
            (None, Some((_, text))) => text.extend_from_slice(line),
            (None, None) => {}
        }
    }
    // To read the shipped calendars takes longer than most protocols; the name is a few bytes.
    let named = SHIPPED.iter().filter(|(path, _)| names(bytes, path));
    let shipped = named.map(|(path, text)| (path.clone(), text.clone()));
    SourceSet::new("p", files.into_iter().chain(shipped))
}

static SHIPPED: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let sources = store::folder::read(&here("../protocols/small-business")).unwrap();
    let files = sources.files().map(|(_, file)| (file.path.clone(), file.bytes.clone()));
    files.filter(|(path, _)| path.starts_with("shipped:")).collect()
});

fn names(bytes: &[u8], path: &str) -> bool {
    let name = path.trim_start_matches("shipped:calendars/").trim_end_matches(".toml");
    bytes.windows(name.len()).any(|it| it == name.as_bytes())
}

/// Every fault can be drawn, says something, and lies in its file, as does what would mend it.
pub(crate) fn check_faults(faults: &Diagnostics, sources: &SourceSet) {
    for fault in faults {
        assert!(!fault.message.is_empty(), "{fault:?}");
        let edits = fault.fix.iter().flat_map(|it| &it.edits).map(|it| it.span);
        let labels = fault.others.iter().chain([&fault.primary]).map(|it| it.span);
        for span in labels {
            let n_bytes = sources.get(span.file).map_or(0, |it| it.bytes.len());
            assert!(span.range().end <= n_bytes.max(1), "{fault:?}");
        }
        for span in edits {
            let text = sources.get(span.file).map_or("", |it| it.readable());
            assert!(text.get(span.range()).is_some(), "{fault:?}");
        }
    }
    for fault in faults.iter().take(DRAWN_MAX) {
        assert!(cli::render::drawing(fault, sources).contains(fault.code.name), "{fault:?}");
    }
}

/// The first line and what follows it.
pub(crate) fn first_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|it| *it == b'\n') {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &[]),
    }
}

/// A number from some bytes; the same bytes give the same number.
pub(crate) fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
