//! Where protocols lie.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use crate::folder::list::DEPTH_MAX;
use crate::folder::part::PROTOCOL_FILE;

/// Every folder with a `protocol.toml` at or below these paths, in order and once. Links and
/// hidden folders are not followed; what cannot be read is left out, for [`read`](crate::folder::read()) says why.
#[must_use]
pub fn find(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in paths {
        find_below(path, DEPTH_MAX, &mut found);
    }
    found.sort();
    found.dedup();
    found
}

fn find_below(folder: &Path, depth_left: usize, found: &mut Vec<PathBuf>) {
    if folder.join(PROTOCOL_FILE).is_file() {
        found.push(folder.to_path_buf());
    }
    let Some(depth_left) = depth_left.checked_sub(1) else {
        return;
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_folder = entry.file_type().is_ok_and(|it| it.is_dir());
        if is_folder && !entry.file_name().as_encoded_bytes().starts_with(b".") {
            find_below(&entry.path(), depth_left, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_folder::Folder;

    #[test]
    fn protocols_are_found_at_and_below_a_path_once() {
        let folder =
            Folder::new("find", &["b/protocol.toml", "a/x/protocol.toml", ".git/protocol.toml"]);
        let found = find(&[folder.0.clone(), folder.0.join("b"), folder.0.join("nowhere")]);
        assert_eq!(found, [folder.0.join("a/x"), folder.0.join("b")]);
    }
}
