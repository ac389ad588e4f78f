//! Writes the courses of an analysis as scenarios.

use std::path::{Path, PathBuf};

use analysis::confirm;
use engine::machine::Machine;
use store::file::{self, Existing};

use crate::play::named_as_a_scenario;
use crate::verified::{Answered, Found, id_of, says_of};

/// Writes the course that was found into a folder, and gives the path of the file; nothing where
/// no course was found. A file that says the same already is left as it is.
///
/// # Errors
/// Something else is there and is kept, or the file cannot be written.
pub(crate) fn save(
    machine: &Machine,
    it: &Answered,
    folder: &Path,
    existing: Existing,
) -> anyhow::Result<Option<PathBuf>> {
    let Some(course) = it.course() else { return Ok(None) };
    let (id, says) = (id_of(machine, it.verdict.asked), says_of(machine, it.verdict.asked));
    let (text, what) = match it.found() {
        Found::Refuted => (confirm::scenario(machine, course, &id, says), "not-so"),
        Found::Proved | Found::Undecided => {
            (confirm::longest(machine, course, &id, says), "longest")
        }
    };
    let path = folder.join(file_name(&machine.protocol.id, &id, what));
    named_as_a_scenario(&path)?;
    let is_there = std::fs::read_to_string(&path).is_ok_and(|it| it == text);
    if !is_there {
        file::write_whole(&path, &text, existing)?;
    }
    Ok(Some(path))
}

/// `small-business-answered-in-time-not-so.toml`.
fn file_name(protocol: &str, id: &str, what: &str) -> String {
    let plain = |it: char| if it.is_alphanumeric() || matches!(it, '-' | '_') { it } else { '-' };
    let name: String = format!("{protocol}-{id}-{what}").chars().map(plain).collect();
    format!("{name}.toml")
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        assert_eq!(
            file_name("shop", "built-in:no-dead-end", "not-so"),
            "shop-built-in-no-dead-end-not-so.toml"
        );
        assert_eq!(file_name("..", "a/../b", "longest"), "---a----b-longest.toml");
    }
}
