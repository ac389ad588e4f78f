//! What a server is started with.

use std::net::SocketAddr;
use std::path::PathBuf;

use server::running::Limits;

use crate::args::Serve;
use crate::kept::{Choice, Config};
use crate::unusable::Unusable;

/// What is taken where neither the words nor the configuration say.
const LISTEN: &str = "127.0.0.1:8080";

/// What a server is started with: words before configuration, configuration before what is
/// taken where nobody says.
pub(crate) struct Settings {
    pub protocols: Vec<PathBuf>,
    pub store: Choice,
    pub listen: SocketAddr,
    pub limits: Limits,
    /// Whether receivers may be on this machine or in a private network.
    pub allow_private: bool,
    /// Whether receivers may be spoken to without TLS.
    pub allow_http: bool,
    /// The folder for receivers that are files.
    pub sink: Option<PathBuf>,
}

impl Settings {
    pub(crate) fn of(args: &Serve) -> anyhow::Result<Self> {
        let config = Config::of(&args.store)?;
        let store = config.choice(&args.store);
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
            store,
            listen,
            limits: Limits {
                status_days: config.status_days.unwrap_or(usual.status_days),
                connections_max: config.connections_max.unwrap_or(usual.connections_max),
                ..usual
            },
            allow_private: config.webhooks.allow_private,
            allow_http: config.webhooks.allow_http,
            sink: config.webhooks.folder,
        })
    }
}
