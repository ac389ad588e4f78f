//! What a path inside a set of sources says about its file.

use crate::text::{BESIDE, SHIPPED, is_outside};

/// The folder with the texts of letters.
pub(crate) const LETTERS: &str = "letters/";

/// The folder with sets of holidays.
pub(crate) const CALENDARS: &str = "calendars/";

/// Whether a file of the folder may be a part of the protocol that is included.
pub(crate) fn is_own_part(path: &str) -> bool {
    let is_elsewhere = [CALENDARS, LETTERS].iter().any(|it| path.starts_with(it));
    path.ends_with(".toml") && !is_elsewhere && !is_outside(path)
}

/// Whether a file that ships may be included: it is no set of holidays, and no whole protocol.
pub(crate) fn is_shipped_part(path: &str) -> bool {
    let inside = path.strip_prefix(SHIPPED).filter(|it| !it.starts_with(CALENDARS));
    inside
        .is_some_and(|it| is_plain(it) && it.ends_with(".toml") && !it.ends_with("/protocol.toml"))
}

/// Where the text of a letter comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LetterPath<'p> {
    /// From the folder `letters`: its path there.
    Own(&'p str),
    /// From that folder of what the protocol takes over, a shipped part or a protocol it extends:
    /// its path there.
    TakenOver(&'p str),
}

/// The path of the text of a letter; `None` for any other file.
pub(crate) fn letter(path: &str) -> Option<LetterPath<'_>> {
    match path.strip_prefix(SHIPPED).or_else(|| path.strip_prefix(BESIDE)) {
        None => path.strip_prefix(LETTERS).map(LetterPath::Own),
        Some(outside) => {
            let (_, inside) = outside.split_once('/')?;
            inside.strip_prefix(LETTERS).map(LetterPath::TakenOver)
        }
    }
}

/// Whether a path can only lead to a file inside the folder, on every operating system.
pub(crate) fn is_plain(path: &str) -> bool {
    !path.contains(['\\', ':'])
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_included_by_a_plain_path_and_is_no_set_of_holidays() {
        assert!(is_shipped_part("shipped:conduct/stops.toml"));
        let wrong = ["shipped:", "shipped:../a.toml", "shipped:/a.toml", "shipped:a/../../b.toml"];
        let wrong = wrong.into_iter().chain(["shipped:shipped:a.toml", "shipped:c:\\a.toml"]);
        let wrong = wrong.chain(["shipped:calendars/nl.toml", "shipped:a/protocol.toml"]);
        for path in wrong.chain(["a.toml", "SHIPPED:conduct/stops.toml", ""]) {
            assert!(!is_shipped_part(path), "{path}");
        }
    }

    #[test]
    fn letters_lie_in_the_folder_or_beside_a_shipped_part() {
        assert_eq!(letter("letters/a.md"), Some(LetterPath::Own("a.md")));
        let beside = letter("shipped:conduct/letters/a.en.md");
        assert_eq!(beside, Some(LetterPath::TakenOver("a.en.md")));
        assert_eq!(letter("beside:a/letters/b.md"), Some(LetterPath::TakenOver("b.md")));
        for path in ["conduct/letters/a.md", "shipped:letters/a.md", "letters", "shipped:a/b.toml"]
        {
            assert_eq!(letter(path), None, "{path}");
        }
    }
}
