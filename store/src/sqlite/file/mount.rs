//! Which file system a folder is on.
//!
//! SQLite in WAL mode shares memory between connections and trusts locks of the file system; over a
//! network both fail without a word.

use std::path::Path;

/// Kinds of file system that lie on another machine.
const REMOTE: [&str; 14] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "ncpfs",
    "ceph",
    "glusterfs",
    "lustre",
    "gpfs",
    "beegfs",
    "ocfs2",
    "davfs",
];

/// The kind of the file system of a path, if it lies on another machine. Nothing where the system
/// does not say.
pub(super) fn remote(path: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    remote_among(&mounts, &path.canonicalize().ok()?)
}

/// The same from the text of `mountinfo`: the last mount on the longest folder above the path.
fn remote_among(mounts: &str, path: &Path) -> Option<String> {
    let kind = mounts
        .lines()
        .filter_map(mount)
        .filter(|(folder, _)| path.starts_with(folder))
        .max_by_key(|(folder, _)| folder.len())?
        .1;
    let family = kind.strip_prefix("fuse.").unwrap_or(kind);
    (REMOTE.contains(&family) || family == "sshfs").then(|| kind.to_owned())
}

/// Folder and kind of a line `36 35 98:0 /root /folder options - kind source options`.
fn mount(line: &str) -> Option<(String, &str)> {
    let folder = line.split(' ').nth(4)?;
    let (_, after) = line.split_once(" - ")?;
    let folder = folder.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
    Some((folder, after.split(' ').next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 27 0:30 / /srv/shared rw shared:1 - nfs4 host:/x rw
31 30 0:31 / /srv/shared/here rw - tmpfs tmpfs rw
32 27 0:32 / /srv/a\\040b rw - fuse.sshfs host:/y rw
garbage
";

    #[track_caller]
    fn check(path: &str, kind: Option<&str>) {
        assert_eq!(remote_among(MOUNTS, Path::new(path)).as_deref(), kind);
    }

    #[test]
    fn only_folders_of_other_machines_are_remote() {
        check("/home/x", None);
        check("/srv/shared", Some("nfs4"));
        check("/srv/shared/deep/down", Some("nfs4"));
        check("/srv/sharedness", None);
        check("/srv/shared/here/x", None);
        check("/srv/a b/c", Some("fuse.sshfs"));
    }
}
