//! What a server is started with.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use server::running::Limits;

use crate::args::Serve;
use crate::unusable::Unusable;

/// What is taken where neither the words nor the configuration say.
const STORE: &str = "sqlite:redress.db";
const KEY: &str = "redress.key";
const LISTEN: &str = "127.0.0.1:8080";

/// What a server is started with: words before configuration, configuration before what is
/// taken where nobody says.
pub(crate) struct Settings {
    pub protocols: Vec<PathBuf>,
    pub store: String,
    pub listen: SocketAddr,
    pub limits: Limits,
    /// The file with the key of the store.
    pub key: PathBuf,
    /// The folder for receivers that are files.
    pub sink: Option<PathBuf>,
}

/// The file of `--config`.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    protocols: Option<Vec<PathBuf>>,
    store: Option<String>,
    listen: Option<String>,
    key: Option<PathBuf>,
    sink: Option<PathBuf>,
    status_days: Option<u16>,
    connections_max: Option<usize>,
}

impl Settings {
    pub(crate) fn of(args: &Serve) -> anyhow::Result<Self> {
        let config = match &args.config {
            None => Config::default(),
            Some(file) => config(file)?,
        };
        let usual = Limits::default();
        let listen = args.listen.clone().or(config.listen);
        let listen = listen.as_deref().unwrap_or(LISTEN);
        let listen = listen.parse().map_err(|_| {
            Unusable::new(format!("`{listen}` is no address to listen on"))
                .help("write an address and a port: `127.0.0.1:8080`, `[::]:8080`")
        })?;
        let named = (!args.protocols.is_empty()).then(|| args.protocols.clone());
        Ok(Self {
            protocols: named.or(config.protocols).unwrap_or_default(),
            store: args.store.clone().or(config.store).unwrap_or_else(|| STORE.to_owned()),
            listen,
            key: config.key.unwrap_or_else(|| PathBuf::from(KEY)),
            sink: config.sink,
            limits: Limits {
                status_days: config.status_days.unwrap_or(usual.status_days),
                connections_max: config.connections_max.unwrap_or(usual.connections_max),
                ..usual
            },
        })
    }
}

fn config(file: &Path) -> anyhow::Result<Config> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    toml::from_str(&text).with_context(|| format!("cannot use {}", file.display()))
}
