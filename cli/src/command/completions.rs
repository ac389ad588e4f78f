//! `protocol completions`: what a shell reads to complete the words of this command.

use crate::Exit;
use crate::args::{self, Completions};
use crate::output::Output;

/// Writes the script for a shell.
pub(crate) fn completions(args: &Completions, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut args::command(), "protocol", &mut script);
    output.data(&String::from_utf8(script)?)?;
    Ok(Exit::Fine)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    use clap_complete::Shell;

    use super::*;

    fn script(shell: Shell) -> String {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut args::command(), "protocol", &mut script);
        String::from_utf8(script).unwrap()
    }

    #[test]
    fn every_shell_gets_all_commands_and_values() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::Elvish, Shell::PowerShell] {
            let script = script(shell);
            for command in args::command().get_subcommands() {
                assert!(script.contains(command.get_name()), "{shell}: {}", command.get_name());
            }
            assert!(script.contains("--deny-warnings") || script.contains("-l deny-warnings"));
        }
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            for value in ["sarif", "junit", "never", "unknown-stage"] {
                assert!(script(shell).contains(value), "{shell}: {value}");
            }
        }
    }

    #[test]
    fn a_folder_is_completed_where_a_folder_is_wanted() {
        let zsh = script(Shell::Zsh);
        assert!(zsh.contains("Folders that hold protocols, at any depth:_files -/"), "{zsh}");
        assert!(zsh.contains(":FILE:_files'"), "{zsh}");
    }

    #[cfg(unix)]
    #[test]
    fn the_script_for_bash_can_be_read_by_it() {
        let bash = Command::new("bash").arg("-n").stdin(Stdio::piped()).spawn();
        // Not every machine has it.
        let Ok(mut bash) = bash else { return };
        bash.stdin.take().unwrap().write_all(script(Shell::Bash).as_bytes()).unwrap();
        assert!(bash.wait().unwrap().success());
    }
}
