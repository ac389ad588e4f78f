//! What ships with Redress and protocols may name: sets of holidays, and parts with their letters.

use std::collections::BTreeSet;

use engine::text::SHIPPED;

use crate::folder::is_part;
use crate::protocols::PROTOCOLS;

/// Sets of holidays: their names and texts, in order of the names.
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

/// A part that protocols include, and the texts of its letters.
struct Part {
    /// The folder it lies in.
    folder: &'static str,
    /// Its file in that folder, and the text.
    file: (&'static str, &'static str),
    /// The language of its letters, which their paths name.
    language: &'static str,
    /// The letters and their texts, in order.
    letters: &'static [(&'static str, &'static str)],
}

const PARTS: &[Part] = &[Part {
    folder: "conduct",
    file: ("stops.toml", include_str!("../../protocols/conduct/stops.toml")),
    language: "en",
    letters: &[
        ("conduct_appeal", include_str!("../../protocols/conduct/letters/conduct_appeal.md")),
        ("conduct_decision", include_str!("../../protocols/conduct/letters/conduct_decision.md")),
        ("conduct_review", include_str!("../../protocols/conduct/letters/conduct_review.md")),
        ("conduct_warning", include_str!("../../protocols/conduct/letters/conduct_warning.md")),
    ],
}];

impl Part {
    fn path(&self) -> String {
        format!("shipped:{}/{}", self.folder, self.file.0)
    }

    fn files(&self) -> impl Iterator<Item = (String, &'static str)> {
        let letters = self.letters.iter().map(|(letter, text)| {
            (format!("shipped:{}/letters/{letter}.{}.md", self.folder, self.language), *text)
        });
        std::iter::once((self.path(), self.file.1)).chain(letters)
    }
}

fn set_path(name: &str) -> String {
    format!("shipped:calendars/{name}.toml")
}

/// The paths and the bytes of what is wanted, as parts of a set of sources. With a part come the
/// texts of its letters.
pub(crate) fn files(wanted: &BTreeSet<String>) -> impl Iterator<Item = (String, Vec<u8>)> {
    let sets = CALENDARS.iter().map(|(name, text)| (set_path(name), *text));
    let sets = sets.filter(|(path, _)| wanted.contains(path));
    let parts = PARTS.iter().filter(|it| wanted.contains(&it.path())).flat_map(Part::files);
    sets.chain(parts).map(|(path, text)| (path, text.as_bytes().to_vec()))
}

/// The files of a protocol that ships, as parts of a set of sources; none for any other name.
pub(crate) fn protocol(id: &str) -> impl Iterator<Item = (String, Vec<u8>)> {
    let files = PROTOCOLS.iter().filter(move |(name, _)| *name == id).flat_map(|(_, files)| *files);
    files
        .filter(|(path, _)| is_part(path))
        .map(move |(path, text)| (format!("{SHIPPED}{id}/{path}"), text.as_bytes().to_vec()))
}

/// The paths of all that may be named.
pub(crate) fn paths() -> impl Iterator<Item = String> {
    let protocols = PROTOCOLS.iter().map(|(id, _)| format!("{SHIPPED}{id}/protocol.toml"));
    let sets = CALENDARS.iter().map(|(name, _)| set_path(name));
    sets.chain(PARTS.iter().map(Part::path)).chain(protocols)
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use engine::diagnostic::Diagnostics;
    use engine::syntax::shipped_wanted;
    use engine::text::SourceSet;

    use super::*;

    fn protocols() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols")
    }

    /// The names of the files of a folder that end like this, without the ending, in order.
    fn stems(folder: &Path, ending: &str) -> Vec<String> {
        let files = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
        let files = files.filter(|it| it.extension().is_some_and(|it| it == ending));
        let mut found: Vec<String> =
            files.map(|it| it.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
        found.sort();
        found
    }

    fn all() -> SourceSet {
        let protocol = ("protocol.toml".to_owned(), Vec::new());
        SourceSet::new("", [protocol]).with(files(&paths().collect()))
    }

    #[test]
    fn every_calendar_of_the_folder_ships_and_can_be_read() {
        let names: Vec<&str> = CALENDARS.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, stems(&protocols().join("calendars"), "toml"));
        let mut out = Diagnostics::default();
        let written = engine::syntax::read(&all(), &mut out).unwrap();
        assert_eq!(written.holiday_sets.len(), CALENDARS.len());
        let messages: Vec<&str> = out.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, ["the protocol has no `[protocol]`"]);
    }

    /// Everything of the folder but the protocol around the part, which shows it at work.
    #[test]
    fn a_part_ships_with_all_its_letters_in_the_language_they_are_written_in() {
        for part in PARTS {
            let folder = protocols().join(part.folder);
            let around = ["protocol", "guarantees"];
            let own = stems(&folder, "toml").into_iter().filter(|it| !around.contains(&&**it));
            assert_eq!(own.map(|it| format!("{it}.toml")).collect::<Vec<_>>(), [part.file.0]);
            let text = ("protocol.toml".to_owned(), part.file.1.as_bytes().to_vec());
            let sources = SourceSet::new("", [text]);
            let written = engine::syntax::read(&sources, &mut Diagnostics::default()).unwrap();
            let mut declared: Vec<_> =
                written.letters.iter().map(|it| it.name.value.as_str()).collect();
            declared.sort_unstable();
            let letters: Vec<&str> = part.letters.iter().map(|(name, _)| *name).collect();
            assert_eq!(letters, declared);
            for (name, text) in part.letters {
                let path = folder.join(format!("letters/{name}.md"));
                assert_eq!(std::fs::read_to_string(path).unwrap(), *text);
            }
            let around = std::fs::read_to_string(folder.join("protocol.toml")).unwrap();
            let language = format!("language    = \"{}\"\n", part.language);
            assert!(around.contains(&language), "{}", part.folder);
        }
    }

    /// Whoever includes a part gets that part and nothing that it drags along, and no rule of it
    /// takes the source of a protocol it knows nothing of.
    #[test]
    fn a_part_names_no_holidays_includes_nothing_and_cites_for_itself() {
        for part in PARTS {
            let own = ("protocol.toml".to_owned(), part.file.1.as_bytes().to_vec());
            let sources = SourceSet::new("", [own]);
            assert_eq!(shipped_wanted(&sources), BTreeSet::new());
            // A file that it includes would not be there, and nothing would be read.
            let written = engine::syntax::read(&sources, &mut Diagnostics::default()).unwrap();
            assert!(written.protocol.is_none() && written.calendars.is_empty());
            assert!(written.stops.iter().all(|it| it.citation.source.is_some()));
            assert!(written.letters.iter().all(|it| it.citation.source.is_some()));
        }
    }
}
