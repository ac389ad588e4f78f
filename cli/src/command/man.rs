//! `protocol man`: manual pages.

use clap_mangen::Man;
use store::file;

use crate::Exit;
use crate::args::{self, Manual};
use crate::output::Output;
use crate::render;

/// Writes the page of the whole command, or the pages of all commands into a folder.
pub(crate) fn man(args: &Manual, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    // `protocol help` has nothing to say that the pages do not.
    let mut command = args::command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &args.folder else {
        output.data(&page(command)?.1)?;
        return Ok(Exit::Fine);
    };
    file::ensure_folder(folder)?;
    let mut n_pages = 0usize;
    for command in all(&command) {
        let (name, text) = page(command)?;
        file::write(&folder.join(name), &text)?;
        n_pages = n_pages.saturating_add(1);
    }
    let pages = render::count(n_pages, "page is", "pages are");
    output.note(&format!("{pages} in `{}`\n", folder.display()))?;
    Ok(Exit::Fine)
}

/// A command and those below it, at any depth.
fn all(command: &clap::Command) -> Vec<clap::Command> {
    let mut found = vec![command.clone()];
    for below in command.get_subcommands().filter(|it| it.get_name() != "help") {
        found.extend(all(below));
    }
    found
}

/// The file name of a page and its text.
fn page(command: clap::Command) -> anyhow::Result<(String, String)> {
    let source = concat!("protocol ", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command).manual("Redress").source(source);
    let mut text = Vec::new();
    man.render(&mut text)?;
    let text = String::from_utf8(text)?.replace(".SH EXTRA\nExit codes: ", ".SH EXIT STATUS\n");
    Ok((man.get_filename(), text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_every_command_says_what_its_exit_codes_mean() {
        let mut command = args::command();
        command.build();
        for command in all(&command) {
            let (name, text) = page(command).unwrap();
            assert!(text.contains("\n.SH EXIT STATUS\n0 "), "{name}: {text}");
            assert!(text.contains("\n.SH DESCRIPTION\n"), "{name}: {text}");
        }
    }
}
