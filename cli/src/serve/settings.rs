//! What a server is started with.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use server::outbox::{self, Schedule};
use server::running::Limits;

use crate::args::Serve;
use crate::kept::{Choice, Config, Webhooks};
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
    /// How messages are sent.
    pub sending: outbox::Options,
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
            sending: sending(config.webhooks)?,
        })
    }
}

fn sending(said: Webhooks) -> anyhow::Result<outbox::Options> {
    let usual = outbox::Options::default();
    let waits = said.waits_s.map(|all| all.into_iter().map(seconds).collect::<Vec<_>>());
    if waits.as_ref().is_some_and(Vec::is_empty) {
        return Err(Unusable::new("`waits_s` of `[webhooks]` names no wait")
            .help("write the seconds between tries, as in `waits_s = [5, 300]`")
            .into());
    }
    Ok(outbox::Options {
        allow_private: said.allow_private,
        allow_http: said.allow_http,
        sink: said.folder,
        schedule: Schedule {
            waits: waits.unwrap_or(usual.schedule.waits),
            try_for: said.try_for_s.map_or(usual.schedule.try_for, seconds),
        },
        try_max: said.try_s.map_or(usual.try_max, seconds),
        ..usual
    })
}

fn seconds(n: NonZeroU32) -> Duration {
    Duration::from_secs(n.get().into())
}
