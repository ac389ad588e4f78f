//! What a protocol names that does not lie in its folder: what ships, and the protocols beside it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use engine::syntax::limit::EXTENDS_DEPTH_MAX;
use engine::syntax::{protocols_wanted, shipped_wanted};
use engine::text::{BESIDE, SHIPPED, SourceSet};

use crate::folder::part::PROTOCOL_FILE;
use crate::folder::read::own_files;
use crate::shipped;

/// The most protocols that one may name, those that the named ones name included.
const NAMED_MAX: usize = 32;

/// Adds to the files of a protocol what they name. The protocols in `beside`, a folder, are taken
/// before those of the same name that ship.
///
/// # Errors
/// A protocol beside this one cannot be read.
pub(super) fn with_named(own: SourceSet, beside: Option<&Path>) -> anyhow::Result<SourceSet> {
    let mut all = own;
    let mut n_protocols = 0usize;
    // One round more than protocols can stand on each other, for what the last one names.
    for _ in 0..=EXTENDS_DEPTH_MAX.saturating_add(1) {
        let before = all.files().count();
        for id in protocols_wanted(&all) {
            let is_there = |root: &str| all.find(&format!("{root}{id}/{PROTOCOL_FILE}")).is_some();
            let is_done = is_there(BESIDE) || is_there(SHIPPED);
            if is_done || n_protocols == NAMED_MAX {
                continue;
            }
            n_protocols = n_protocols.saturating_add(1);
            all = match beside.map(|it| it.join(&id)).filter(|it| is_protocol(it)) {
                Some(folder) => {
                    let files = own_files(&folder)?.into_iter();
                    all.with(files.map(|(path, bytes)| (format!("{BESIDE}{id}/{path}"), bytes)))
                }
                None => all.with(shipped::protocol(&id)),
            };
        }
        let wanted = shipped_wanted(&all);
        all = all.with(shipped::files(&wanted));
        if all.files().count() == before {
            break;
        }
    }
    Ok(all.offering(shipped::paths()))
}

/// Whether a folder is one with a protocol, and no link to one.
fn is_protocol(folder: &Path) -> bool {
    fs::symlink_metadata(folder).is_ok_and(|it| it.is_dir()) && folder.join(PROTOCOL_FILE).is_file()
}

/// The folder that the folder of a protocol lies in.
///
/// # Errors
/// The folder cannot be opened.
pub(super) fn around(folder: &Path) -> anyhow::Result<Option<PathBuf>> {
    let real = fs::canonicalize(folder);
    let real = real.with_context(|| format!("cannot open {}", folder.display()))?;
    Ok(real.parent().map(Path::to_path_buf))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::{read, sent};
    use crate::test_folder::Folder;

    fn outside(sources: &SourceSet) -> Vec<String> {
        let paths = sources.files().map(|(_, it)| it.path.clone());
        let is_whole = |it: &String| it.ends_with("/protocol.toml");
        paths.filter(|it| engine::text::is_outside(it)).filter(is_whole).collect()
    }

    #[test]
    fn what_lies_beside_a_protocol_is_taken_before_what_ships() {
        let folder = Folder::new("named", &["own/protocol.toml"]);
        let own = folder.0.join("own");
        folder.write(
            "own/protocol.toml",
            b"extends = 'nl-awb'\ncomplies_with = ['conduct', 'nobody']\n",
        );
        let shipped = ["shipped:conduct/protocol.toml", "shipped:nl-awb/protocol.toml"];
        assert_eq!(outside(&read(&own).unwrap()), shipped);
        folder.write("nl-awb/protocol.toml", b"extends = 'group'\n");
        folder.write("group/protocol.toml", b"extends = 'nl-awb'\n");
        folder.write("group/letters/a.md", b"");
        folder.write("group/scenarios/a.toml", b"");
        let found = read(&own).unwrap();
        let beside = ["beside:group/protocol.toml", "beside:nl-awb/protocol.toml", shipped[0]];
        assert_eq!(outside(&found), beside);
        assert!(found.find("beside:group/letters/a.md").is_some());
        assert!(found.find("beside:group/scenarios/a.toml").is_none());
        let files = [("protocol.toml".to_owned(), b"extends = 'nl-awb'\n".to_vec())];
        assert_eq!(outside(&sent("sent", files).unwrap()), shipped[1..]);
    }

    #[test]
    fn names_that_lead_elsewhere_and_endless_rows_of_names_end() {
        let folder = Folder::new("rows", &["own/protocol.toml"]);
        for id in 0..60 {
            let text = format!("extends = 'p{}'\n", id + 1);
            folder.write(&format!("p{id}/protocol.toml"), text.as_bytes());
        }
        folder.write("own/protocol.toml", b"extends = 'p0'\n");
        assert!(outside(&read(&folder.0.join("own")).unwrap()).len() <= NAMED_MAX);
        for name in ["..", "../own", "/own", "own/../p1", ".", "", "p1/", "\u{e9}"] {
            folder.write("own/protocol.toml", format!("extends = '{name}'\n").as_bytes());
            assert_eq!(outside(&read(&folder.0.join("own")).unwrap()), [""; 0], "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_beside_a_protocol_is_not_followed() {
        let folder = Folder::new("linked", &["own/protocol.toml", "far/away/protocol.toml"]);
        folder.write("own/protocol.toml", b"extends = 'near'\n");
        std::os::unix::fs::symlink(folder.0.join("far/away"), folder.0.join("near")).unwrap();
        assert_eq!(outside(&read(&folder.0.join("own")).unwrap()), [""; 0]);
    }
}
