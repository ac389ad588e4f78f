//! Which sets of holidays a protocol names, found before anything of it is judged.

use std::collections::BTreeSet;

use toml::de::DeTable;
use toml::de::DeValue;

use crate::diagnostic::Diagnostics;
use crate::syntax::encoding;
use crate::syntax::scan;
use crate::text::{SourceFile, SourceSet};

/// Folders with TOML files that are no part of the protocol itself.
const ELSEWHERE: [&str; 3] = ["shipped:", "calendars/", "letters/"];

/// The sets of holidays that the calendars of a protocol name and that are not in its own folder
/// `calendars/`: those that somebody else has to add to its sources. What cannot be read names
/// none, for it is reported when the protocol is read.
#[must_use]
pub fn holiday_sets_wanted(sources: &SourceSet) -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    for (id, file) in sources.files() {
        let is_elsewhere = ELSEWHERE.iter().any(|it| file.path.starts_with(it));
        if is_elsewhere || !file.path.ends_with(".toml") {
            continue;
        }
        if !may_name_any(file) {
            continue;
        }
        let text = encoding::readable(id, file, &mut Diagnostics::default());
        if let Some(text) = text.filter(|text| scan::too_deep(text).is_none()) {
            let (root, _) = DeTable::parse_recoverable(&text);
            wanted.extend(named_in(root.get_ref()));
        }
    }
    let is_own = |name: &String| {
        let has = |ending| sources.find(&format!("calendars/{name}.{ending}")).is_some();
        has("toml") || has("ics")
    };
    wanted.retain(|name| !is_own(name));
    wanted
}

/// Whether the key can stand in a file at all: written out, or with escapes.
fn may_name_any(file: &SourceFile) -> bool {
    file.text().is_ok_and(|text| text.contains("holidays") || text.contains('\\'))
}

/// The texts of `calendars.*.holidays`.
fn named_in(root: &DeTable<'_>) -> Vec<String> {
    let Some(DeValue::Table(calendars)) = value(root, "calendars") else {
        return Vec::new();
    };
    let lists = calendars.values().filter_map(|calendar| match calendar.get_ref() {
        DeValue::Table(calendar) => match value(calendar, "holidays") {
            Some(DeValue::Array(names)) => Some(names),
            _ => None,
        },
        _ => None,
    });
    let texts = lists.flat_map(|names| names.iter()).filter_map(|name| name.get_ref().as_str());
    texts.map(str::to_owned).collect()
}

fn value<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Option<&'t DeValue<'i>> {
    table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value.get_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &str) {
        let bytes = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().to_vec());
        let sources = SourceSet::new("", files.iter().map(bytes));
        let wanted: Vec<String> = holiday_sets_wanted(&sources).into_iter().collect();
        assert_eq!(wanted.join(" "), expected);
    }

    const OFFICE: &str = "[calendars.office]\nholidays = ['nl', \"eu\"]\n";

    #[test]
    fn sets_are_wanted_once_and_from_every_file_of_the_protocol() {
        check(&[("protocol.toml", OFFICE)], "eu nl");
        let court = "calendars.court = { holidays = ['nl-awt', 'nl'] }\n";
        check(&[("protocol.toml", OFFICE), ("parts/court.toml", court)], "eu nl nl-awt");
        check(&[("protocol.toml", "[calendars.office]\nhours = {}\n")], "");
        let escaped = "[calendars.office]\n\"holi\\u0064ays\" = ['nl']\n";
        check(&[("protocol.toml", escaped)], "nl");
    }

    #[test]
    fn a_set_of_the_folder_itself_is_not_wanted() {
        check(&[("protocol.toml", OFFICE), ("calendars/nl.toml", "")], "eu");
        check(&[("protocol.toml", OFFICE), ("calendars/eu.ics", "")], "nl");
        let other = "[calendars.x]\nholidays = ['se']\n";
        check(&[("protocol.toml", OFFICE), ("letters/x.toml", other)], "eu nl");
        check(&[("protocol.toml", OFFICE), ("calendars/x.toml", other)], "eu nl");
    }

    #[test]
    fn what_is_wrong_names_nothing_and_stops_nothing() {
        check(&[("protocol.toml", "calendars = 3")], "");
        check(&[("protocol.toml", "[calendars]\nx = 3\ny = { holidays = 'nl' }\n")], "");
        check(&[("protocol.toml", "[calendars.x]\nholidays = [3, 'nl']\n")], "nl");
        check(&[("protocol.toml", &"[".repeat(100_000))], "");
        check(&[("protocol.toml", &format!("{OFFICE}\nx = \n"))], "eu nl");
    }
}
