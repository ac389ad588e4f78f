//! `--watch`: a command runs again whenever its files change.

use std::io::ErrorKind;

use crate::Exit;
use crate::output::Output;
use crate::render;

/// Runs a command once, and again after each change. A command that could not run says so and
/// waits for the next change, for a file may be gone for a moment while it is saved.
///
/// # Errors
/// Nothing can be watched any more, or nobody reads the output any more.
pub(crate) fn watch(
    changes: impl IntoIterator<Item = anyhow::Result<()>>,
    output: &mut Output<'_, '_>,
    run: impl Fn(&mut Output<'_, '_>) -> anyhow::Result<Exit>,
) -> anyhow::Result<Exit> {
    let mut exit = run_once(output, &run)?;
    for change in changes {
        change?;
        output.clear()?;
        exit = run_once(output, &run)?;
    }
    Ok(exit)
}

fn run_once(
    output: &mut Output<'_, '_>,
    run: impl Fn(&mut Output<'_, '_>) -> anyhow::Result<Exit>,
) -> anyhow::Result<Exit> {
    let exit = match run(output) {
        Ok(exit) => exit,
        Err(error) if is_unread(&error) => return Err(error),
        Err(error) => {
            output.note(&render::failure(&error))?;
            Exit::CouldNotRun
        }
    };
    output.note("waiting for changes; Ctrl-C ends\n")?;
    Ok(exit)
}

/// Whether a command failed because nobody reads its output any more.
fn is_unread(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    kind == Some(ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::io::{self, Write, empty};

    use anyhow::anyhow;

    use super::*;
    use crate::args::Color;
    use crate::{Io, Place};

    /// Runs a command that fails in its second run and finds something wrong in its third.
    fn watched(
        changes: Vec<anyhow::Result<()>>,
        stdout: &mut dyn Write,
        terminal: bool,
    ) -> (String, String) {
        let mut stderr = Vec::new();
        let place = Place { stdout_is_terminal: terminal, ..Place::default() };
        let mut io = Io { stdin: &mut empty(), stdout, stderr: &mut stderr, place };
        let n_runs = Cell::new(0);
        let ended = watch(changes, &mut Output::new(&mut io, Color::Auto), |output| {
            n_runs.set(n_runs.get() + 1);
            output.data(&format!("run {}\n", n_runs.get()))?;
            match n_runs.get() {
                1 => Ok(Exit::Fine),
                2 => Err(anyhow!("no protocol")),
                _ => Ok(Exit::Wrong),
            }
        });
        let ended = ended.map_err(|error| error.to_string());
        (format!("{ended:?}"), String::from_utf8(stderr).unwrap())
    }

    #[test]
    fn each_change_is_a_run_and_one_that_fails_ends_nothing() {
        let mut stdout = Vec::new();
        let (ended, notes) = watched(vec![Ok(()), Ok(())], &mut stdout, false);
        assert_eq!(
            (ended.as_str(), stdout.as_slice()),
            ("Ok(Wrong)", &b"run 1\nrun 2\nrun 3\n"[..])
        );
        let waiting = "waiting for changes; Ctrl-C ends\n";
        assert_eq!(notes, format!("{waiting}error: no protocol\n{waiting}{waiting}"));
    }

    #[test]
    fn a_terminal_alone_is_cleared() {
        let mut stdout = Vec::new();
        watched(vec![Ok(())], &mut stdout, true);
        assert_eq!(stdout, b"run 1\n\x1b[2J\x1b[Hrun 2\n");
    }

    #[test]
    fn the_end_of_the_folder_or_of_the_reader_ends_it() {
        let (ended, _) = watched(vec![Err(anyhow!("gone")), Ok(())], &mut Vec::new(), false);
        assert_eq!(ended, "Err(\"gone\")");
        let (ended, notes) = watched(vec![Ok(())], &mut Unread, false);
        assert_eq!((ended.as_str(), notes.as_str()), ("Err(\"nobody reads\")", ""));
    }

    struct Unread;

    impl Write for Unread {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::new(ErrorKind::BrokenPipe, "nobody reads"))
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
}
