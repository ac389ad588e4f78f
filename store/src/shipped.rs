//! The calendars that ship with Redress.

/// Their paths in a set of sources, and their texts.
pub(crate) const CALENDARS: &[(&str, &str)] = &[
    (
        "shipped:calendars/england-and-wales.toml",
        include_str!("../../protocols/calendars/england-and-wales.toml"),
    ),
    ("shipped:calendars/eu.toml", include_str!("../../protocols/calendars/eu.toml")),
    ("shipped:calendars/nl-awt.toml", include_str!("../../protocols/calendars/nl-awt.toml")),
    ("shipped:calendars/nl.toml", include_str!("../../protocols/calendars/nl.toml")),
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use engine::diagnostic::Diagnostics;
    use engine::text::SourceSet;

    use super::CALENDARS;

    #[test]
    fn every_calendar_of_the_folder_ships_and_can_be_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols/calendars");
        let entries = std::fs::read_dir(folder).unwrap();
        let mut paths: Vec<String> = entries
            .map(|it| format!("shipped:calendars/{}", it.unwrap().file_name().to_str().unwrap()))
            .filter(|path| path.ends_with(".toml"))
            .collect();
        paths.sort();
        assert_eq!(CALENDARS.iter().map(|it| it.0).collect::<Vec<_>>(), paths);
        let calendars = CALENDARS.iter().map(|it| (it.0.to_owned(), it.1.as_bytes().to_vec()));
        let protocol = ("protocol.toml".to_owned(), Vec::new());
        let sources = SourceSet::new("", calendars.chain([protocol]));
        let mut out = Diagnostics::default();
        let written = engine::syntax::read(&sources, &mut out).unwrap();
        assert_eq!(written.holiday_sets.len(), CALENDARS.len());
        let messages: Vec<&str> = out.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, ["the protocol has no `[protocol]`"]);
    }
}
