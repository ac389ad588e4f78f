//! The words of `doc`.

use std::path::PathBuf;

use clap::{Args as Words, ValueEnum, ValueHint};

#[derive(Words)]
pub(crate) struct Doc {
    /// The folder of the protocol.
    #[arg(value_hint = ValueHint::DirPath)]
    pub path: PathBuf,
    /// The page for this role alone: its own steps, its deadlines and whom it turns to next.
    #[arg(long, value_name = "ROLE", value_hint = ValueHint::Other)]
    pub role: Option<String>,
    /// The language; that of the protocol, where nothing is said.
    #[arg(long, value_name = "TAG", value_hint = ValueHint::Other)]
    pub language: Option<String>,
    /// How to write it; as the name of the output says, else as Markdown.
    #[arg(long, value_enum)]
    pub format: Option<DocFormat>,
    /// The file to write, in place of what is there; its ending gives the format.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocFormat {
    /// One page that reads on any screen, prints on A4 and needs no other file (`.html`).
    Html,
    /// Text for wikis and repositories (`.md`).
    Markdown,
}
