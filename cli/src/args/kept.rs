//! The words of commands over kept cases.

use std::path::PathBuf;

use clap::{Args as Words, ValueHint};

/// Which cases are meant.
#[derive(Words)]
pub(crate) struct StoreWords {
    /// Where cases are kept: `sqlite:FILE` or `postgres://…`; `sqlite:redress.db` where it is not said.
    #[arg(long, value_name = "STORE", value_hint = ValueHint::Other)]
    pub store: Option<String>,
    /// A TOML file that says what is not said here, and more: docs/COMMANDS.md lists it.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
}

#[derive(Words)]
pub(crate) struct Serve {
    /// Folders that hold protocols, at any depth; the working folder where none is named.
    #[arg(value_hint = ValueHint::DirPath)]
    pub protocols: Vec<PathBuf>,
    /// The address and port to listen on; `127.0.0.1:8080` where they are not said.
    #[arg(long, value_name = "ADDRESS", value_hint = ValueHint::Other)]
    pub listen: Option<String>,
    #[command(flatten)]
    pub store: StoreWords,
}
