//! What of that which ships a protocol names, found before anything of it is judged.

use std::collections::BTreeSet;

use toml::de::DeTable;
use toml::de::DeValue;

use crate::diagnostic::Diagnostics;
use crate::syntax::encoding;
use crate::syntax::include::path::{is_own_part, is_shipped_part};
use crate::syntax::limit::ENTRIES_MAX;
use crate::syntax::name;
use crate::syntax::scan;
use crate::text::{BESIDE, SHIPPED, SourceFile, SourceSet};

const PROTOCOL_FILE: &str = "protocol.toml";

/// The paths of what ships with Redress and belongs to a protocol, for its own files name it:
/// `shipped:calendars/nl.toml` for a set of holidays that is not in its own folder `calendars/`,
/// `shipped:conduct/stops.toml` for a part that it includes. Somebody else has to add them to its
/// sources, together with the letters beside such a part. A path need not lead to anything; what
/// cannot be read names nothing, for it is reported when the protocol is read.
#[must_use]
pub fn shipped_wanted(sources: &SourceSet) -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    for (id, file) in sources.files() {
        let Some(folder) = root_of_part(sources, &file.path).filter(|_| may_name_any(file)) else {
            continue;
        };
        let text = encoding::readable(id, file, &mut Diagnostics::default());
        if let Some(text) = text.filter(|text| scan::too_deep(text).is_none()) {
            let (root, _) = DeTable::parse_recoverable(&text);
            let root = root.get_ref();
            let is_own = |set: &&str| {
                let path = |ending| format!("{folder}calendars/{set}.{ending}");
                let has = |ending| sources.find(&path(ending)).is_some();
                has("toml") || has("ics")
            };
            let sets = sets(root).into_iter().filter(|it| !is_own(it));
            wanted.extend(sets.map(|set| format!("shipped:calendars/{set}.toml")));
            let parts = texts(value(root, "include")).filter(|it| is_shipped_part(it));
            wanted.extend(parts.map(str::to_owned));
        }
    }
    wanted
}

/// The ids of the protocols that a protocol and those that it names extend or comply with. Somebody
/// else has to add their files to its sources, below `beside:` or `shipped:`. An id need not be that
/// of anything.
#[must_use]
pub fn protocols_wanted(sources: &SourceSet) -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    for (id, file) in sources.files() {
        let root = root_of_part(sources, &file.path);
        if root.is_none_or(|it| file.path != format!("{it}{PROTOCOL_FILE}")) {
            continue;
        }
        let text = encoding::readable(id, file, &mut Diagnostics::default());
        if let Some(text) = text.filter(|text| scan::too_deep(text).is_none()) {
            let (tree, _) = DeTable::parse_recoverable(&text);
            let one = |key| value(tree.get_ref(), key).and_then(DeValue::as_str);
            let list = texts(value(tree.get_ref(), "complies_with"));
            let all = list.chain(one("complies_with")).chain(one("extends"));
            let named = all.filter(|it| name::declared_fault(it).is_none());
            wanted.extend(named.take(ENTRIES_MAX).map(str::to_owned));
        }
    }
    wanted
}

/// What the paths begin with in the folder of the protocol of which a file is a part.
fn root_of_part<'p>(sources: &SourceSet, path: &'p str) -> Option<&'p str> {
    if is_own_part(path) {
        return Some("");
    }
    let inside = [BESIDE, SHIPPED].iter().find_map(|it| path.strip_prefix(it))?;
    let (_, inside) = inside.split_once('/').filter(|(_, it)| is_own_part(it))?;
    let root = path.strip_suffix(inside)?;
    sources.find(&format!("{root}{PROTOCOL_FILE}")).map(|_| root)
}

/// Whether one of the keys can stand in a file at all: written out, or with escapes.
fn may_name_any(file: &SourceFile) -> bool {
    let may_name = |text: &str| ["holidays", "shipped:", "\\"].iter().any(|it| text.contains(it));
    file.text().is_ok_and(may_name)
}

