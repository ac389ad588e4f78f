//! Which files belong to a protocol.

use std::fs;
use std::path::Path;

pub(super) const PROTOCOL_FILE: &str = "protocol.toml";

/// What a file of a protocol folder is to the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text of the protocol itself.
    Text,
    /// A scenario, or what lies beside one.
    Scenario,
}

/// What a file is, or would be if it were there, to the protocol of the innermost folder with a
/// `protocol.toml`. None for a file that no protocol reads, such as `README.md`.
#[must_use]
pub fn part(file: &Path) -> Option<Part> {
    let beside = file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A link stands for the file that it leads to.
    let real = fs::canonicalize(file)
        .or_else(|_| Ok::<_, std::io::Error>(fs::canonicalize(beside)?.join(file_name(file))))
        .ok()?;
    let folder = real.ancestors().skip(1).find(|it| it.join(PROTOCOL_FILE).is_file())?;
    let inner = real.strip_prefix(folder).ok()?;
    let parts: Vec<_> = inner.components().map(|it| it.as_os_str().to_string_lossy()).collect();
    if parts.len() > 1 && parts.first().is_some_and(|it| it == "scenarios") {
        return Some(Part::Scenario);
    }
    is_part(&parts.join("/")).then_some(Part::Text)
}

fn file_name(file: &Path) -> &std::ffi::OsStr {
    file.file_name().unwrap_or_default()
}

/// Whether a file is a part of its protocol, by its path inside the folder.
pub(crate) fn is_part(path: &str) -> bool {
    let is_elsewhere = path.starts_with("scenarios/") || path == "simulation.toml";
    path == "rules.rhai"
        || path.starts_with("letters/")
        || (path.starts_with("calendars/") && path.ends_with(".ics"))
        || (path.ends_with(".toml") && !is_elsewhere)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_folder::Folder;

    #[test]
    fn a_file_belongs_to_the_innermost_protocol_that_reads_it() {
        let folder =
            Folder::new("part", &["protocol.toml", "in/protocol.toml", "in/scenarios/a.toml"]);
        let check = |path: &str, expected| {
            assert_eq!(part(&folder.0.join(path)), expected, "{path}");
        };
        check("protocol.toml", Some(Part::Text));
        check("in/../protocol.toml", Some(Part::Text));
        check("not-there.toml", Some(Part::Text));
        check("in/calendars.toml", Some(Part::Text));
        check("in/scenarios/a.toml", Some(Part::Scenario));
        check("in/scenarios/b.svg", Some(Part::Scenario));
        check("README.md", None);
        check("in/graph.svg", None);
        check("no/such/folder.toml", None);
    }
}
