//! The sets of holidays that ship with Redress.

use std::collections::BTreeSet;

/// Their names and texts, in order of the names.
const CALENDARS: &[(&str, &str)] = &[
    ("au", include_str!("../../protocols/calendars/au.toml")),
    ("de", include_str!("../../protocols/calendars/de.toml")),
    ("dk", include_str!("../../protocols/calendars/dk.toml")),
    ("england-and-wales", include_str!("../../protocols/calendars/england-and-wales.toml")),
    ("eu", include_str!("../../protocols/calendars/eu.toml")),
    ("fi", include_str!("../../protocols/calendars/fi.toml")),
    ("fr", include_str!("../../protocols/calendars/fr.toml")),
    ("nl", include_str!("../../protocols/calendars/nl.toml")),
    ("nl-awt", include_str!("../../protocols/calendars/nl-awt.toml")),
    ("northern-ireland", include_str!("../../protocols/calendars/northern-ireland.toml")),
    ("scotland", include_str!("../../protocols/calendars/scotland.toml")),
    ("se", include_str!("../../protocols/calendars/se.toml")),
    ("us-federal", include_str!("../../protocols/calendars/us-federal.toml")),
];

/// The paths and the bytes of those that are wanted, as parts of a set of sources.
pub(crate) fn calendars(wanted: &BTreeSet<String>) -> impl Iterator<Item = (String, Vec<u8>)> {
    let wanted = CALENDARS.iter().filter(|(name, _)| wanted.contains(*name));
    wanted.map(|(name, text)| (format!("shipped:calendars/{name}.toml"), text.as_bytes().to_vec()))
}

/// The names of all of them.
pub(crate) fn names() -> impl Iterator<Item = String> {
    CALENDARS.iter().map(|(name, _)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use engine::diagnostic::Diagnostics;
    use engine::text::SourceSet;

    use super::*;

    #[test]
    fn every_calendar_of_the_folder_ships_and_can_be_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols/calendars");
        let files = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
        let is_set = |path: &Path| path.extension().is_some_and(|ending| ending == "toml");
        let mut found: Vec<String> = files
            .filter(|path| is_set(path))
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        found.sort();
        assert_eq!(names().collect::<Vec<_>>(), found);
        let protocol = ("protocol.toml".to_owned(), Vec::new());
        let sources = SourceSet::new("", [protocol]).with(calendars(&names().collect()));
        let mut out = Diagnostics::default();
        let written = engine::syntax::read(&sources, &mut out).unwrap();
        assert_eq!(written.holiday_sets.len(), CALENDARS.len());
        let messages: Vec<&str> = out.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, ["the protocol has no `[protocol]`"]);
    }
}
