//! The file of `--config`, and which store is meant.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::args::StoreWords;

/// What is taken where neither the words nor the configuration say.
const STORE: &str = "sqlite:redress.db";

/// A store and the file of its key.
pub(crate) struct Choice {
    /// `sqlite:FILE` or a URL of PostgreSQL.
    pub store: String,
    /// The file of the key under which personal values are sealed, where it is named.
    pub key: Option<PathBuf>,
}

impl Choice {
    /// Whether there is a store already, as far as that shows without opening it.
    pub(crate) fn is_there(&self) -> bool {
        self.store.strip_prefix("sqlite:").is_none_or(|file| Path::new(file).exists())
    }
}

/// The file of `--config`.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    pub protocols: Option<Vec<PathBuf>>,
    pub store: Option<String>,
    pub listen: Option<String>,
    pub status_days: Option<u16>,
    pub connections_max: Option<usize>,
    pub key: Option<PathBuf>,
    #[serde(default)]
    pub webhooks: Webhooks,
}

/// The table `[webhooks]`.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Webhooks {
    pub allow_private: bool,
    pub allow_http: bool,
    pub folder: Option<PathBuf>,
    /// How long one try may take, in seconds.
    pub try_s: Option<NonZeroU32>,
    /// The waits between tries, in seconds; the last one is repeated.
    pub waits_s: Option<Vec<NonZeroU32>>,
    /// For how long it is tried, in seconds from the first try.
    pub try_for_s: Option<NonZeroU32>,
}

impl Config {
    /// The configuration that the words name; an empty one where they name none.
    pub(crate) fn of(words: &StoreWords) -> anyhow::Result<Self> {
        words.config.as_deref().map_or_else(|| Ok(Self::default()), config)
    }

    /// The store that is meant: words before configuration, configuration before what is taken
    /// where nobody says.
    pub(crate) fn choice(&self, words: &StoreWords) -> Choice {
        let store = words.store.as_ref().or(self.store.as_ref());
        let store = store.map_or_else(|| STORE.to_owned(), Clone::clone);
        Choice { store, key: self.key.clone() }
    }
}

fn config(file: &Path) -> anyhow::Result<Config> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    toml::from_str(&text).with_context(|| format!("cannot use {}", file.display()))
}