/// The texts of `calendars.*.holidays`.
fn sets<'t>(root: &'t DeTable<'_>) -> Vec<&'t str> {
    let Some(DeValue::Table(calendars)) = value(root, "calendars") else {
        return Vec::new();
    };
    let lists = calendars.values().map(|calendar| match calendar.get_ref() {
        DeValue::Table(calendar) => value(calendar, "holidays"),
        _ => None,
    });
    lists.flat_map(texts).collect()
}

/// The texts of a list.
fn texts<'t>(list: Option<&'t DeValue<'_>>) -> impl Iterator<Item = &'t str> {
    let list = match list {
        Some(DeValue::Array(list)) => Some(list),
        _ => None,
    };
    list.into_iter().flat_map(|it| it.iter()).filter_map(|it| it.get_ref().as_str())
}

fn value<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Option<&'t DeValue<'i>> {
    table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value.get_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what is wanted; the word before the colon is left out of what is expected.
    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &str) {
        let bytes = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().to_vec());
        let sources = SourceSet::new("", files.iter().map(bytes));
        let wanted = shipped_wanted(&sources);
        let wanted: Vec<&str> = wanted.iter().map(|it| it.trim_start_matches("shipped:")).collect();
        assert_eq!(wanted.join(" "), expected);
    }

    const OFFICE: &str = "[calendars.office]\nholidays = ['nl', \"eu\"]\n";
    const BOTH: &str = "calendars/eu.toml calendars/nl.toml";

    #[test]
    fn sets_are_wanted_once_and_from_every_file_of_the_protocol() {
        check(&[("protocol.toml", OFFICE)], BOTH);
        let court = "calendars.court = { holidays = ['awt', 'nl'] }\n";
        let files = [("protocol.toml", OFFICE), ("parts/court.toml", court)];
        check(&files, &format!("calendars/awt.toml {BOTH}"));
        check(&[("protocol.toml", "[calendars.office]\nhours = {}\n")], "");
        let escaped = "[calendars.office]\n\"holi\\u0064ays\" = ['nl']\n";
        check(&[("protocol.toml", escaped)], "calendars/nl.toml");
    }

    #[test]
    fn a_set_of_the_folder_itself_is_not_wanted() {
        check(&[("protocol.toml", OFFICE), ("calendars/nl.toml", "")], "calendars/eu.toml");
        check(&[("protocol.toml", OFFICE), ("calendars/eu.ics", "")], "calendars/nl.toml");
        let other = "include = ['shipped:a/b.toml']\n[calendars.x]\nholidays = ['se']\n";
        for elsewhere in ["letters/x.toml", "calendars/x.toml", "shipped:conduct/stops.toml"] {
            check(&[("protocol.toml", OFFICE), (elsewhere, other)], BOTH);
        }
    }

    #[test]
    fn a_shipped_part_is_wanted_by_a_plain_path_only() {
        let list = "include = ['a.toml', 'shipped:a/b.toml', \"shipped:\\u0061/c.toml\"]\n";
        check(&[("protocol.toml", list)], "a/b.toml a/c.toml");
        check(&[("protocol.toml", ""), ("parts/d.toml", list)], "a/b.toml a/c.toml");
        let hostile = "include = ['shipped:../x.toml', 'shipped:', 'shipped:calendars/nl.toml', 3]";
        check(&[("protocol.toml", hostile)], "");
        check(&[("protocol.toml", "include = 'shipped:a/b.toml'")], "");
        check(&[("protocol.toml", "[x]\ninclude = ['shipped:a/b.toml']")], "");
    }

    #[test]
    fn what_is_wrong_names_nothing_and_stops_nothing() {
        check(&[("protocol.toml", "calendars = 3")], "");
        check(&[("protocol.toml", "[calendars]\nx = 3\ny = { holidays = 'nl' }\n")], "");
        check(&[("protocol.toml", "[calendars.x]\nholidays = [3, 'nl']\n")], "calendars/nl.toml");
        check(&[("protocol.toml", &"[".repeat(100_000))], "");
        check(&[("protocol.toml", &format!("{OFFICE}\nx = \n"))], BOTH);
    }
}
